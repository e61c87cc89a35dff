package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts on the disk what a process that was killed may have written and not forced: it can be read,
 * so it will be indexed and sealed, and must outlive the next power cut.
 */
final class Settled {
  private static final Logger log = LoggerFactory.getLogger(Settled.class);
  private static final int PIECE = 1 << 20;

  private Settled() {}

  /**
   * Forces a file. Where that fails its pages may be lost though they can still be read: then it is
   * written anew, and the new file takes its place.
   */
  static void force(Disk disk, String name, long length) throws IOException {
    try {
      disk.force(name);
    } catch (IOException e) {
      log.warn("{} can't be synced ({}): it is written anew", name, e.toString());
      copy(disk, name, length);
    }
    disk.forceNames();
  }

  private static void copy(Disk disk, String name, long length) throws IOException {
    String draft = name + Rewriter.DRAFT;
    byte[] piece = new byte[(int) Math.min(PIECE, length)];
    try (var from = disk.open(name);
        var to = disk.create(draft)) {
      for (long at = 0; at < length; ) {
        int n = from.read(piece, 0, (int) Math.min(piece.length, length - at), at);
        if (n <= 0) {
          throw new IOException(name + " ended at " + at + ", before its end");
        }
        to.append(ByteBuffer.wrap(piece, 0, n));
        at += n;
      }
      to.force();
    }
    disk.rename(draft, name);
  }
}
