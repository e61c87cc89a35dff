package mo.farol.store;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexReader.CacheKey;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * How frequent a facet's values are in segments that were asked about whole, kept in memory: what
 * was asked about longest ago is forgotten first, and what holds a segment that is no more. Any
 * thread.
 */
final class KeptTops implements IndexReader.ClosedListener {
  /** Values of a field above which they are not kept. */
  static final int MOST_VALUES = 50_000;

  private static final long MOST_BYTES = 24L << 20;
  private static final int VALUE_COST = 200;

  /** What is kept of a field: of all its whole segments, or of those only that last. */
  record Name(String field, boolean isOfAll) {}

  /**
   * All of one field in some segments.
   *
   * @param segments that were counted; none has changed since, for segments do not
   * @param values the most frequent first
   * @param counts of each value
   * @param withField events that have the field
   * @param total events
   */
  record Top(
      Set<CacheKey> segments,
      List<Found.Value> values,
      Map<BytesRef, Long> counts,
      long withField,
      long total) {
    long count(BytesRef value) {
      return counts.getOrDefault(value, 0L);
    }

    private long bytes() {
      return counts.keySet().stream().mapToLong(value -> VALUE_COST + 2L * value.length).sum();
    }

    /** Together with what was counted of more segments. */
    static Top of(
        @Nullable Top before,
        Set<CacheKey> segments,
        Map<BytesRef, long[]> more,
        long withField,
        long total) {
      var counts = before == null ? new HashMap<BytesRef, Long>() : new HashMap<>(before.counts);
      more.forEach((value, count) -> counts.merge(value, count[0], Long::sum));
      var values =
          Found.Values.most(
              counts.entrySet().stream()
                  .map(entry -> new Found.Value(entry.getKey().utf8ToString(), entry.getValue())),
              Integer.MAX_VALUE);
      return new Top(
          Set.copyOf(segments),
          values,
          counts,
          withField + (before == null ? 0 : before.withField),
          total + (before == null ? 0 : before.total));
    }
  }

  private record Kept(Top top, long bytes) {}

  private final Pool pool;
  private final Map<Name, Kept> known = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param pool what all who count values now may hold together
   */
  KeptTops(Pool pool) {
    this.pool = pool;
  }

  Pool pool() {
    return pool;
  }

  /** What so many values cost while they are kept. */
  static long cost(int values) {
    return (long) VALUE_COST * values;
  }

  /** What is known of a field in some of these segments and in no other; null where nothing is. */
  synchronized @Nullable Top of(Name name, Set<CacheKey> segments) {
    var kept = known.get(name);
    return kept != null && segments.containsAll(kept.top.segments) ? kept.top : null;
  }

  /** Keeps what was counted, where it is not too much. */
  void keep(Name name, Top top) {
    var kept = new Kept(top, top.bytes());
    synchronized (this) {
      remove(known.remove(name));
      known.put(name, kept);
      bytes += kept.bytes;
      for (var oldest = known.values().iterator(); bytes > MOST_BYTES; ) {
        remove(oldest);
      }
    }
  }

  @Override
  public synchronized void onClose(CacheKey segment) {
    for (var all = known.values().iterator(); all.hasNext(); ) {
      var kept = all.next();
      if (kept.top.segments.contains(segment)) {
        all.remove();
        remove(kept);
      }
    }
  }

  private void remove(Iterator<Kept> oldest) {
    remove(oldest.next());
    oldest.remove();
  }

  private void remove(@Nullable Kept kept) {
    bytes -= kept == null ? 0 : kept.bytes;
  }
}
