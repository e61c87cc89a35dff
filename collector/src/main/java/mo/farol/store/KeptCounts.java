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
  private static final long MOST_BYTES = 32L << 20;

  // Where a segment can't have such that is kept too, so that it isn't tried again.
  private final Map<IndexReader.CacheKey, Optional<TimeCounts>> tables =
      new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  /** The counts of a segment; empty where it can't have such, as one with rows removed. */
  Optional<TimeCounts> of(LeafReader reader) throws IOException {
    var core = reader.getCoreCacheHelper();
    if (reader.hasDeletions() || core == null) {
      return Optional.empty();
    }
    synchronized (this) {
      var known = tables.get(core.getKey());
      if (known != null) {
        return known;
      }
    }
    var made = Optional.ofNullable(TimeCounts.of(reader));
    if (keep(core.getKey(), made)) {
      core.addClosedListener(this::drop);
    }
    return made;
  }

  private synchronized boolean keep(IndexReader.CacheKey key, Optional<TimeCounts> made) {
    if (tables.putIfAbsent(key, made) != null) {
      return false;
    }
    bytes += size(made);
    var oldest = tables.entrySet().iterator();
    while (bytes > MOST_BYTES && oldest.hasNext()) {
      var gone = oldest.next();
      bytes -= size(gone.getValue());
      oldest.remove();
    }
    return true;
  }

  private synchronized void drop(IndexReader.CacheKey key) {
    var gone = tables.remove(key);
    if (gone != null) {
      bytes -= size(gone);
    }
  }

  private static long size(Optional<TimeCounts> table) {
    return 64 + table.map(TimeCounts::bytes).orElse(0L);
  }
}
