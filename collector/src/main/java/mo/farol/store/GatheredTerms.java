package mo.farol.store;

import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermState;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSet;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.DocIdSetBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Some terms of one segment as one query: the events of the most frequent ones are read as they are
 * wanted, so that a page needs few of them; those of all others at once.
 */
final class GatheredTerms {
  /** Terms whose events are read as they are wanted. */
  private static final int MOST = 16;

  /** Events of a term that are sooner read than thought about. */
  private static final int FEW_EVENTS = 512;

  /**
   * Which events of one segment have one of some terms.
   *
   * @param weight of the segment alone; null where none has
   * @param bytes about how much memory this holds
   */
  record Some(@Nullable Weight weight, @Nullable LeafReaderContext alone, long bytes) {
    /** No event. */
    static final Some NONE = new Some(null, null, 0);

    @Nullable ScorerSupplier supplier() throws IOException {
      return weight == null || alone == null ? null : weight.scorerSupplier(alone);
    }
  }

  /** About what a frequent term holds beside its text. */
  private static final int A_TERM = 512;

  private record Frequent(BytesRef term, TermState state, int events) {}

  private final String field;
  private final LeafReaderContext leaf;
  private final PriorityQueue<Frequent> frequent =
      new PriorityQueue<>(Comparator.comparingInt(Frequent::events));
  private @Nullable DocIdSetBuilder others;
  private @Nullable PostingsEnum events;

  GatheredTerms(String field, LeafReaderContext leaf) {
    this.field = field;
    this.leaf = leaf;
  }

  /** Takes all of the terms. */
  void take(TermsEnum terms) throws IOException {
    var again = leaf.reader().terms(field);
    for (var term = terms.next(); term != null; term = terms.next()) {
      int count = terms.docFreq();
      if (count <= FEW_EVENTS || again == null) {
        read(terms);
        continue;
      }
      frequent.add(new Frequent(BytesRef.deepCopyOf(term), terms.termState(), count));
      var least = frequent.size() > MOST ? frequent.poll() : null;
      if (least != null) {
        var one = again.iterator();
        one.seekExact(least.term, least.state);
        read(one);
      }
    }
  }

  private void read(TermsEnum term) throws IOException {
    var into = others;
    if (into == null) {
      into = new DocIdSetBuilder(leaf.reader().maxDoc());
      others = into;
    }
    var all = term.postings(events, PostingsEnum.NONE);
    events = all;
    into.add(all);
  }

  /**
   * Which events have one of them. Of the segment alone: what Lucene keeps of a term for every
   * segment there is would, kept for every segment, grow with the square of their number.
   */
  Some some(ScoreMode mode, float score) throws IOException {
    var alone = new IndexSearcher(leaf.reader());
    alone.setQueryCache(null);
    var any = new BooleanQuery.Builder();
    long bytes = 0;
    for (var one : frequent) {
      var states = new TermStates(alone.getTopReaderContext());
      states.register(one.state, 0, one.events, one.events);
      any.add(new TermQuery(new Term(field, one.term), states), Occur.SHOULD);
      bytes += one.term.length + A_TERM;
    }
    if (others != null) {
      var all = others.build();
      any.add(new These(all), Occur.SHOULD);
      bytes += all.ramBytesUsed();
    } else if (frequent.isEmpty()) {
      return Some.NONE;
    }
    var query = alone.rewrite(new ConstantScoreQuery(any.build()));
    var weight = query.createWeight(alone, mode, score);
    return new Some(weight, alone.getIndexReader().leaves().getFirst(), bytes);
  }

  /** Events of this segment; is never asked about another one. */
  private static final class These extends Query {
    private final DocIdSet all;

    These(DocIdSet all) {
      this.all = all;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
      return new ConstantScoreWeight(this, boost) {
        @Override
        public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
          var events = all.iterator();
          return events == null
              ? null
              : ConstantScoreScorerSupplier.fromIterator(
                  events, score(), mode, leaf.reader().maxDoc());
        }

        @Override
        public boolean isCacheable(LeafReaderContext leaf) {
          return false;
        }
      };
    }

    @Override
    public void visit(QueryVisitor visitor) {
      visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
      return "events";
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
