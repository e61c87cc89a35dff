package mo.farol.parse;

import mo.farol.event.Fields;

/**
 * Notes where an event's own time and the time of receipt do not fit: how many whole seconds it
 * lies behind, beyond a day, or ahead, beyond five minutes. The time itself stays as the sender
 * gave it. Times are microseconds.
 */
final class Timeliness {
  private static final int LATE = Fields.id("farol.late");
  private static final int AHEAD = Fields.id("farol.ahead");
  private static final long LATE_BEYOND = 24 * 3600 * Clock.SECOND;
  private static final long AHEAD_BEYOND = 300 * Clock.SECOND;

  private Timeliness() {}

  static void tell(long occurredAt, long receivedAt, EventDraft draft) {
    long ahead = occurredAt - receivedAt;
    if (ahead > AHEAD_BEYOND) {
      draft.number(AHEAD, ahead / Clock.SECOND);
    } else if (-ahead > LATE_BEYOND) {
      draft.number(LATE, -ahead / Clock.SECOND);
    }
  }
}
