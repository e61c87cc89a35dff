package mo.farol.parse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalQueries;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.Micros;

/**
 * Times that a sender writes by a pattern of its own, in the letters of Java's date formats. Used
 * where {@link Dates#any} does not know the form; keeps what it made of the first patterns it met.
 */
final class TimePatterns {
  private static final int MOST = 64;
  private static final int LONGEST = 64;

  private final Map<String, Optional<DateTimeFormatter>> known = new HashMap<>();

  /** The time in pair {@code k}, whose pattern is in pair {@code pattern} where that is not -1. */
  long time(EventDraft draft, int k, int pattern) {
    var into = draft.into();
    int from = into.start(k);
    long at = draft.dates().any(into.bytes(k), from, from + into.length(k));
    boolean fits = pattern >= 0 && into.length(pattern) <= LONGEST && into.length(k) <= LONGEST;
    if (at != Micros.NONE || !fits) {
      return at;
    }
    return formatter(into.text(pattern))
        .map(format -> read(format, into.text(k), draft.dates().zone()))
        .orElse(Micros.NONE);
  }

  private Optional<DateTimeFormatter> formatter(String pattern) {
    var found = known.get(pattern);
    if (found == null) {
      found = compile(pattern);
      if (known.size() < MOST) {
        known.put(pattern, found);
      }
    }
    return found;
  }

  private static Optional<DateTimeFormatter> compile(String pattern) {
    try {
      return Optional.of(DateTimeFormatter.ofPattern(pattern.replace('Y', 'y'), Locale.ENGLISH));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long read(DateTimeFormatter format, String text, ZoneId zone) {
    try {
      var parsed = format.parse(text);
      var written = parsed.query(TemporalQueries.zone());
      var local = LocalDateTime.from(parsed);
      Instant at = local.atZone(written == null ? zone : written).toInstant();
      return Micros.of(at);
    } catch (DateTimeException | ArithmeticException e) {
      return Micros.NONE;
    }
  }
}
