package mo.farol.match;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one rule may take of the detection thread. One event in {@value #SAMPLE} is measured rule by
 * rule; after an event that took long, the next {@value #WINDOW} are. A rule that took more than
 * {@link #LIMIT} over a window of as many measured events is handed out. No single time counts for
 * more than {@link #MOST}, so that a pause of the machine is nobody's fault.
 */
final class RuleBudget {
  static final int WINDOW = 512;

  /** About 200 microseconds an event: alone it would hold the thread to 5,000 events a second. */
  static final Duration LIMIT = Duration.ofMillis(100);

  private static final Duration MOST = Duration.ofMillis(5);
  private static final int SAMPLE = 64;
  private static final long LONG_EVENT = Duration.ofMillis(2).toNanos();
  private static final int SEVERAL = 3;
  private static final long SHORT = 20_000; // nanoseconds that need no account

  private final List<CompiledRule> charged = new ArrayList<>();
  private final Consumer<CompiledRule> over;
  private long events;
  private int watchful;
  private int since; // events since the first long one, no further than a window
  private int longOnes;
  private int measured;

  RuleBudget(Consumer<CompiledRule> over) {
    this.over = over;
  }

  /** Begins an event; whether each rule is to be measured on it. */
  boolean measures() {
    return watchful > 0 || (events++ & (SAMPLE - 1)) == 0;
  }

  /** What a rule took of an event that is measured. */
  void took(CompiledRule rule, long nanos) {
    rule.took(nanos);
    if (nanos < SHORT) {
      return;
    }
    if (rule.windowAsked++ == 0) {
      charged.add(rule);
    }
    rule.windowNanos += Math.min(nanos, MOST.toNanos());
    if (rule.windowNanos > LIMIT.toNanos() && !rule.isOff()) {
      over.accept(rule);
    }
  }

  /** Ends an event. */
  void ended(boolean wasMeasured, long nanos) {
    if (watchful > 0) {
      watchful--;
    }
    if (longOnes > 0 && ++since > WINDOW) {
      longOnes = 0;
    }
    if (nanos > LONG_EVENT) {
      tookLong();
    }
    if (wasMeasured && ++measured == WINDOW) {
      measured = 0;
      for (CompiledRule rule : charged) {
        rule.windowNanos = 0;
        rule.windowAsked = 0;
      }
      charged.clear();
    }
  }

  private void tookLong() {
    if (longOnes++ == 0) {
      since = 0;
    }
    if (longOnes >= SEVERAL) {
      watchful = WINDOW;
    }
  }
}
