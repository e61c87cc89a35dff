package mo.farol.store;

import static mo.farol.store.Layout.ADDRESS;
import static mo.farol.store.Layout.OWN;
import static mo.farol.store.Layout.TERMS;
import static mo.farol.store.Layout.VALUE;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
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
  /** First and last address of IPv4. */
  private static final byte[][] MAPPED = span("0.0.0.0/0");

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
    if (Layout.isAddress(field)) {
      check(range.from(), from);
      check(range.to(), to);
    }
    if (from.length > 0 || to.length > 0) {
      return addresses(field, from, range.withFrom(), to, range.withTo());
    }
    if (Numbers.areNumbers(range)) {
      byte[] prefix = Layout.prefix(kind(field), field);
      return new MatchingTerms(prefix, new Numbers(range, prefix.length));
    }
    return texts(range);
  }

  // A number may be meant as one, where a sender calls something else an address.
  private static void check(String bound, byte[] address) {
    if (!bound.isEmpty() && address.length == 0 && !NumberText.isNumber(bound)) {
      throw new IllegalArgumentException(
          "'%s' is no address; write one such as 10.0.0.1 or 2001:db8::1".formatted(bound));
    }
  }

  /** Every time from the first to the last, both included. */
  static Query time(long fromMicros, long lastMicros) {
    return NumericDocValuesField.newSlowRangeQuery(Layout.TIME, fromMicros, lastMicros);
  }

  /** Addresses of a network, in any notation Farol reads. */
  static Query network(String field, String network) {
    byte[][] span = span(network);
    if (!holdsMapped(span)) {
      return addresses(field, span[0], true, span[1], true);
    }
    return Queries.any(
        List.of(
            addresses(field, span[0], true, MAPPED[0], false),
            addresses(field, MAPPED[1], false, span[1], true)));
  }

  // Those of IPv4 lie among those of IPv6, and are in no network of IPv6 that is wider than they.
  private static boolean holdsMapped(byte[][] span) {
    return Arrays.compareUnsigned(span[0], MAPPED[0]) < 0
        && Arrays.compareUnsigned(span[1], MAPPED[1]) >= 0;
  }

  /** Values that are addresses of a network, of a field whose addresses are kept as text only. */
  static Query written(String field, String network) {
    byte[][] span = span(network);
    byte[] prefix = Layout.prefix(VALUE, field);
    return new MatchingTerms(
        prefix,
        new Within(
            new BytesRef(span[0]), new BytesRef(span[1]), !holdsMapped(span), prefix.length));
  }

  private static byte[][] span(String network) {
    byte[][] span = Addresses.network(network);
    if (span == null) {
      throw new IllegalArgumentException(
          "'%s' is no network; write one such as 10.0.0.0/8 or 2001:db8::/32".formatted(network));
    }
    return span;
  }

  private record Within(BytesRef low, BytesRef high, boolean mapped, int skip)
      implements Predicate<BytesRef> {
    @Override
    public boolean test(BytesRef term) {
      byte[] address = new byte[Addresses.LENGTH];
      int end = term.offset + term.length;
      if (!Addresses.read(term.bytes, term.offset + skip, end, address, 0)) {
        return false;
      }
      var found = new BytesRef(address);
      return found.compareTo(low) >= 0
          && found.compareTo(high) <= 0
          && (mapped || !isMapped(address));
    }

    private static boolean isMapped(byte[] address) {
      return Arrays.equals(address, 0, 12, MAPPED[0], 0, 12);
    }
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

  /**
   * The bytes of an address where the field has such; empty for any other value. One with a zone is
   * that text alone.
   */
  static byte[] address(String field, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    byte[] address = new byte[Addresses.LENGTH];
    return Layout.isAddress(field)
            && value.indexOf('%') < 0
            && Addresses.read(text, 0, text.length, address, 0)
        ? address
        : new byte[0];
  }
}
