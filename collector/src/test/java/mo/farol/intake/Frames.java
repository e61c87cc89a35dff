package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import mo.farol.event.FrameBatch;

/** Collects frames as texts, one character a byte, marks behind a broken bar. */
final class Frames implements FrameSink {
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

  List<String> texts() {
    return texts;
  }

  /** Frames of a connection that sends these chunks and ends. */
  static List<String> of(int limit, List<byte[]> chunks) {
    var frames = new Frames();
    var framer = new Framer(limit);
    chunks.forEach(chunk -> send(framer, chunk, frames));
    framer.end(frames);
    return frames.texts;
  }

  static void send(Framer framer, byte[] chunk, FrameSink out) {
    byte[] scratch = new byte[200_000 + chunk.length];
    int kept = framer.restore(scratch);
    System.arraycopy(chunk, 0, scratch, kept, chunk.length);
    framer.cut(scratch, kept + chunk.length, out);
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
