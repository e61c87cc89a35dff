package mo.farol.intake;

/** Where a new RFC 5424 message begins in the bytes of a sender that puts nothing between them. */
final class Undelimited {
  private Undelimited() {}

  /** Whether {@code <PRI>1 } and a timestamp stand at an index: RFC 5424 section 6.2. */
  static boolean isHeader(byte[] bytes, int at, int end) {
    int i = at + 1;
    int digits = 0;
    while (i < end && digits < 4 && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
      digits++;
    }
    return digits >= 1
        && digits <= 3
        && i + 14 <= end
        && bytes[i] == '>'
        && bytes[i + 1] == '1'
        && bytes[i + 2] == ' '
        && isYear(bytes, i + 3)
        && bytes[i + 7] == '-'
        && bytes[i + 10] == '-'
        && bytes[i + 13] == 'T';
  }

  private static boolean isYear(byte[] bytes, int at) {
    for (int i = at; i < at + 4; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }
}
