package mo.farol.store;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * The first and last sequence of each segment that was asked for them, read once: so a question for
 * what came last, or near to an event, passes over all segments that can't have it. Any thread.
 */
final class Sequences {
  /** Sequences of events, the first and the last included. */
  record Span(long first, long last) {
    /** Not to be passed over. */
    static final Span UNKNOWN = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

    static final Span NONE = new Span(Long.MAX_VALUE, -1);
  }

  private static final int CHECK = (1 << 16) - 1;

  private final Map<IndexReader.CacheKey, Span> known = new ConcurrentHashMap<>();
  // One object, so that a segment asked about a thousand times has it once.
  private final IndexReader.ClosedListener drop = known::remove;

  /** Those of a segment; {@link Span#UNKNOWN} where the deadline came first. */
  Span of(LeafReader reader, Deadline deadline) throws IOException {
    var core = reader.getCoreCacheHelper();
    if (core == null) {
      return Span.UNKNOWN;
    }
    var told = known.get(core.getKey());
    if (told != null) {
      return told;
    }
    var span = read(reader, deadline);
    if (!span.equals(Span.UNKNOWN) && known.putIfAbsent(core.getKey(), span) == null) {
      core.addClosedListener(drop);
    }
    return span;
  }

  private static Span read(LeafReader reader, Deadline deadline) throws IOException {
    var sequences = reader.getNumericDocValues(Layout.SEQUENCE);
    if (sequences == null) {
      return Span.NONE;
    }
    long first = Long.MAX_VALUE;
    long last = -1;
    for (int doc = sequences.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = sequences.nextDoc()) {
      if ((doc & CHECK) == 0 && deadline.isOver()) {
        return Span.UNKNOWN;
      }
      first = Math.min(first, sequences.longValue());
      last = Math.max(last, sequences.longValue());
    }
    return new Span(first, last);
  }
}
