package mo.farol.store;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * The last sequence of each segment that was asked for it, read once: so a question for what came
 * last passes over all segments but the newest. Any thread.
 */
final class LastSequences {
  private static final int CHECK = (1 << 16) - 1;

  private final Map<IndexReader.CacheKey, Long> known = new ConcurrentHashMap<>();
  // One object, so that a segment asked about a thousand times has it once.
  private final IndexReader.ClosedListener drop = known::remove;

  /**
   * The last sequence of a segment; {@link Long#MAX_VALUE}, not to be passed over, where unknown.
   */
  long of(LeafReader reader, Deadline deadline) throws IOException {
    var core = reader.getCoreCacheHelper();
    if (core == null) {
      return Long.MAX_VALUE;
    }
    var told = known.get(core.getKey());
    if (told != null) {
      return told;
    }
    long last = read(reader, deadline);
    if (last != Long.MAX_VALUE && known.putIfAbsent(core.getKey(), last) == null) {
      core.addClosedListener(drop);
    }
    return last;
  }

  private static long read(LeafReader reader, Deadline deadline) throws IOException {
    var sequences = reader.getNumericDocValues(Layout.SEQUENCE);
    long last = -1;
    if (sequences == null) {
      return last;
    }
    for (int doc = sequences.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = sequences.nextDoc()) {
      if ((doc & CHECK) == 0 && deadline.isOver()) {
        return Long.MAX_VALUE;
      }
      last = Math.max(last, sequences.longValue());
    }
    return last;
  }
}
