package mo.farol.account;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody failed lately. Within ten minutes ten failures close the door for a name from
 * one address, and a hundred for an address whatever the names, or a name whatever the addresses.
 */
final class Attempts {
  private static final int OF_BOTH = 10;
  private static final int OF_ONE = 100;
  private static final Duration MEMORY = Duration.ofMinutes(10);
  private static final int KEYS = 10_000;

  private record Count(Instant since, int failures) {}

  private final Map<String, Count> counts = new LinkedHashMap<>();

  synchronized boolean isClosed(String name, String address, Instant now) {
    return failures(both(name, address), now) >= OF_BOTH
        || failures(anyName(address), now) >= OF_ONE
        || failures(anyAddress(name), now) >= OF_ONE;
  }

  synchronized void failed(String name, String address, Instant now) {
    add(both(name, address), now);
    add(anyName(address), now);
    add(anyAddress(name), now);
  }

  synchronized void succeeded(String name, String address) {
    counts.remove(both(name, address));
  }

  /** Whether nobody was turned away for this name from this address lately; now somebody is. */
  synchronized boolean isFirstRefusal(String name, String address, Instant now) {
    String key = "refused\n" + both(name, address);
    boolean first = failures(key, now) == 0;
    if (first) {
      add(key, now);
    }
    return first;
  }

  private int failures(String key, Instant now) {
    var count = counts.get(key);
    return count == null || isOver(count, now) ? 0 : count.failures();
  }

  private void add(String key, Instant now) {
    var old = counts.remove(key);
    counts.put(
        key,
        old == null || isOver(old, now)
            ? new Count(now, 1)
            : new Count(old.since(), old.failures() + 1));
    if (counts.size() > KEYS) {
      counts.remove(counts.keySet().iterator().next());
    }
  }

  private static boolean isOver(Count count, Instant now) {
    return count.since().plus(MEMORY).isBefore(now);
  }

  private static String both(String name, String address) {
    return name + "\n" + address;
  }

  private static String anyName(String address) {
    return "\n" + address;
  }

  private static String anyAddress(String name) {
    return name + "\n";
  }
}
