package mo.farol.silence;

/**
 * What a sender's own numbering says is missing: {@code meta sequenceId} of RFC 5424 section 7.3.1,
 * which counts from 1 to 2147483647 and begins again. A number that comes late is taken off again;
 * a jump back, or one too far to be a loss, is a sender that began anew.
 */
final class Gaps {
  private static final long LARGEST_LOSS = 10_000;
  private static final long LATE = 1_000;

  private long last;
  private long missing;

  /**
   * @param missing as it was before a restart
   */
  Gaps(long missing) {
    this.missing = missing;
  }

  void hear(long number) {
    long step = number - last;
    if (last == 0 || step > LARGEST_LOSS || step < -LATE) {
      last = number;
    } else if (step > 0) {
      missing += step - 1;
      last = number;
    } else if (step < 0 && missing > 0) {
      missing--;
    }
  }

  /** Events that were sent, as far as their numbers tell, and never arrived. */
  long missing() {
    return missing;
  }
}
