package mo.farol.alert;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps one rule from burying people: what it would raise beyond a bound a minute, in event time,
 * becomes one alert that counts the rest.
 */
final class Flood {
  private static final int KEPT = 10_000;
  private static final long MINUTE = 60_000;

  private record Key(Lane lane, String rule) {}

  private static final class Rate {
    private long minute = Long.MIN_VALUE;
    private int taken;
  }

  private final int most;
  private final Map<Key, Rate> rates =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Rate> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @param most new alerts of one rule in one lane a minute
   */
  Flood(int most) {
    this.most = most;
  }

  /** The verdict itself, or where its rule raised too many new ones, as part of the rest. */
  Verdict thinned(Verdict verdict, Lane lane) {
    var rate = rates.computeIfAbsent(new Key(lane, verdict.rule().id()), _ -> new Rate());
    long minute = Math.floorDiv(verdict.lastAt(), MINUTE);
    if (minute != rate.minute) {
      rate.minute = minute;
      rate.taken = 0;
    }
    return rate.taken++ < most ? verdict : verdict.asRest(most);
  }
}
