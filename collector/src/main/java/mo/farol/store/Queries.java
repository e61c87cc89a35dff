package mo.farol.store;

import static mo.farol.store.Layout.ADDRESS;
import static mo.farol.store.Layout.OWN;
import static mo.farol.store.Layout.TERMS;
import static mo.farol.store.Layout.VALUE;
import static mo.farol.store.Layout.WORD;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import mo.farol.event.Scope;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Makes Lucene queries of questions. Every one that answers somebody carries the scope. */
final class Queries {
  /** The sender's own word for what we keep as severity. */
  private static final String LEVEL = "log.level";

  /** Characters at a value's beginning that every facet keeps, whatever they are. */
  private static final int SURELY_KEPT = 32;

  private Queries() {}

  /** What a question asks for, its time range left out. */
  static Query of(Question question) {
    Query asked = arrived(question, clause(question.clause(), question.scope()));
    return switch (question.scope()) {
      case Scope.National _ -> asked;
      case Scope.Agencies(var ids) -> {
        var agencies = ids.stream().map(id -> Layout.own(Layout.AGENCY, id)).toList();
        yield new BooleanQuery.Builder()
            .add(asked, Occur.MUST)
            .add(new TermInSetQuery(TERMS, agencies), Occur.FILTER)
            .build();
      }
    };
  }

  private static Query arrived(Question question, Query asked) {
    if (!question.isOfSequences()) {
      return asked;
    }
    return new BooleanQuery.Builder()
        .add(asked, Occur.MUST)
        .add(
            NumericDocValuesField.newSlowRangeQuery(
                Layout.SEQUENCE, question.fromSequence(), question.toSequence() - 1),
            Occur.FILTER)
        .build();
  }

  /** The row of one event. */
  static Query row(long occurredAtMicros, long sequence) {
    return new BooleanQuery.Builder()
        .add(Ranges.time(occurredAtMicros, occurredAtMicros), Occur.FILTER)
        .add(NumericDocValuesField.newSlowExactQuery(Layout.SEQUENCE, sequence), Occur.FILTER)
        .build();
  }

  private static Query clause(Clause clause, Scope scope) {
    return switch (clause) {
      case Clause.All _ -> MatchAllDocsQuery.INSTANCE;
      case Clause.Term term -> checked(term.column(), () -> value(term.field(), term.value()));
      case Clause.Phrase phrase ->
          checked(phrase.column(), () -> value(phrase.field(), phrase.value()));
      case Clause.Wildcard wildcard -> checked(wildcard.column(), () -> wildcard(wildcard));
      case Clause.Regex regex -> checked(regex.column(), () -> regex(regex));
      case Clause.Range range -> checked(range.column(), () -> Ranges.of(range));
      case Clause.Cidr cidr -> checked(cidr.column(), () -> network(cidr));
      case Clause.Exists exists -> exists(exists.field(), scope);
      case Clause.Kept kept -> KeptValues.query(kept);
      case Clause.And and -> all(and.parts(), scope);
      case Clause.Or or -> any(or.parts().stream().map(part -> clause(part, scope)).toList());
      case Clause.Not not -> not(clause(not.part(), scope));
    };
  }

  private static Query checked(int column, Supplier<Query> query) {
    try {
      return query.get();
    } catch (IllegalArgumentException e) {
      throw new ClauseFault(column, String.valueOf(e.getMessage()), e);
    }
  }

  private static Query all(List<Clause> parts, Scope scope) {
    var all = new BooleanQuery.Builder();
    all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    for (var part : parts) {
      if (part instanceof Clause.Not(var hidden)) {
        all.add(clause(hidden, scope), Occur.MUST_NOT);
      } else {
        all.add(clause(part, scope), Occur.FILTER);
      }
    }
    return all.build();
  }

  private static Query not(Query query) {
    return new BooleanQuery.Builder()
        .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
        .add(query, Occur.MUST_NOT)
        .build();
  }

  static Query any(List<Query> queries) {
    if (queries.size() == 1) {
      return queries.getFirst();
    }
    var any = new BooleanQuery.Builder();
    queries.forEach(query -> any.add(query, Occur.SHOULD));
    return any.build();
  }

  private static Query value(String field, String value) {
    if (field.equals("message")) {
      return Texts.words(value);
    }
    if (Layout.isOwn(field)) {
      return own(field, value);
    }
    byte[] address = Ranges.address(field, value);
    if (address.length > 0) {
      return whole(Layout.term(ADDRESS, field, address));
    }
    var ways = new ArrayList<Query>();
    if (field.equals(LEVEL) && Grades.isOne(value)) {
      ways.add(Ranges.grades(value, true, value, true));
    }
    ways.add(whole(Layout.term(VALUE, field, folded(value))));
    var words = Texts.list(value);
    if (words.size() == 1) {
      ways.add(whole(Layout.term(WORD, field, bytes(words.getFirst()))));
    }
    return any(ways);
  }

