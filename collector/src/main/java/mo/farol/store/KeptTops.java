package mo.farol.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader.CacheKey;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * How frequent a facet's values are in segments that were asked about whole, kept in memory: the
 * field that was asked about longest ago is forgotten first. Any thread.
 */
final class KeptTops {
  /** Of all fields together, some 200 bytes each. */
  private static final int MOST_VALUES = 150_000;

  /**
   * All of one field.
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
  }

  private final Map<String, Top> known = new LinkedHashMap<>(16, 0.75f, true);
  private int values;

  /** What is known of a field in some of these segments and in no other; null where nothing is. */
  synchronized @Nullable Top of(String field, Set<CacheKey> segments) {
    var top = known.get(field);
    return top != null && segments.containsAll(top.segments) ? top : null;
  }

  /** Puts what was counted of more segments to what was known of others. */
  Top keep(
      String field,
      @Nullable Top before,
      Set<CacheKey> segments,
      Map<BytesRef, long[]> more,
      long withField,
      long total) {
    var counts = before == null ? new HashMap<BytesRef, Long>() : new HashMap<>(before.counts);
    more.forEach((value, count) -> counts.merge(value, count[0], Long::sum));
    var sorted =
        Found.Values.most(
            counts.entrySet().stream()
                .map(entry -> new Found.Value(entry.getKey().utf8ToString(), entry.getValue())),
            Integer.MAX_VALUE);
    var top =
        new Top(
            Set.copyOf(segments),
            sorted,
            counts,
            withField + (before == null ? 0 : before.withField),
            total + (before == null ? 0 : before.total));
    if (sorted.size() <= MOST_VALUES) {
      keep(field, top);
    }
    return top;
  }

  private synchronized void keep(String field, Top top) {
    var before = known.put(field, top);
    values += top.values.size() - (before == null ? 0 : before.values.size());
    for (var oldest = known.values().iterator(); values > MOST_VALUES; ) {
      values -= oldest.next().values.size();
      oldest.remove();
    }
  }
}
