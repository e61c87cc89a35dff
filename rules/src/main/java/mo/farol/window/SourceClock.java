package mo.farol.window;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far event time has come by the clocks of a lane's sources: the time that nine of ten sources
 * have reached, so that neither one that is ahead nor one that hangs back leads the others.
 */
final class SourceClock {
  private static final int SOURCES = 1_024;

  private record Heard(long at, long receivedAt) {
    long lag() {
      return receivedAt - at;
    }
  }

  private final Map<String, Heard> sources = new LinkedHashMap<>(16, 0.75f, true);
  private final long idle;
  private final long lag;
  private long latest = Long.MIN_VALUE;

  /**
   * @param idle a source is asked no more when nothing came of it for so long
   * @param lag a clock further behind its receipts is asked only where all are
   */
  SourceClock(long idle, long lag) {
    this.idle = idle;
    this.lag = lag;
  }

  void heard(Hit hit) {
    latest = Math.max(latest, hit.at());
    var before = sources.get(hit.source());
    long at = before == null ? hit.at() : Math.max(before.at(), hit.at());
    sources.put(hit.source(), new Heard(at, hit.receivedAt()));
    if (sources.size() > SOURCES) {
      sources.remove(sources.keySet().iterator().next());
    }
  }

  /** The latest event time of any source. */
  long latest() {
    return latest;
  }

  void latest(long time) {
    latest = Math.max(latest, time);
  }

  /**
   * Event time by the sources that were heard of late.
   *
   * @param now time of receipt
   * @param silent what to say where none was
   */
  long reached(long now, long silent) {
    var fresh = new ArrayList<Heard>();
    for (Heard each : sources.values()) {
      if (now - each.receivedAt() <= idle) {
        fresh.add(each);
      }
    }
    if (fresh.isEmpty()) {
      return silent;
    }
    List<Heard> believed = fresh.stream().filter(each -> each.lag() <= lag).toList();
    var asked = believed.isEmpty() ? fresh : believed;
    long[] times = asked.stream().mapToLong(Heard::at).sorted().toArray();
    return times[(times.length + 9) / 10 - 1];
  }
}
