package mo.farol.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.store.Layout;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;

/**
 * Counts the values of one field among what matches: by ordinals where the field has them, else
 * term by term.
 */
final class ValueCounter {
  private static final int DISTINCT_LIMIT = 200_000;
  private final IndexSearcher searcher;
  private final Query query;
  private final String field;
  private final Map<String, Long> counts = new HashMap<>();
  private long total;
  private long with;

  ValueCounter(IndexSearcher searcher, Query query, String field) {
    this.searcher = searcher;
    this.query = query;
    this.field = field;
  }

  TopValues top(int n) throws IOException {
    Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (var leaf : searcher.getIndexReader().leaves()) {
      var scorer = weight.scorer(leaf);
      if (scorer == null) {
        continue;
      }
      if (Layout.COUNTED.contains(field)) {
        byOrdinal(leaf, scorer.iterator());
      } else {
        byTerm(leaf, scorer.iterator());
      }
    }
    List<TopValues.Value> values =
        counts.entrySet().stream()
            .map(e -> new TopValues.Value(e.getKey(), e.getValue()))
            .sorted(
                java.util.Comparator.comparingLong(TopValues.Value::count)
                    .reversed()
                    .thenComparing(TopValues.Value::value))
            .limit(n)
            .toList();
    return new TopValues(field, values, with, total);
  }

  private void byOrdinal(LeafReaderContext leaf, DocIdSetIterator docs) throws IOException {
    SortedDocValues ordinals = DocValues.getSorted(leaf.reader(), Layout.ordinals(field));
    long[] seen = new long[ordinals.getValueCount()];
    for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
      total++;
      if (ordinals.advanceExact(doc)) {
        seen[ordinals.ordValue()]++;
        with++;
      }
    }
    for (int i = 0; i < seen.length; i++) {
      if (seen[i] > 0) {
        add(ordinals.lookupOrd(i), seen[i]);
      }
    }
  }

  private void byTerm(LeafReaderContext leaf, DocIdSetIterator docs) throws IOException {
    var matching = new FixedBitSet(leaf.reader().maxDoc());
    matching.or(docs);
    total += matching.cardinality();
    var terms = leaf.reader().terms(Layout.KEYWORD);
    if (terms == null) {
      return;
    }
    var prefix = Layout.term(field, "");
    var each = terms.iterator();
    if (each.seekCeil(prefix) == org.apache.lucene.index.TermsEnum.SeekStatus.END) {
      return;
    }
    org.apache.lucene.index.PostingsEnum postings = null;
    int distinct = 0;
    for (BytesRef term = each.term();
        term != null && StringHelper.startsWith(term, prefix) && distinct < DISTINCT_LIMIT;
        term = each.next(), distinct++) {
      postings = each.postings(postings, org.apache.lucene.index.PostingsEnum.NONE);
      long n = 0;
      for (int doc = postings.nextDoc();
          doc != DocIdSetIterator.NO_MORE_DOCS;
          doc = postings.nextDoc()) {
        n += matching.get(doc) ? 1 : 0;
      }
      if (n > 0) {
        with += n;
        add(new BytesRef(term.bytes, term.offset + prefix.length, term.length - prefix.length), n);
      }
    }
  }

  private void add(BytesRef value, long n) {
    counts.merge(value.utf8ToString(), n, Long::sum);
  }
}
