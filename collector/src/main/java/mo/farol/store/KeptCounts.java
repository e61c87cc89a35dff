package mo.farol.store;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;

/**
 * The counts of the segments that were asked about, made once for each and kept in memory, the
 * least recently asked about forgotten first. Any thread.
 */
final class KeptCounts {
  private static final long MOST_BYTES = 48L << 20;

  /** Who was asked about so lately is not forgotten: its question may still be under way. */
  private static final long KEPT_NANOS = 10_000_000_000L;

  /** Counts, or that there can be none; and when they were asked for last. */
  private static final class Kept {
    final Optional<TimeCounts> counts;
    long usedNanos = System.nanoTime();

    Kept(Optional<TimeCounts> counts) {
      this.counts = counts;
    }

    long bytes() {
      return 128 + counts.map(TimeCounts::bytes).orElse(0L);
    }
  }

  private final Map<IndexReader.CacheKey, Kept> known = new LinkedHashMap<>(64, 0.75f, true);
  // One object, so that a segment asked about a thousand times has it once.
  private final IndexReader.ClosedListener drop = this::drop;
  private long bytes;

  /**
   * The counts of a segment, of which there are none where rows were removed from it.
   *
   * @param worth whether to make them where there are none yet
   */
  Optional<TimeCounts> of(LeafReader reader, boolean worth, Deadline deadline) throws IOException {
    var core = reader.getCoreCacheHelper();
    if (reader.hasDeletions() || core == null) {
      return Optional.empty();
    }
    synchronized (this) {
      var kept = known.get(core.getKey());
      if (kept != null) {
        kept.usedNanos = System.nanoTime();
        return kept.counts;
      }
    }
    if (!worth) {
      return Optional.empty();
    }
    var made = Optional.ofNullable(TimeCounts.of(reader, deadline));
    if (!deadline.missed() && keep(core.getKey(), new Kept(made))) {
      core.addClosedListener(drop);
    }
    return made;
  }

  private synchronized boolean keep(IndexReader.CacheKey key, Kept made) {
    var oldest = known.values().iterator();
    while (bytes + made.bytes() > MOST_BYTES && oldest.hasNext()) {
      var gone = oldest.next();
      if (made.usedNanos - gone.usedNanos < KEPT_NANOS) {
        return false;
      }
      bytes -= gone.bytes();
      oldest.remove();
    }
    if (known.putIfAbsent(key, made) == null) {
      bytes += made.bytes();
    }
    return true;
  }

  private synchronized void drop(IndexReader.CacheKey key) {
    var gone = known.remove(key);
    if (gone != null) {
      bytes -= gone.bytes();
    }
  }
}
