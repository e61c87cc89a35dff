package mo.farol.event;

/** Whether bytes are the text of an address, a number, a time. Ranges are {@code [from, to)}. */
final class ValueText {
  private static final int LONGEST_ADDRESS = 45;
  private static final int LONGEST_WHOLE = 19;
  private static final int LONGEST_NUMBER = 32;

  private ValueText() {}

  /** IPv4 in four decimal parts, or IPv6 as RFC 4291 section 2.2 writes it. */
  static boolean isAddress(byte[] b, int from, int to) {
    if (to - from < 2 || to - from > LONGEST_ADDRESS) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (b[i] == ':') {
        return isV6(b, from, to);
      }
    }
    return isV4(b, from, to);
  }

  private static boolean isV4(byte[] b, int from, int to) {
    int parts = 0;
    int digits = 0;
    int value = 0;
    for (int i = from; i <= to; i++) {
      if (i == to || b[i] == '.') {
        if (digits == 0 || value > 255) {
          return false;
        }
        parts++;
        digits = 0;
        value = 0;
      } else if (isDigit(b[i]) && digits < 3) {
        value = value * 10 + b[i] - '0';
        digits++;
      } else {
        return false;
      }
    }
    return parts == 4;
  }

  private static boolean isV6(byte[] b, int from, int to) {
    int groups = 0;
    int gaps = 0;
    int i = from;
    if (b[from] == ':' && b[from + 1] != ':') {
      return false;
    }
    while (i < to) {
      if (b[i] == ':') {
        boolean isGap = i + 1 < to && b[i + 1] == ':';
        if (!isGap && (i == from || i + 1 == to)) {
          return false;
        }
        gaps += isGap ? 1 : 0;
        i += isGap ? 2 : 1;
        if (isGap && i < to && b[i] == ':') {
          return false;
        }
        continue;
      }
      int end = group(b, i, to);
      if (end < to && b[end] == '.') {
        groups += 2;
        return isV4(b, i, to) && fits(groups, gaps);
      }
      if (end == i || end - i > 4 || (end < to && b[end] != ':')) {
        return false;
      }
      groups++;
      i = end;
    }
    return fits(groups, gaps);
  }

  private static boolean fits(int groups, int gaps) {
    return gaps == 0 ? groups == 8 : gaps == 1 && groups < 8;
  }

  private static int group(byte[] b, int from, int to) {
    int i = from;
    while (i < to && Character.digit(b[i], 16) >= 0) {
      i++;
    }
    return i;
  }

  /** Up to 19 digits, with a sign or without. */
  static boolean isWhole(byte[] b, int from, int to) {
    int start = b[from] == '-' ? from + 1 : from;
    return start < to && to - start <= LONGEST_WHOLE && digits(b, start, to) == to;
  }

  /** Digits with a sign, a fraction and an exponent, each of which may be missing. */
  static boolean isNumber(byte[] b, int from, int to) {
    int start = b[from] == '-' ? from + 1 : from;
    int end = digits(b, start, to);
    if (end == start || to - from > LONGEST_NUMBER) {
      return false;
    }
    if (end < to && b[end] == '.') {
      int fraction = digits(b, end + 1, to);
      if (fraction == end + 1) {
        return false;
      }
      end = fraction;
    }
    if (end < to && (b[end] | 0x20) == 'e') {
      int sign = end + 1 < to && (b[end + 1] == '+' || b[end + 1] == '-') ? end + 2 : end + 1;
      int exponent = digits(b, sign, to);
      end = exponent == sign || exponent - sign > 3 ? end : exponent;
    }
    return end == to;
  }

  /** A date of ISO 8601, alone or with a clock behind it, or a number of seconds or more. */
  static boolean isTime(byte[] b, int from, int to) {
    if (to - from >= 10 && b[from + 4] == '-' && b[from + 7] == '-') {
      boolean isDate =
          digits(b, from, from + 4) == from + 4
              && digits(b, from + 5, from + 7) == from + 7
              && digits(b, from + 8, from + 10) == from + 10;
      return isDate && (to - from == 10 || b[from + 10] == 'T' || b[from + 10] == ' ');
    }
    return isNumber(b, from, to);
  }

  static boolean isBoolean(byte[] b, int from, int to) {
    return switch (to - from) {
      case 4 -> b[from] == 't' && b[from + 1] == 'r' && b[from + 2] == 'u' && b[from + 3] == 'e';
      case 5 -> b[from] == 'f' && b[from + 1] == 'a' && b[from + 3] == 's' && b[from + 4] == 'e';
      default -> false;
    };
  }

  private static int digits(byte[] b, int from, int to) {
    int i = from;
    while (i < to && isDigit(b[i])) {
      i++;
    }
    return i;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
