package mo.farol.store;

import static mo.farol.store.Layout.LONGEST_VALUE;
import static mo.farol.store.Layout.MESSAGE;
import static mo.farol.store.Layout.TERMS;
import static mo.farol.store.Layout.VALUE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mo.farol.event.Scope;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/** What is asked about values just as the index keeps them. */
final class KeptValues {
  /** The last character of a value that is cut is left out where it would lie across the end. */
  static final int SURELY_WHOLE = LONGEST_VALUE - 4;

  private static final int WORD_SURELY_WHOLE = Words.LONGEST - 4;
  private static final byte[] ANY = {VALUE};
  private static final int CHECK = (1 << 12) - 1;

  private KeptValues() {}

  static Query query(Clause.Kept kept) {
    return switch (kept) {
      case Clause.Kept.OneOf(var field, var values) -> oneOf(field, values);
      case Clause.Kept.Cut(var field) when field.equals("message") ->
          new MatchingTerms(MESSAGE, new byte[0], new Longer(0, WORD_SURELY_WHOLE));
      case Clause.Kept.Cut(var field) -> {
        byte[] prefix = Layout.prefix(VALUE, field);
        yield new MatchingTerms(prefix, new Longer(prefix.length, SURELY_WHOLE));
      }
      case Clause.Kept.Anywhere(var texts) ->
          new MatchingTerms(
              ANY,
              new HoldingTexts(
                  texts.stream().map(text -> new BytesRef(Queries.folded(text))).toList()));
    };
  }

  private static Query oneOf(String field, List<String> values) {
    return new TermInSetQuery(
        TERMS, values.stream().map(v -> Layout.term(VALUE, field, Queries.folded(v))).toList());
  }

  /** Accepts terms whose value, behind so many bytes, has more bytes than some. */
  private record Longer(int skip, int bytes) implements MatchingTerms.Choosing {
    @Override
    public boolean test(BytesRef term) {
      return term.length - skip > bytes;
    }

    // Mostly there are none, and a guide knows.
    @Override
    public @Nullable TermsEnum among(Terms terms, BytesRef prefix) {
      var guide = TrigramPostings.guide(terms, prefix);
      return guide != null && guide.longest() <= bytes ? TermsEnum.EMPTY : null;
    }
  }

  /**
   * Gathers values of a field that pass a test, segment by segment. Where not everybody's events
   * may be seen, a value counts only if one that may holds it: else how many others have would show
   * in whether the bound was met.
   */
  static final class Passing {
    private final BytesRef prefix;
    private final ValueTest test;
    private final int most;
    private final Set<String> values = new HashSet<>();
    private @Nullable PostingsEnum events;

    Passing(String field, ValueTest test, int most) {
      prefix = new BytesRef(Layout.prefix(VALUE, field));
      this.test = test;
      this.most = most;
    }

    void look(Segment segment, Deadline deadline) throws IOException {
      if (!isAll()) {
        return;
      }
      boolean everybody = segment.question().scope().equals(Scope.national());
      var own = everybody ? null : segment.matches(deadline);
      if (everybody || own != null) {
        look(segment.reader(), own, deadline);
      }
    }

    private void look(LeafReader reader, @Nullable FixedBitSet own, Deadline deadline)
        throws IOException {
      var all = reader.terms(TERMS);
      var terms = all == null ? TermsEnum.EMPTY : all.iterator();
      int seen = 0;
      boolean isThere = terms.seekCeil(prefix) != TermsEnum.SeekStatus.END;
      while (isThere && isAll() && StringHelper.startsWith(terms.term(), prefix)) {
        take(terms, own);
        if ((++seen & CHECK) == 0 && deadline.isOver()) {
          return;
        }
        isThere = terms.next() != null;
      }
    }

    private void take(TermsEnum terms, @Nullable FixedBitSet own) throws IOException {
      var term = terms.term();
      int from = term.offset + prefix.length;
      int to = term.offset + term.length;
      if (test.test(term.bytes, from, to, to - from <= SURELY_WHOLE)
          && (own == null || isAmong(terms, own))) {
        values.add(new String(term.bytes, from, to - from, StandardCharsets.UTF_8));
      }
    }

    private boolean isAmong(TermsEnum terms, FixedBitSet own) throws IOException {
      events = terms.postings(events, PostingsEnum.NONE);
      int doc = events.nextDoc();
      while (doc != DocIdSetIterator.NO_MORE_DOCS && !own.get(doc)) {
        doc = events.nextDoc();
      }
      return doc != DocIdSetIterator.NO_MORE_DOCS;
    }

    boolean isAll() {
      return values.size() <= most;
    }

    Set<String> values() {
      return values;
    }
  }
}
