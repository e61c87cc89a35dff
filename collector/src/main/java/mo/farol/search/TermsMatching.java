package mo.farol.search;

import java.io.IOException;
import java.util.function.Predicate;
import mo.farol.store.Layout;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;

/** All values of one field for which a condition holds: networks, numbers, expressions. */
final class TermsMatching extends MultiTermQuery {
  private final String name;
  private final String what;
  private final Predicate<String> condition;

  /**
   * @param name the event field
   * @param what the condition in words; two queries of the same words are the same
   */
  TermsMatching(String name, String what, Predicate<String> condition) {
    super(Layout.KEYWORD, CONSTANT_SCORE_BLENDED_REWRITE);
    this.name = name;
    this.what = what;
    this.condition = condition;
  }

  @Override
  protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
    var prefix = Layout.term(name, "");
    return new FilteredTermsEnum(terms.iterator(), false) {
      {
        setInitialSeekTerm(prefix);
      }

      @Override
      protected AcceptStatus accept(BytesRef term) {
        if (!org.apache.lucene.util.StringHelper.startsWith(term, prefix)) {
          return AcceptStatus.END;
        }
        var value =
            new BytesRef(term.bytes, term.offset + prefix.length, term.length - prefix.length);
        return condition.test(value.utf8ToString()) ? AcceptStatus.YES : AcceptStatus.NO;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return name + " " + what;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TermsMatching that && name.equals(that.name) && what.equals(that.what);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + what.hashCode();
  }
}
