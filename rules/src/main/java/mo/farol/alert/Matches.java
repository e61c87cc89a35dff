package mo.farol.alert;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;

/**
 * How often each rule matched or crossed at each agency, over the last 24 hours of receipt and
 * since the start at most. The detection thread writes, any may ask.
 */
public final class Matches {
  private static final int HOURS = 24;
  private static final int KEPT = 200_000;
  private static final long HOUR = 3_600;

  private final Map<String, Map<String, Day>> byRule = new ConcurrentHashMap<>();
  private int kept;

  void count(String rule, String agency, Instant receivedAt) {
    var ofRule = byRule.computeIfAbsent(rule, _ -> new ConcurrentHashMap<>());
    var day = ofRule.get(agency);
    if (day == null) {
      if (kept >= KEPT) {
        return; // counted for nobody rather than without end
      }
      kept++;
      day = new Day();
      ofRule.put(agency, day);
    }
    day.count(receivedAt.getEpochSecond() / HOUR);
  }

  /** Forgets rules that are no more. */
  void keep(Predicate<String> rules) {
    byRule.keySet().removeIf(rules.negate());
    kept = byRule.values().stream().mapToInt(Map::size).sum();
  }

  /**
   * Matches of a rule.
   *
   * @param agencies whose events the asker may know of
   */
  public long of(String rule, Predicate<String> agencies, Instant now) {
    long hour = now.getEpochSecond() / HOUR;
    return byRule.getOrDefault(rule, Map.of()).entrySet().stream()
        .filter(entry -> agencies.test(entry.getKey()))
        .mapToLong(entry -> entry.getValue().sum(hour))
        .sum();
  }

  /** One hour a cell: which hour, and how often. */
  private static final class Day {
    private final AtomicLongArray hours = new AtomicLongArray(HOURS);
    private final AtomicLongArray counts = new AtomicLongArray(HOURS);

    void count(long hour) {
      int cell = (int) Math.floorMod(hour, (long) HOURS);
      if (hours.getPlain(cell) != hour) {
        counts.setRelease(cell, 0);
        hours.setRelease(cell, hour);
      }
      counts.setRelease(cell, counts.getPlain(cell) + 1);
    }

    long sum(long now) {
      long sum = 0;
      for (int cell = 0; cell < HOURS; cell++) {
        sum += hours.getAcquire(cell) > now - HOURS ? counts.getAcquire(cell) : 0;
      }
      return sum;
    }
  }
}
