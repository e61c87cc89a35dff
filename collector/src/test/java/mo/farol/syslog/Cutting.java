package mo.farol.syslog;

import java.util.List;
import mo.farol.wire.FrameSink;
import mo.farol.wire.Frames;

/** What a framer makes of a connection, however its bytes are chunked. */
final class Cutting {
  private Cutting() {}

  /** Frames of a connection that sends these chunks and ends. */
  static List<String> of(int limit, List<byte[]> chunks) {
    return of(new Framer(limit, Framing.AUTO), chunks);
  }

  static List<String> of(Framer framer, List<byte[]> chunks) {
    var frames = new Frames();
    chunks.forEach(chunk -> send(framer, chunk, frames));
    framer.end(frames, false);
    return frames.texts();
  }

  static void send(Framer framer, byte[] chunk, FrameSink out) {
    byte[] scratch = new byte[200_000 + chunk.length];
    int kept = framer.restore(scratch);
    System.arraycopy(chunk, 0, scratch, kept, chunk.length);
    framer.cut(scratch, kept + chunk.length, out);
  }
}
