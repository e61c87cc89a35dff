package mo.farol.store;

import static mo.farol.store.Layout.ADDRESS;
import static mo.farol.store.Layout.OWN;
import static mo.farol.store.Layout.TERMS;
import static mo.farol.store.Layout.VALUE;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import mo.farol.event.Severity;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;

/** Queries with two ends: of times, severities, addresses, numbers and texts. */
final class Ranges {
  private Ranges() {}

  /** Whatever kind of range the field and its ends make it. */
  static Query of(Clause.Range range) {
    String field = range.field();
    if (field.equals(Layout.WHEN)) {
      return Times.range(range);
    }
    if (field.equals(Layout.GRADE)) {
      return grades(range.from(), range.withFrom(), range.to(), range.withTo());
    }
    if (field.equals(Layout.ID)) {
      return sequences(range);
    }
    byte[] from = address(field, range.from());
    byte[] to = address(field, range.to());
    if (from.length > 0 || to.length > 0) {
      return addresses(field, from, range.withFrom(), to, range.withTo());
    }
    if (Numbers.areNumbers(range)) {
      byte[] prefix = Layout.prefix(kind(field), field);
      return new MatchingTerms(prefix, new Numbers(range, prefix.length));
    }
    return texts(range);
  }

  /** Every time from the first to the last, both included. */
  static Query time(long fromMicros, long lastMicros) {
    return NumericDocValuesField.newSlowRangeQuery(Layout.TIME, fromMicros, lastMicros);
  }

  /** Addresses of a network, in any notation Farol reads. */
  static Query network(String field, String network) {
    byte[][] span = Addresses.network(network);
    return span == null
        ? MatchNoDocsQuery.INSTANCE
        : addresses(field, span[0], true, span[1], true);
  }

  private static Query addresses(
      String field, byte[] from, boolean withFrom, byte[] to, boolean withTo) {
    byte[] low = from.length == 0 ? new byte[Addresses.LENGTH] : from;
    byte[] high = to;
    if (to.length == 0) {
      high = new byte[Addresses.LENGTH];
      Arrays.fill(high, (byte) -1);
    }
    return new TermRangeQuery(
        TERMS,
        Layout.term(ADDRESS, field, low),
        Layout.term(ADDRESS, field, high),
        withFrom || from.length == 0,
        withTo || to.length == 0);
  }

  private static byte kind(String field) {
    return Layout.isOwn(field) ? OWN : VALUE;
  }

  private static Query sequences(Clause.Range range) {
    try {
      long from = range.from().isEmpty() ? 0 : Long.parseLong(range.from());
      long to = range.to().isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.to());
      return NumericDocValuesField.newSlowRangeQuery(
          Layout.SEQUENCE,
          range.withFrom() || range.from().isEmpty() ? from : Math.addExact(from, 1),
          range.withTo() || range.to().isEmpty() ? to : Math.subtractExact(to, 1));
    } catch (NumberFormatException | ArithmeticException e) {
      return MatchNoDocsQuery.INSTANCE;
    }
  }

  private static Query texts(Clause.Range range) {
    byte kind = kind(range.field());
    byte[] prefix = Layout.prefix(kind, range.field());
    byte[] after = prefix.clone();
    after[after.length - 1] = 1;
    boolean low = !range.from().isEmpty();
    boolean high = !range.to().isEmpty();
    return new TermRangeQuery(
        TERMS,
        low ? Layout.term(kind, range.field(), Queries.folded(range.from())) : new BytesRef(prefix),
        high ? Layout.term(kind, range.field(), Queries.folded(range.to())) : new BytesRef(after),
        !low || range.withFrom(),
        high && range.withTo());
  }

  static Query grades(String from, boolean withFrom, String to, boolean withTo) {
    var terms = new ArrayList<BytesRef>();
    for (var severity : Grades.between(from, withFrom, to, withTo)) {
      terms.add(Layout.grade(severity));
    }
    return terms.size() == Severity.values().length
        ? MatchAllDocsQuery.INSTANCE
        : new TermInSetQuery(TERMS, terms);
  }

  /** The bytes of an address where the field has such; empty for any other value. */
  static byte[] address(String field, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    byte[] address = new byte[Addresses.LENGTH];
    return Layout.isAddress(field) && Addresses.read(text, 0, text.length, address, 0)
        ? address
        : new byte[0];
  }
}
