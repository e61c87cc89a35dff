package mo.farol.web;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes by what was known last while it can't be asked anew, for a while: one fault of the ledger
 * ends nobody's hours of export. Any thread.
 */
final class StaleIfError implements BooleanSupplier {
  private static final Logger log = LoggerFactory.getLogger(StaleIfError.class);
  private final BooleanSupplier asked;
  private final Duration time;
  private long known = System.nanoTime();

  /**
   * @param asked true until it is false for good
   * @param time after which what was known last counts no more
   */
  StaleIfError(BooleanSupplier asked, Duration time) {
    this.asked = asked;
    this.time = time;
  }

  @Override
  public synchronized boolean getAsBoolean() {
    try {
      boolean is = asked.getAsBoolean();
      known = System.nanoTime();
      return is;
    } catch (RuntimeException e) {
      if (System.nanoTime() - known < time.toNanos()) {
        return true;
      }
      log.warn("for {} nobody could say whether a reader is still let in", time, e);
      return false;
    }
  }
}
