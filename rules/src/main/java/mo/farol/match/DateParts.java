package mo.farol.match;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.regex.Pattern;
import mo.farol.sigma.Check;

/**
 * Parts of a date as an event writes it. Sigma specification 2.1.0 asks for no change of zone or
 * format: digits are taken as they stand.
 */
final class DateParts {
  private static final Pattern DATE =
      Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})(?:[T ](\\d{2}):(\\d{2}).*)?");

  private DateParts() {}

  /** The part, or -1 where the text is no date or lacks it. */
  static long of(Check.Part part, String text) {
    var date = DATE.matcher(text);
    if (!date.matches()) {
      return -1;
    }
    return switch (part) {
      case YEAR -> Long.parseLong(date.group(1));
      case MONTH -> Long.parseLong(date.group(2));
      case DAY -> Long.parseLong(date.group(3));
      case HOUR -> date.group(4) == null ? -1 : Long.parseLong(date.group(4));
      case MINUTE -> date.group(5) == null ? -1 : Long.parseLong(date.group(5));
      case WEEK -> week(text.substring(0, 10));
    };
  }

  private static long week(String day) {
    try {
      return LocalDate.parse(day).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    } catch (DateTimeException e) {
      return -1;
    }
  }
}
