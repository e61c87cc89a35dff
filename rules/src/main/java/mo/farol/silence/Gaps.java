package mo.farol.silence;

/**
 * What a sender's own numbering says is missing: {@code meta sequenceId} of RFC 5424 section 7.3.1,
 * which counts from 1 to 2147483647 and begins again. A number that comes late is taken off again;
 * a jump back is a sender that began anew. A jump far ahead counts once the numbering has gone on
 * from there for a while: until then it may be another program of the same host that counts for
 * itself.
 */
final class Gaps {
  private static final long NEAR = 10_000;
  private static final long LATE = 1_000;
  private static final int SURE = 64;

  private long last;
  private long missing;
  private long left;
  private long leap;
  private int since;

  /**
   * @param missing as it was before a restart
   * @param last number heard before it, 0 none
   */
  Gaps(long missing, long last) {
    this.missing = missing;
    this.last = last;
  }

  void hear(long number) {
    long step = number - last;
    if (last == 0) {
      last = number;
    } else if (step > NEAR) {
      jump(number, isNear(number, left) ? 0 : step - 1);
    } else if (step < -LATE) {
      jump(number, 0);
    } else {
      goOn(number, step);
    }
  }

  private void jump(long number, long skipped) {
    leap = skipped;
    since = 0;
    left = last;
    last = number;
  }

  private void goOn(long number, long step) {
    if (step > 0) {
      missing += step - 1;
      last = number;
    } else if (step < 0 && missing > 0) {
      missing--;
    }
    if (leap > 0 && ++since == SURE) {
      missing += leap;
      leap = 0;
    }
  }

  private static boolean isNear(long number, long other) {
    return other > 0 && number - other >= -LATE && number - other <= NEAR;
  }

  /** Events that were sent, as far as their numbers tell, and never arrived. */
  long missing() {
    return missing;
  }

  /** The number heard last, 0 none. */
  long last() {
    return last;
  }
}
