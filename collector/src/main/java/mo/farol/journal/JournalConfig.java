package mo.farol.journal;

import java.nio.file.Path;

/**
 * How the journal keeps its bytes.
 *
 * @param folder where segments lie; made when absent
 * @param segmentBytes size at which a segment is closed, at most 32 GiB
 * @param pendingBytes bytes queued and not yet on disk above which an append is refused
 * @param reserveBytes free space that is left to index, ledger and logs: below it nothing more is
 *     written, as on a full disk
 */
public record JournalConfig(Path folder, long segmentBytes, long pendingBytes, long reserveBytes) {
  public JournalConfig {
    if (segmentBytes < 1 || segmentBytes > Segment.LIMIT) {
      throw new IllegalArgumentException(
          "a segment is 1 byte to 32 GiB, not " + segmentBytes + " bytes");
    }
    if (pendingBytes < 1) {
      throw new IllegalArgumentException("pending bytes are 1 or more, not " + pendingBytes);
    }
  }

  /** Without a reserve. */
  public JournalConfig(Path folder, long segmentBytes, long pendingBytes) {
    this(folder, segmentBytes, pendingBytes, 0);
  }

  /** 256 MiB segments, 64 MiB pending, no reserve. */
  public static JournalConfig in(Path folder) {
    return new JournalConfig(folder, 256L << 20, 64L << 20);
  }
}
