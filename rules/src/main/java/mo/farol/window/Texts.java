package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts on their way to a file and back. */
final class Texts {
  private Texts() {}

  static void write(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] bytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  static void write(@Nullable String[] texts, DataOutput out) throws IOException {
    out.writeInt(texts.length);
    for (String text : texts) {
      out.writeBoolean(text != null);
      if (text != null) {
        write(text.getBytes(StandardCharsets.UTF_8), out);
      }
    }
  }

  static @Nullable String[] read(DataInput in) throws IOException {
    var texts = new @Nullable String[in.readInt()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = in.readBoolean() ? new String(bytes(in), StandardCharsets.UTF_8) : null;
    }
    return texts;
  }
}
