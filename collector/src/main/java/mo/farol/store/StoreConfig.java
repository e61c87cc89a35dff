package mo.farol.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the index is kept.
 *
 * @param folder holds one folder a day, {@code yyyy-MM-dd} (UTC), and the file {@code checkpoint};
 *     made when absent
 * @param bufferBytes memory the writer of a day fills before it writes a segment
 * @param commitEvery longest time from {@code accept} to durable in the index
 * @param openShards days that are open for writing at once
 * @param threads that write events at once
 */
public record StoreConfig(
    Path folder, long bufferBytes, Duration commitEvery, int openShards, int threads) {
  private static final int MOST_THREADS = 4;

  /** As many threads as this machine's processors make sense of: half of them, four at most. */
  public StoreConfig(Path folder, long bufferBytes, Duration commitEvery, int openShards) {
    this(folder, bufferBytes, commitEvery, openShards, threadsHere());
  }

  private static int threadsHere() {
    return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_THREADS);
  }

  /** 32 MiB buffers, a commit every 5 s, 4 days open. */
  public static StoreConfig in(Path folder) {
    return new StoreConfig(folder, 32L << 20, Duration.ofSeconds(5), 4);
  }
}
