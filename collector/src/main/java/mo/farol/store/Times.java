package mo.farol.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import mo.farol.event.Micros;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.search.Query;

/**
 * Instants in a query: {@code 2026-11-24} (a whole day, UTC) or ISO 8601 with zone, such as {@code
 * 2026-11-24T08:00:00Z}.
 */
final class Times {
  /** The microseconds an instant's text stands for, last one exclusive. */
  private record Span(long from, long to) {}

  private Times() {}

  static Query range(Clause.Range range) {
    long from = Long.MIN_VALUE;
    long last = Long.MAX_VALUE;
    if (!range.from().isEmpty()) {
      var span = span(range.from());
      from = range.withFrom() ? span.from : span.to;
    }
    if (!range.to().isEmpty()) {
      var span = span(range.to());
      last = (range.withTo() ? span.to : span.from) - 1;
    }
    return NumericDocValuesField.newSlowRangeQuery(Layout.TIME, from, last);
  }

  /** Throws {@link IllegalArgumentException} where the text is no instant. */
  private static Span span(String text) {
    try {
      if (text.length() == 10) {
        var day = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Span(Micros.of(day), Micros.of(day.plus(1, ChronoUnit.DAYS)));
      }
      Instant instant = OffsetDateTime.parse(text).toInstant();
      long micros = Micros.of(instant);
      return new Span(micros, micros + 1);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time; write 2026-11-24 or 2026-11-24T08:00:00Z", e);
    } catch (DateTimeException | ArithmeticException e) { // an instant that is beyond counting
      throw new IllegalArgumentException(
          "no event has the time '" + text + "'; write one such as 2026-11-24T08:00:00Z", e);
    }
  }
}
