package mo.farol.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Thins facts before Drools sees them: the first of a kind passes at once, equal ones within a
 * short span become one. Beyond a cap a second, further kinds of one rule are counted and left out.
 *
 * <p>Nothing that is merged is lost: an alert counts the events a fact lists.
 */
final class Reducer<F extends Fact> {
  private final long spanMillis;
  private final int cap;
  private final BinaryOperator<F> merge;
  private final Consumer<F> out;
  private final Runnable overflow;
  private final Map<String, Held<F>> held = new LinkedHashMap<>();
  private final Map<String, Rate> rates = new LinkedHashMap<>();

  /**
   * @param merge older and newer into one
   * @param overflow told of every fact left out
   */
  Reducer(long spanMillis, int cap, BinaryOperator<F> merge, Consumer<F> out, Runnable overflow) {
    this.spanMillis = spanMillis;
    this.cap = cap;
    this.merge = merge;
    this.out = out;
    this.overflow = overflow;
  }

  /**
   * @param rule what the cap is kept for
   * @param kind what makes two facts equal
   */
  void accept(String rule, String kind, F fact) {
    release(fact.at());
    var earlier = held.get(kind);
    if (earlier != null) {
      earlier.add(fact, merge);
    } else if (rates.computeIfAbsent(rule, _ -> new Rate()).take(fact.at(), cap)) {
      held.put(kind, new Held<>(fact.at()));
      out.accept(fact);
    } else {
      overflow.run();
    }
  }

  /** Lets go what has been held for its span at this time. */
  void release(long now) {
    List<F> due = new ArrayList<>();
    var entries = held.values().iterator();
    while (entries.hasNext()) {
      var entry = entries.next();
      if (Math.abs(now - entry.since) < spanMillis) {
        break; // in order of arrival: the rest is younger
      }
      entries.remove();
      if (entry.pending != null) {
        due.add(entry.pending);
      }
    }
    due.forEach(out);
  }

  /** Lets everything go. */
  void flush() {
    release(Long.MAX_VALUE / 2);
  }

  private static final class Held<F> {
    private final long since;
    private @Nullable F pending;

    Held(long since) {
      this.since = since;
    }

    void add(F fact, BinaryOperator<F> merge) {
      pending = pending == null ? fact : merge.apply(pending, fact);
    }
  }

  private static final class Rate {
    private long second = Long.MIN_VALUE;
    private int taken;

    boolean take(long at, int cap) {
      long now = at / 1000;
      if (now != second) {
        second = now;
        taken = 0;
      }
      return taken++ < cap;
    }
  }
}
