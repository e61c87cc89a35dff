package mo.farol.match;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import mo.farol.sigma.Check;

/**
 * Parts of a date as an event writes it, ISO 8601 or RFC 3339. Sigma specification 2.1.0 asks for
 * no change of zone or format: digits are taken as they stand. Weeks are ISO weeks, 1 to 53.
 */
final class DateParts {
  private static final int DAY_END = 10;
  private static final int MINUTE_END = 16;

  private DateParts() {}

  /** The part, or -1 where the text is no date or lacks it. */
  static long of(Check.Part part, byte[] b, int from, int to) {
    boolean date =
        to - from >= DAY_END
            && isDigits(b, from, 4)
            && b[from + 4] == '-'
            && isDigits(b, from + 5, 2)
            && b[from + 7] == '-'
            && isDigits(b, from + 8, 2);
    boolean time = date && to - from >= MINUTE_END && isTime(b, from + DAY_END);
    if (!date || (!time && to - from > DAY_END)) {
      return -1;
    }
    return switch (part) {
      case YEAR -> number(b, from, 4);
      case MONTH -> number(b, from + 5, 2);
      case DAY -> number(b, from + 8, 2);
      case HOUR -> time ? number(b, from + 11, 2) : -1;
      case MINUTE -> time ? number(b, from + 14, 2) : -1;
      case WEEK -> week(number(b, from, 4), number(b, from + 5, 2), number(b, from + 8, 2));
    };
  }

  private static boolean isTime(byte[] b, int at) {
    return (b[at] == 'T' || b[at] == 't' || b[at] == ' ')
        && isDigits(b, at + 1, 2)
        && b[at + 3] == ':'
        && isDigits(b, at + 4, 2);
  }

  private static boolean isDigits(byte[] b, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] b, int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      number = number * 10 + b[i] - '0';
    }
    return number;
  }

  private static long week(int year, int month, int day) {
    try {
      return LocalDate.of(year, month, day).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    } catch (DateTimeException e) {
      return -1;
    }
  }
}
