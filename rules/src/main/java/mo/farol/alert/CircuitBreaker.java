package mo.farol.alert;

import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes decision rules out of force that cost more than they may, or whose alerts make them raise
 * others without end. It is tripped while rules fire; the rules go between two facts. Belongs to
 * the desk's thread.
 */
final class CircuitBreaker {
  private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);
  private static final int CASCADE = 500;

  private final Counter faults;
  private final List<Overrun> overruns = new ArrayList<>();
  private int cascade;

  CircuitBreaker(Counter faults) {
    this.faults = faults;
  }

  /** A rule costs too much. */
  void trip(Overrun overrun) {
    overruns.add(overrun);
  }

  /** Whether rules wait to be taken out. */
  boolean isTripped() {
    return !overruns.isEmpty();
  }

  /** Begins with another fact. */
  void next() {
    cascade = 0;
  }

  /**
   * Counts a new alert that follows from others.
   *
   * @return whether there were too many since the last fact: then it is not raised
   */
  boolean isCascade(Verdict verdict) {
    if (++cascade <= CASCADE) {
      return false;
    }
    if (cascade == CASCADE + 1) {
      faults.increment();
      trip(
          new Overrun(
              "",
              verdict.decision().id(),
              "its alerts made it raise more than %d others at once".formatted(CASCADE)));
    }
    return true;
  }

  /** The book without the rules that tripped it since the last time. */
  DecisionBook takeOut(DecisionBook book) {
    var over = List.copyOf(overruns);
    overruns.clear();
    var less = book;
    for (var one : over) {
      LOG.error(
          "decision rule '{}' of {} is out until rules are loaded anew: {}",
          one.rule(),
          one.pkg(),
          one.reason());
      less = less.without(one::isOf, "taken out: " + one.reason());
    }
    return less;
  }
}
