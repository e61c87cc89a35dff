package mo.farol.search;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.store.Layout;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/**
 * Which fields matching events have. Goes by the events in scope, so another agency's field names
 * never show.
 */
final class FieldNames {
  private final IndexSearcher searcher;
  private final Query query;
  private final Map<String, Long> counts = new HashMap<>();

  FieldNames(IndexSearcher searcher, Query query) {
    this.searcher = searcher;
    this.query = query;
  }

  List<TopValues.Value> top(int n) throws IOException {
    var weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (var leaf : searcher.getIndexReader().leaves()) {
      var scorer = weight.scorer(leaf);
      var terms = leaf.reader().terms(Layout.HAS);
      if (scorer == null || terms == null) {
        continue;
      }
      var matching = new FixedBitSet(leaf.reader().maxDoc());
      matching.or(scorer.iterator());
      var each = terms.iterator();
      PostingsEnum postings = null;
      for (BytesRef name = each.next(); name != null; name = each.next()) {
        postings = each.postings(postings, PostingsEnum.NONE);
        count(name.utf8ToString(), postings, matching);
      }
    }
    return counts.entrySet().stream()
        .map(e -> new TopValues.Value(e.getKey(), e.getValue()))
        .sorted(
            Comparator.comparingLong(TopValues.Value::count)
                .reversed()
                .thenComparing(TopValues.Value::value))
        .limit(n)
        .toList();
  }

  private void count(String name, PostingsEnum postings, FixedBitSet matching) throws IOException {
    long n = 0;
    for (int doc = postings.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = postings.nextDoc()) {
      n += matching.get(doc) ? 1 : 0;
    }
    if (n > 0) {
      counts.merge(name, n, Long::sum);
    }
  }
}
