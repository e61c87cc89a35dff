package mo.farol.account;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody failed lately: ten failures in ten minutes close the door for that name and
 * address.
 */
final class Attempts {
  private static final int LIMIT = 10;
  private static final Duration MEMORY = Duration.ofMinutes(10);
  private static final int KEYS = 10_000;

  private record Count(Instant since, int failures) {}

  private final Map<String, Count> counts = new LinkedHashMap<>();

  synchronized boolean isClosed(String key, Instant now) {
    var count = counts.get(key);
    return count != null && count.since().plus(MEMORY).isAfter(now) && count.failures() >= LIMIT;
  }

  synchronized void failed(String key, Instant now) {
    var old = counts.remove(key);
    counts.put(
        key,
        old == null || old.since().plus(MEMORY).isBefore(now)
            ? new Count(now, 1)
            : new Count(old.since(), old.failures() + 1));
    if (counts.size() > KEYS) {
      counts.remove(counts.keySet().iterator().next());
    }
  }

  synchronized void succeeded(String key) {
    counts.remove(key);
  }
}
