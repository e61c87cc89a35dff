package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Rows of longs on their way to a file and back. */
final class Longs {
  private Longs() {}

  static void write(long[] longs, DataOutput out) throws IOException {
    out.writeInt(longs.length);
    for (long each : longs) {
      out.writeLong(each);
    }
  }

  static long[] read(DataInput in, int count) throws IOException {
    var longs = new long[count];
    for (int i = 0; i < count; i++) {
      longs[i] = in.readLong();
    }
    return longs;
  }
}
