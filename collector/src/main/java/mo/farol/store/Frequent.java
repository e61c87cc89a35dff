package mo.farol.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;

/**
 * Most frequent values: by doc values where the field is a facet, else by going through the field's
 * terms.
 */
final class Frequent {
  private static final int CHECK = (1 << 12) - 1;

  private final String facet;
  private final byte[] prefix;
  private final Map<BytesRef, long[]> counts = new HashMap<>();
  private long withField;
  private long total;

  Frequent(String field) {
    facet = Layout.FACET + field;
    prefix = Layout.prefix(Layout.isOwn(field) ? Layout.OWN : Layout.VALUE, field);
  }

  void look(Segment segment, Deadline deadline) throws IOException {
    var matches = segment.matches(deadline);
    if (matches == null) {
      return;
    }
    total += matches.cardinality();
    var values = segment.reader().getSortedSetDocValues(facet);
    if (values != null) {
      byFacet(values, matches, deadline);
    } else {
      byTerms(segment, matches, deadline);
    }
  }

  Found.Values values(int n, boolean exact) {
    var all =
        counts.entrySet().stream()
            .map(entry -> new Found.Value(entry.getKey().utf8ToString(), entry.getValue()[0]));
    return new Found.Values(Found.Values.most(all, n), withField, total, exact);
  }

  private void byFacet(SortedSetDocValues values, FixedBitSet matches, Deadline deadline)
      throws IOException {
    int[] perValue = new int[Math.toIntExact(values.getValueCount())];
    int seen = 0;
    for (int doc = values.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = values.nextDoc()) {
      if ((++seen & CHECK) == 0 && deadline.isOver()) {
        break;
      }
      if (!matches.get(doc)) {
        continue;
      }
      withField++;
      for (int k = values.docValueCount(); k > 0; k--) {
        perValue[(int) values.nextOrd()]++;
      }
    }
    for (int value = 0; value < perValue.length; value++) {
      if (perValue[value] > 0) {
        add(values.lookupOrd(value), perValue[value]);
      }
    }
  }

  private void byTerms(Segment segment, FixedBitSet matches, Deadline deadline) throws IOException {
    var all = segment.reader().terms(Layout.TERMS);
    if (all == null) {
      return;
    }
    var terms = all.iterator();
    var start = new BytesRef(prefix);
    var having = new FixedBitSet(matches.length());
    PostingsEnum postings = null;
    for (boolean more = terms.seekCeil(start) != TermsEnum.SeekStatus.END;
        more && StringHelper.startsWith(terms.term(), start) && !deadline.isOver();
        more = terms.next() != null) {
      postings = terms.postings(postings, PostingsEnum.NONE);
      int count = count(postings, matches, having);
      if (count > 0) {
        var term = terms.term();
        add(
            new BytesRef(term.bytes, term.offset + prefix.length, term.length - prefix.length),
            count);
      }
    }
    withField += having.cardinality();
  }

  private static int count(PostingsEnum postings, FixedBitSet matches, FixedBitSet having)
      throws IOException {
    int count = 0;
    for (int doc = postings.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = postings.nextDoc()) {
      if (matches.get(doc)) {
        having.set(doc);
        count++;
      }
    }
    return count;
  }

  private void add(BytesRef value, int count) {
    var known = counts.get(value);
    if (known == null) {
      counts.put(BytesRef.deepCopyOf(value), new long[] {count});
    } else {
      known[0] += count;
    }
  }
}
