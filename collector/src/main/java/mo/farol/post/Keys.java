package mo.farol.post;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Idempotency keys that agencies used within a day, 20,000 an agency; the oldest is forgotten
 * first. In memory: a restart forgets all. Any event loop may call.
 */
final class Keys {
  /** Characters of the longest key. */
  static final int LONGEST = 128;

  static final int MOST_AN_AGENCY = 20_000;
  static final Duration KEPT = Duration.ofHours(24);

  /** One use of a key, and what came of it. */
  record Use(long body, Instant at, CompletableFuture<Answer> outcome) {}

  /** What a request that shows a key may do. */
  sealed interface Claim {
    /** Keep its body, then complete the outcome or {@link #forget} the use. */
    record First(Use use) implements Claim {}

    /** Take the outcome of the first. */
    record Again(Use use) implements Claim {}

    /** Nothing: the key came with another body. */
    record Differs() implements Claim {}
  }

  private final InstantSource clock;
  private final Map<String, Map<String, Use>> agencies = new HashMap<>();

  Keys(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param body tells bodies apart
   */
  synchronized Claim claim(String agency, String key, long body) {
    var uses = agencies.computeIfAbsent(agency, _ -> new LinkedHashMap<>());
    var now = clock.instant();
    expire(uses, now);
    var known = uses.get(key);
    if (known != null) {
      return known.body() == body ? new Claim.Again(known) : new Claim.Differs();
    }
    var use = new Use(body, now, new CompletableFuture<>());
    uses.put(key, use);
    return new Claim.First(use);
  }

  /** The first request with this key failed: whoever waits is told so, the next one is first. */
  void forget(String agency, String key, Use use) {
    synchronized (this) {
      var uses = agencies.get(agency);
      if (uses != null) {
        uses.remove(key, use);
      }
    }
    use.outcome().completeExceptionally(new IllegalStateException("not kept"));
  }

  private static void expire(Map<String, Use> uses, Instant now) {
    var oldest = uses.entrySet().iterator();
    int left = uses.size();
    while (oldest.hasNext()) {
      var use = oldest.next().getValue();
      if (left < MOST_AN_AGENCY && use.at().plus(KEPT).isAfter(now)) {
        return;
      }
      oldest.remove();
      left--;
    }
  }
}
