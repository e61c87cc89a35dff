package mo.farol.search;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.store.Layout;
import mo.farol.store.Tokens;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Makes Lucene's query of ours. The one place where a question meets the index, and where its scope
 * is put upon it.
 */
final class Compiler {
  private Compiler() {}

  /** The whole question: what was asked, within the scope, within the time. */
  static Query compile(SearchRequest request) {
    var query = new BooleanQuery.Builder();
    Query asked = compile(QueryParser.parse(request.query()));
    query.add(asked, Occur.FILTER);
    switch (request.scope()) {
      case Scope.National _ -> {}
      case Scope.Agencies(var ids) -> query.add(agencies(ids), Occur.FILTER);
    }
    long from = Micros.of(request.from());
    long to = Micros.of(request.to()) - 1;
    query.add(NumericDocValuesField.newSlowRangeQuery(Layout.TIME, from, to), Occur.FILTER);
    return query.build();
  }

  private static Query agencies(java.util.Set<String> ids) {
    List<BytesRef> terms = new ArrayList<>();
    ids.forEach(id -> terms.add(Layout.term(Layout.AGENCY, id)));
    return new TermInSetQuery(Layout.KEYWORD, terms);
  }

  private static Query compile(Ast ast) {
    return switch (ast) {
      case Ast.All _ -> MatchAllDocsQuery.INSTANCE;
      case Ast.Text text -> words(text.text());
      case Ast.Term term -> term(term);
      case Ast.Wildcard wildcard -> wildcard(wildcard);
      case Ast.Regex regex -> regex(regex);
      case Ast.Cidr cidr -> cidr(cidr);
      case Ast.Range range -> range(range);
      case Ast.Exists exists -> new TermQuery(new Term(Layout.HAS, exists.field()));
      case Ast.And(var parts) -> all(parts);
      case Ast.Or(var parts) -> any(parts);
      case Ast.Not(var part) -> not(part);
    };
  }

  private static Query all(List<Ast> parts) {
    var query = new BooleanQuery.Builder();
    boolean positive = false;
    for (Ast part : parts) {
      if (part instanceof Ast.Not(var denied)) {
        query.add(compile(denied), Occur.MUST_NOT);
      } else {
        query.add(compile(part), Occur.FILTER);
        positive = true;
      }
    }
    if (!positive) {
      query.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    }
    return query.build();
  }

  private static Query any(List<Ast> parts) {
    var query = new BooleanQuery.Builder();
    parts.forEach(part -> query.add(compile(part), Occur.SHOULD));
    return query.build();
  }

  private static Query not(Ast part) {
    return new BooleanQuery.Builder()
        .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
        .add(compile(part), Occur.MUST_NOT)
        .build();
  }

  private static Query words(String text) {
    var words = cut(text);
    if (words.isEmpty()) {
      return new MatchNoDocsQuery("nothing to look for in '" + text + "'");
    }
    if (words.size() == 1) {
      return new TermQuery(new Term(Layout.TEXT, words.getFirst()));
    }
    return new PhraseQuery(Layout.TEXT, words.toArray(BytesRef[]::new));
  }

  private static List<BytesRef> cut(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    var tokens = new Tokens();
    tokens.over(utf8, 0, utf8.length);
    var words = new ArrayList<BytesRef>();
    while (tokens.next()) {
      words.add(new BytesRef(java.util.Arrays.copyOf(tokens.word(), tokens.length())));
    }
    return words;
  }

  private static Query term(Ast.Term term) {
    return term.field().equals("message")
        ? words(term.value())
        : new TermQuery(new Term(Layout.KEYWORD, Layout.term(term.field(), lower(term.value()))));
  }

  private static Query wildcard(Ast.Wildcard wildcard) {
    if (wildcard.field().isEmpty() || wildcard.field().equals("message")) {
      return new WildcardQuery(new Term(Layout.TEXT, lower(wildcard.pattern())));
    }
    String escaped = wildcard.field().replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
    return new WildcardQuery(new Term(Layout.KEYWORD, escaped + "\0" + lower(wildcard.pattern())));
  }

  private static Query regex(Ast.Regex regex) {
    try {
      var pattern = Pattern.compile(regex.pattern(), Pattern.CASE_INSENSITIVE);
      return new TermsMatching(
          named(regex.field(), regex.column()), "/" + regex.pattern() + "/", pattern::matches);
    } catch (PatternSyntaxException e) {
      throw new QueryFault(
          regex.column(), "the regular expression is wrong: " + e.getDescription());
    }
  }

  private static Query cidr(Ast.Cidr cidr) {
    var network =
        Networks.parse(cidr.network())
            .orElseThrow(
                () ->
                    new QueryFault(
                        cidr.column(), "'" + cidr.network() + "' is no network; write 10.0.0.0/8"));
    return new TermsMatching(cidr.field(), "in " + cidr.network(), network::holds);
  }

  private static Query range(Ast.Range range) {
    String what =
        "%s%s TO %s%s"
            .formatted(
                range.withFrom() ? "[" : "{", range.from(), range.to(), range.withTo() ? "]" : "}");
    Predicate<String> from =
        range.from().equals("*")
            ? _ -> true
            : v -> holds(compare(v, range.from()), range.withFrom(), 1);
    Predicate<String> to =
        range.to().equals("*") ? _ -> true : v -> holds(compare(v, range.to()), range.withTo(), -1);
    return new TermsMatching(range.field(), what, from.and(to));
  }

  private static boolean holds(int order, boolean with, int side) {
    return order * side > 0 || with && order == 0;
  }

  private static int compare(String value, String bound) {
    var left = number(value);
    var right = number(bound);
    return Double.isNaN(left) || Double.isNaN(right)
        ? value.compareTo(lower(bound))
        : Double.compare(left, right);
  }

  private static double number(String text) {
    if (text.isEmpty() || text.length() > 24 || !text.matches("-?\\d+(\\.\\d+)?")) {
      return Double.NaN;
    }
    return Double.parseDouble(text);
  }

  private static String named(String field, int column) {
    if (field.isEmpty()) {
      throw new QueryFault(column, "a regular expression needs a field before it: field:/…/");
    }
    return field;
  }

  // As the index lowers: ASCII letters only.
  private static String lower(String text) {
    return text.chars().allMatch(c -> c < 128) ? text.toLowerCase(Locale.ROOT) : asciiLower(text);
  }

  private static String asciiLower(String text) {
    var low = new StringBuilder(text.length());
    text.chars().forEach(c -> low.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
    return low.toString();
  }
}
