package mo.farol.alert;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Rules that wait for the detection thread to take them. The newest offer is the one that holds.
 */
final class PendingRules {
  private record Waiting(RuleSet rules, CompletableFuture<Duration> taken) {}

  private final AtomicReference<@Nullable Waiting> waiting = new AtomicReference<>();

  /**
   * Puts rules there, in place of those that still wait.
   *
   * @return completed with how long the detection thread stood still for it; cancelled when others
   *     came before they were taken
   */
  CompletableFuture<Duration> put(RuleSet rules) {
    var next = new Waiting(rules, new CompletableFuture<>());
    var before = waiting.getAndSet(next);
    if (before != null) {
      before.taken.cancel(false);
    }
    return next.taken;
  }

  boolean isThere() {
    return waiting.get() != null;
  }

  /** Takes them, if any wait, and tells whoever offered them. */
  void take(java.util.function.Consumer<RuleSet> use) {
    var next = waiting.getAndSet(null);
    if (next == null || next.taken.isCancelled()) {
      return;
    }
    long begun = System.nanoTime();
    try {
      use.accept(next.rules);
      next.taken.complete(Duration.ofNanos(System.nanoTime() - begun));
    } catch (RuntimeException e) {
      next.taken.completeExceptionally(e);
      throw e;
    }
  }
}
