package mo.farol.silence;

import java.time.Instant;
import java.util.Collection;
import mo.farol.event.Micros;

/**
 * Whether it looks like a day off: a source that says little at weekends did not begin today, and
 * no fewer of its agency's others did not than did. What stopped in the middle of its day, or says
 * as much at weekends, is never on a day off.
 */
final class DayOff {
  boolean is(Heard one, Collection<Heard> all, Instant now) {
    long micros = Micros.of(now);
    var pace = one.cadence.pace;
    if (!pace.hasDaysOff(micros)
        || !pace.hasNotBegun()
        || pace.isBeyondPauses(one.lastAt, micros)) {
      return false;
    }
    int begun = 0;
    int off = 0;
    for (var other : all) {
      boolean peer = other.source.agency().equals(one.source.agency());
      if (peer && other.cadence.pace.hasDaysOff(micros)) {
        off += other.cadence.pace.hasNotBegun() ? 1 : 0;
        begun += other.cadence.pace.hasNotBegun() ? 0 : 1;
      }
    }
    return off >= begun;
  }
}