  private static Query own(String field, String value) {
    return switch (field) {
      case Layout.WHEN -> Ranges.of(new Clause.Range(field, value, true, value, true, 1));
      case Layout.ID -> sequence(value);
      case Layout.GRADE -> Ranges.grades(value, true, value, true);
      case Layout.EXERCISE -> {
        var drill = whole(Layout.own(field, "true"));
        yield value.equalsIgnoreCase("true") ? drill : not(drill);
      }
      default -> whole(Layout.term(OWN, field, folded(value)));
    };
  }

  // What is no address to the index may be one all the same, or a network itself.
  private static Query network(Clause.Cidr cidr) {
    String field = cidr.field();
    if (Layout.isOwn(field)) {
      return own(field, cidr.network());
    }
    return Layout.isAddress(field)
        ? Ranges.network(field, cidr.network())
        : any(List.of(value(field, cidr.network()), Ranges.written(field, cidr.network())));
  }

  private static Query sequence(String value) {
    try {
      return NumericDocValuesField.newSlowExactQuery(Layout.SEQUENCE, Long.parseLong(value));
    } catch (NumberFormatException e) {
      return MatchNoDocsQuery.INSTANCE;
    }
  }

  private static Query wildcard(Clause.Wildcard wildcard) {
    String field = wildcard.field();
    if (field.equals("message")) {
      return Texts.wildcard(wildcard.pattern());
    }
    return patterned(
        field,
        beginning(wildcard.pattern()),
        ending(wildcard.pattern()),
        kind -> Automatons.wildcard(Layout.prefix(kind, field), wildcard.pattern()));
  }

  private static Query regex(Clause.Regex regex) {
    String field = regex.field();
    if (field.equals("message")) {
      return Automatons.regex(Layout.MESSAGE, new byte[0], regex.pattern());
    }
    return patterned(
        field,
        "",
        "",
        kind -> Automatons.regex(TERMS, Layout.prefix(kind, field), regex.pattern()));
  }

  /**
   * @param beginning what every value that fits begins with
   * @param ending what every value that fits ends with
   */
  private static Query patterned(
      String field, String beginning, String ending, Function<Byte, PatternTerms> query) {
    if (Layout.isOwn(field)) {
      return query.apply(OWN);
    }
    var whole = query.apply(VALUE);
    var terms = any(List.of(whole, query.apply(WORD)));
    // Lucene runs no automaton over a pattern that has one text only, or none.
    var pattern = whole.automaton();
    return pattern == null || !Layout.FACETS.contains(field)
        ? terms
        : new FacetPattern(
            field, whole, terms, new BytesRef(folded(beginning)), folded(ending), pattern);
  }

  // Up to the first sign, and no longer than a facet keeps of any value.
  private static String beginning(String wildcard) {
    int end = 0;
    while (end < wildcard.length()
        && end < SURELY_KEPT
        && "*?\\".indexOf(wildcard.charAt(end)) < 0) {
      end += Character.charCount(wildcard.codePointAt(end));
    }
    return wildcard.substring(0, end);
  }

  // Behind the last sign, and behind what it makes plain where that is a backslash.
  private static String ending(String wildcard) {
    for (int i = wildcard.length() - 1; i >= 0; i--) {
      char c = wildcard.charAt(i);
      if (c == '*' || c == '?') {
        return wildcard.substring(i + 1);
      }
      if (c == '\\') {
        int next = i + 1;
        return next == wildcard.length()
            ? ""
            : wildcard.substring(next + Character.charCount(wildcard.codePointAt(next)));
      }
    }
    return "";
  }

  private static Query exists(String field, Scope scope) {
    if (!Layout.isOwn(field)) {
      var holding =
          new MatchingTerms.Holding(("\0" + field + "\0").getBytes(StandardCharsets.UTF_8));
      return any(
          ShapeTerms.prefixes(scope).stream()
              .map(prefix -> (Query) new MatchingTerms(bytes(prefix), holding))
              .toList());
    }
    return switch (field) {
      case Layout.LANE, Layout.REJECTED ->
          new MatchingTerms(Layout.prefix(OWN, field), new MatchingTerms.Any());
      default -> MatchAllDocsQuery.INSTANCE;
    };
  }

  private static Query whole(BytesRef term) {
    return new TermQuery(new Term(TERMS, term));
  }

  private static byte[] bytes(BytesRef ref) {
    return Arrays.copyOfRange(ref.bytes, ref.offset, ref.offset + ref.length);
  }

  /** A value in the form it has in the index. */
  static byte[] folded(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    byte[] folded = new byte[Layout.LONGEST_VALUE + 4];
    int end = TermBuffer.fold(text, 0, text.length, folded, 0, Layout.LONGEST_VALUE);
    return Arrays.copyOf(folded, end);
  }
}
