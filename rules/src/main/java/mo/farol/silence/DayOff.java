package mo.farol.silence;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import mo.farol.event.Micros;

/**
 * Whether it looks like a day off: a source that says little at weekends did not begin today, and
 * no fewer of its agency's others did not than did; where the agency has no others of that kind, of
 * all agencies' others. What stopped in the middle of its day, or says as much at weekends, is
 * never on a day off.
 */
final class DayOff {
  private static final long NEXT_DAY = 24 * 3600_000_000L;

  /** How many began today, and how many did not. */
  private record Count(int begun, int off) {
    static final Count NONE = new Count(0, 0);

    Count and(Count other) {
      return new Count(begun + other.begun, off + other.off);
    }

    Count without(Count other) {
      return new Count(begun - other.begun, off - other.off);
    }

    boolean isNone() {
      return begun + off == 0;
    }
  }

  private final Collection<Heard> all;
  private final Outages away;
  private final long now;
  private final Map<String, Count> agencies = new HashMap<>();
  private Count everybody = Count.NONE;
  private boolean isCounted;

  /** As of a time. */
  DayOff(Collection<Heard> all, Outages away, Instant now) {
    this.all = all;
    this.away = away;
    this.now = Micros.of(now);
  }

  boolean is(Heard one) {
    if (!isOff(one) || one.isBeyondPauses(away, now)) {
      return false;
    }
    var others = others(one);
    return others.off() >= others.begun();
  }

  /**
   * Whether what was told as a day off can't be one any more: others began, the source is past its
   * pauses, or nobody is there to compare it with and it misses the next day too.
   */
  boolean isOver(Heard one) {
    if (one.isBeyondPauses(away, now)) {
      return true;
    }
    if (!isOff(one)) {
      return false;
    }
    var others = others(one);
    boolean isNextDay = now - one.cadence.toldAt() >= NEXT_DAY;
    return others.isNone() ? isNextDay : others.off() < others.begun();
  }

  private boolean isOff(Heard one) {
    return one.day(away, now) == Pace.Day.OFF;
  }

  private Count others(Heard one) {
    count();
    var own = countOf(one);
    var near = agencies.getOrDefault(one.source.agency(), Count.NONE).without(own);
    return near.isNone() ? everybody.without(own) : near;
  }

  private void count() {
    if (!isCounted) {
      isCounted = true;
      for (var each : all) {
        var count = countOf(each);
        agencies.merge(each.source.agency(), count, Count::and);
        everybody = everybody.and(count);
      }
    }
  }

  private Count countOf(Heard one) {
    return switch (one.sureDay(away, now)) {
      case NONE -> Count.NONE;
      case BEGUN -> new Count(1, 0);
      case OFF -> new Count(0, 1);
    };
  }
}
