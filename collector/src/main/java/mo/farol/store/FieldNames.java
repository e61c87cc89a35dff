package mo.farol.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import mo.farol.event.Scope;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

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
    PostingsEnum postings = null;
    for (var terms = shapes(segment.reader()); terms != null && !deadline.isOver(); ) {
      postings = terms.postings(postings, PostingsEnum.NONE);
      add(names(terms.term()), count(postings, matches));
      terms = next(terms);
    }
  }

  Found.Values values(int n, boolean exact) {
    var all =
        counts.entrySet().stream().map(entry -> new Found.Value(entry.getKey(), entry.getValue()));
    return new Found.Values(Found.Values.most(all, n), withField, total, exact);
  }

  /** Adds the names that start with a prefix and that this scope may see. */
  static void collect(LeafReader reader, String prefix, Scope scope, NavigableSet<String> names)
      throws IOException {
    for (var terms = shapes(reader); terms != null; terms = next(terms)) {
      String[] shape = names(terms.term());
      for (int i = 1; scope.sees(shape[0]) && i < shape.length - 1; i++) {
        if (shape[i].startsWith(prefix)) {
          names.add(shape[i]);
        }
      }
    }
  }

  private void add(String[] shape, long count) {
    if (count == 0) {
      return;
    }
    for (int i = 1; i < shape.length - 1; i++) {
      counts.merge(shape[i], count, Long::sum);
    }
    withField += shape.length > 2 ? count : 0;
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

  /** Agency first, then the names, then an empty text. */
  private static String[] names(BytesRef shape) {
    return shape.utf8ToString().substring(1).split("\0", -1);
  }

  /** Stands on the first shape of a segment; null where there is none. */
  private static @Nullable TermsEnum shapes(LeafReader reader) throws IOException {
    var all = reader.terms(Layout.TERMS);
    if (all == null) {
      return null;
    }
    var terms = all.iterator();
    boolean found =
        terms.seekCeil(new BytesRef(new byte[] {Layout.SHAPE})) != TermsEnum.SeekStatus.END;
    return found && isShape(terms.term()) ? terms : null;
  }

  private static @Nullable TermsEnum next(TermsEnum terms) throws IOException {
    var term = terms.next();
    return term != null && isShape(term) ? terms : null;
  }

  private static boolean isShape(BytesRef term) {
    return term.length > 0 && term.bytes[term.offset] == Layout.SHAPE;
  }
}
