package mo.farol.parse;

/** The Gregorian calendar in plain numbers. */
final class Days {
  /** Microseconds of a day. */
  static final long MICROS = 86_400_000_000L;

  private static final int LONGEST_MONTH = 9;
  private static final byte[] MONTHS = Ascii.bytes("janfebmaraprmayjunjulaugsepoctnovdec");
  private static final byte[] WEEK = Ascii.bytes("montuewedthufrisatsun");

  private Days() {}

  /** Month of a name of three letters, 1 to 12, or 0; the first is a capital. */
  static int month(byte[] b, int from) {
    return b[from] >= 'A' && b[from] <= 'Z' ? named(b, from, MONTHS) : 0;
  }

  /** End of a month's name, short or whole. */
  static int monthEnd(byte[] b, int from, int to) {
    int p = from + 3;
    while (p < to && p < from + LONGEST_MONTH && Ascii.isLetter(b[p])) {
      p++;
    }
    return p;
  }

  /** Whether a day of the week stands here, in three letters. */
  static boolean isWeekday(byte[] b, int from) {
    return named(b, from, WEEK) > 0;
  }

  private static int named(byte[] b, int from, byte[] names) {
    int first = b[from] | 0x20;
    for (int at = 0; at < names.length; at += 3) {
      if (names[at] == first
          && names[at + 1] == (b[from + 1] | 0x20)
          && names[at + 2] == (b[from + 2] | 0x20)) {
        return at / 3 + 1;
      }
    }
    return 0;
  }

  static boolean isDate(int year, int month, int day) {
    if (year < 0 || month < 1 || month > 12 || day < 1) {
      return false;
    }
    return day <= length(year, month);
  }

  private static int length(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Days from 1970-01-01 to a date, counting years from March. */
  static long since1970(int year, int month, int day) {
    long from = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(from, 400);
    long yearOfEra = from - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
  }
}
