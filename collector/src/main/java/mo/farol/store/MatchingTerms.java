package mo.farol.store;

import java.io.IOException;
import java.util.function.Predicate;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/** Events that have a term with a prefix which a test accepts; the test is a value (a record). */
final class MatchingTerms extends MultiTermQuery {
  /** Accepts every term. */
  record Any() implements Predicate<BytesRef> {
    @Override
    public boolean test(BytesRef term) {
      return true;
    }
  }

  /** Accepts terms that hold these bytes. */
  record Holding(BytesRef part) implements Predicate<BytesRef> {
    Holding(byte[] part) {
      this(new BytesRef(part));
    }

    @Override
    public boolean test(BytesRef term) {
      int last = term.offset + term.length - part.length;
      for (int i = term.offset; i <= last; i++) {
        if (StringHelper.startsWith(new BytesRef(term.bytes, i, part.length), part)) {
          return true;
        }
      }
      return false;
    }
  }

  /** A test that may know better than to be asked about every term. */
  interface Choosing extends Predicate<BytesRef> {
    /**
     * The terms that it accepts; or null where it is to be asked about each.
     *
     * @param prefix of the terms that count
     */
    @Nullable TermsEnum among(Terms terms, BytesRef prefix) throws IOException;
  }

  private final BytesRef prefix;
  private final Predicate<BytesRef> test;

  MatchingTerms(byte[] prefix, Predicate<BytesRef> test) {
    this(Layout.TERMS, prefix, test);
  }

  /** Of a Lucene field of one's choice. */
  MatchingTerms(String luceneField, byte[] prefix, Predicate<BytesRef> test) {
    super(luceneField, CONSTANT_SCORE_BLENDED_REWRITE);
    this.prefix = new BytesRef(prefix);
    this.test = test;
  }

  @Override
  protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
    var chosen = test instanceof Choosing choosing ? choosing.among(terms, prefix) : null;
    return chosen == null ? each(terms.iterator()) : chosen;
  }

  private TermsEnum each(TermsEnum all) {
    return new FilteredTermsEnum(all) {
      {
        setInitialSeekTerm(prefix);
      }

      @Override
      protected AcceptStatus accept(BytesRef term) {
        if (!StringHelper.startsWith(term, prefix)) {
          return AcceptStatus.END;
        }
        return test.test(term) ? AcceptStatus.YES : AcceptStatus.NO;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return prefix.utf8ToString() + test;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof MatchingTerms terms
        && prefix.equals(terms.prefix)
        && test.equals(terms.test);
  }

  @Override
  public int hashCode() {
    return super.hashCode() * 31 + prefix.hashCode() + test.hashCode();
  }
}
