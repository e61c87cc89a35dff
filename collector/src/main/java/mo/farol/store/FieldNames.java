package mo.farol.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import mo.farol.event.Scope;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;

/** Names of the fields that events have, read from the shapes of the events. */
final class FieldNames {
  private final Map<String, Long> counts = new HashMap<>();
  private long withField;
  private long total;

  /** Counts the fields of the matches of one segment; what does not match is not looked at. */
  void look(Segment segment, Deadline deadline) throws IOException {
    var matches = segment.matches(deadline);
    if (matches == null) {
      return;
    }
    total += matches.cardinality();
    var shapes = new ShapeTerms(segment.reader(), segment.question().scope());
    while (!deadline.isOver() && shapes.next()) {
      add(shapes.names(), count(shapes.events(), matches));
    }
  }

  Found.Values values(int n, boolean exact) {
    var all =
        counts.entrySet().stream().map(entry -> new Found.Value(entry.getKey(), entry.getValue()));
    return new Found.Values(Found.Values.most(all, n), withField, total, exact);
  }

  /** Adds the names that this scope may see, up to the deadline; false where that came first. */
  static boolean collect(
      LeafReader reader, Scope scope, NavigableSet<String> names, Deadline deadline)
      throws IOException {
    var shapes = new ShapeTerms(reader, scope);
    while (shapes.next()) {
      if (deadline.isOver()) {
        return false;
      }
      String[] shape = shapes.names();
      for (int i = 1; i < shape.length - 1; i++) {
        if (!shape[i].isEmpty()) {
          names.add(shape[i]);
        }
      }
    }
    return true;
  }

  private void add(String[] shape, long count) {
    if (count == 0) {
      return;
    }
    boolean isFirst = shape.length > 2 && !shape[1].isEmpty();
    for (int i = isFirst ? 1 : 2; i < shape.length - 1; i++) {
      counts.merge(shape[i], count, Long::sum);
    }
    withField += isFirst ? count : 0;
  }

  private static long count(PostingsEnum postings, FixedBitSet matches) throws IOException {
    long count = 0;
    for (int doc = postings.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = postings.nextDoc()) {
      count += matches.get(doc) ? 1 : 0;
    }
    return count;
  }
}
