package mo.farol.store;

import java.util.function.Predicate;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

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
  protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes)
      throws java.io.IOException {
    var all = terms.iterator();
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
