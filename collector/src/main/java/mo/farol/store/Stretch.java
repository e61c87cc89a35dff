package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * Documents of a segment that lie side by side, some thousands, with the time of the oldest and the
 * newest of them: what the skip index keeps. Documents lie in order of arrival, nearly the order of
 * time, so that a stretch is a short time; a sender whose clock is wrong spoils its own only.
 *
 * @param first the first document
 * @param last the last, included
 */
record Stretch(int first, int last, long firstMicros, long lastMicros) {
  /** Those that may hold an event of a range of time, in order of their documents. */
  static List<Stretch> of(DocValuesSkipper times, long fromMicros, long toMicros)
      throws IOException {
    var stretches = new ArrayList<Stretch>();
    for (int doc = 0; doc != DocIdSetIterator.NO_MORE_DOCS; ) {
      times.advance(doc);
      int first = times.minDocID(0);
      if (first == DocIdSetIterator.NO_MORE_DOCS) {
        break;
      }
      if (times.minValue(0) < toMicros && times.maxValue(0) >= fromMicros) {
        stretches.add(new Stretch(first, times.maxDocID(0), times.minValue(0), times.maxValue(0)));
      }
      doc = times.maxDocID(0) + 1;
    }
    return stretches;
  }

  int length() {
    return last - first + 1;
  }

  /** Whether every document lies in a range of time. */
  boolean isWithin(long fromMicros, long toMicros) {
    return firstMicros >= fromMicros && lastMicros < toMicros;
  }
}
