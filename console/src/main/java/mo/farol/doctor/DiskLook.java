package mo.farol.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Room on the home's disk, and how fast it takes what it must keep. */
final class DiskLook {
  private static final int TIMES = 15;
  private static final int BYTES = 4_096;
  private static final double SLOW_MILLIS = 20;
  private static final double STANDING_MILLIS = 200;
  private static final long MARGIN = 64 << 20;
  private static final int A_TENTH = 10;

  // What ends so no backup keeps, should this process be killed.
  private static final String PROBE = "doctor.new";

  private DiskLook() {}

  /**
   * @param reserve bytes that the journal leaves free
   */
  static void at(Remarks remarks, Path home, long reserve) throws IOException {
    var folder = nearest(home);
    room(remarks, folder, reserve);
    speed(remarks, folder);
  }

  // Where the home is to be made.
  private static Path nearest(Path folder) {
    var above = folder.getParent();
    return Files.isDirectory(folder) || above == null ? folder : nearest(above);
  }

  private static void room(Remarks remarks, Path folder, long reserve) throws IOException {
    var disk = Files.getFileStore(folder);
    long free = disk.getUsableSpace();
    String said = "%,d MiB of %,d MiB are free".formatted(free >> 20, disk.getTotalSpace() >> 20);
    if (free < reserve + MARGIN) {
      remarks.fail(
          "disk",
          "%s, and below journal.reserve (%,d MiB) no event is accepted: make room, or shorten what"
              + " is kept (retention.default)",
          said,
          reserve >> 20);
    } else if (free < disk.getTotalSpace() / A_TENTH) {
      remarks.warn("disk", "%s: make room soon, or shorten what is kept", said);
    } else {
      remarks.ok("disk", "%s", said);
    }
  }

  private static void speed(Remarks remarks, Path folder) throws IOException {
    if (!Files.isWritable(folder)) {
      remarks.fail(
          "disk",
          "%s can't be written to by %s: give it to whoever runs the centre",
          folder,
          user());
      return;
    }
    var probe = folder.resolve(PROBE);
    double[] millis = new double[TIMES];
    try (var file =
        FileChannel.open(
            probe,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      for (int i = 0; i < TIMES; i++) {
        var bytes = ByteBuffer.allocate(BYTES);
        long begun = System.nanoTime();
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(true);
        millis[i] = (System.nanoTime() - begun) / 1e6;
      }
    }
    tell(remarks, millis);
  }

  private static void tell(Remarks remarks, double[] millis) {
    Arrays.sort(millis);
    double median = millis[TIMES / 2];
    String said =
        "to force 4 KiB takes %.1f ms (median of %d, longest %.1f)"
            .formatted(median, TIMES, millis[TIMES - 1]);
    if (median > STANDING_MILLIS) {
      remarks.fail("disk speed", "%s: every acknowledgement waits for it; take another disk", said);
    } else if (median > SLOW_MILLIS) {
      remarks.warn(
          "disk speed", "%s: acknowledgements wait for it; an SSD takes less than 5 ms", said);
    } else {
      remarks.ok("disk speed", "%s", said);
    }
  }

  private static String user() {
    return System.getProperty("user.name");
  }
}
