package mo.farol.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the index is kept.
 *
 * @param folder where day shards lie; made when absent
 * @param bufferBytes memory the writer of a shard fills before it flushes
 * @param commitEvery longest time between commits
 * @param openShards shards that are open for writing at once
 */
public record StoreConfig(Path folder, long bufferBytes, Duration commitEvery, int openShards) {
  /** 32 MiB buffers, a commit every 5 s, 4 shards open. */
  public static StoreConfig in(Path folder) {
    return new StoreConfig(folder, 32L << 20, Duration.ofSeconds(5), 4);
  }
}
