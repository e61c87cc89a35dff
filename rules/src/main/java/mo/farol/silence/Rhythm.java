package mo.farol.silence;

/**
 * How long a source that says little, or at changing hours, may say nothing: by the pauses of its
 * last eight weeks, to the hour. Guarded by its owner's lock.
 */
final class Rhythm {
  private static final int SURE_WEEKS = 3;
  private static final int REGULAR_PAUSES = 2;
  private static final int REGULAR_HOURS = 12;
  private static final int CHANGING_PAUSES = 3;
  // Where all pauses are as long as the longest, they fill the time; up to here they nearly do.
  private static final double REGULAR = 1.5;

  private long askedFrom = Long.MIN_VALUE;
  private long askedAt;
  private long answer;

  /**
   * Hours without a word that its pauses explain: where one is like the other, two and half a day;
   * else three of the longest. What it said nothing in since it was last heard is no pause of it.
   *
   * @param hour of the week, now
   * @param now the hour since 1970 that runs
   * @param from the hour in which it was last heard
   * @return more than any pause while fewer than three weeks are known of each hour
   */
  long explains(Week week, int hour, long now, long from) {
    if (now != askedAt || from != askedFrom) {
      askedAt = now;
      askedFrom = from;
      int weeks = week.leastWeeks();
      answer = weeks < SURE_WEEKS ? Long.MAX_VALUE : explained(week, hour, weeks, now - from);
    }
    return answer;
  }

  private static long explained(Week week, int hour, int weeks, long gap) {
    int end = weeks * Hours.WEEK;
    int back = Math.clamp(gap - 1, 0, end);
    while (back < end && !week.spoke(hour, back)) {
      back++;
    }
    int known = end - back;
    int longest = 0;
    int pauses = 0;
    int pause = 0;
    for (; back < end; back++) {
      pause = week.spoke(hour, back) ? 0 : pause + 1;
      pauses += pause == 1 ? 1 : 0;
      longest = Math.max(longest, pause);
    }
    if (known == 0) {
      return end;
    }
    long most = longest + 1L;
    boolean regular = most * pauses <= REGULAR * known;
    return regular ? REGULAR_PAUSES * most + REGULAR_HOURS : CHANGING_PAUSES * most;
  }
}
