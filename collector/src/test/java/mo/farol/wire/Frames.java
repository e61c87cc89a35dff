package mo.farol.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import mo.farol.event.FrameBatch;

/** Collects frames as texts, one character a byte, marks behind a broken bar. */
public final class Frames implements FrameSink {
  private final List<String> texts = new ArrayList<>();

  @Override
  public void frame(byte[] bytes, int from, int to, byte mark) {
    var text = new StringBuilder(new String(bytes, from, to - from, ISO_8859_1));
    if ((mark & FrameBatch.TRUNCATED) != 0) {
      text.append("¦truncated");
    }
    if ((mark & FrameBatch.GUESSED) != 0) {
      text.append("¦guessed");
    }
    texts.add(text.toString());
  }

  public List<String> texts() {
    return texts;
  }

  public static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
