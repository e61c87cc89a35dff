package mo.farol.rulebook;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mo.farol.alert.Matches;
import mo.farol.alert.RuleSet;
import mo.farol.alert.Watch;
import org.jspecify.annotations.Nullable;

/** Hands rules over to the watch, which takes them between two batches of events. */
final class RuleHandOver {
  private static final long PATIENCE_SECONDS = 120;

  private final Matches none = new Matches();
  private volatile @Nullable Watch watch;

  /** From now on there is a watch. */
  void begin(Watch going) {
    watch = going;
  }

  /** How often rules matched of late; nothing before there is a watch. */
  Matches matches() {
    var going = watch;
    return going == null ? none : going.matches();
  }

  /**
   * Waits until detection goes by these rules.
   *
   * @return how long detection stood still to take them
   * @throws RulesFault where it did not take them; those of before hold
   */
  Duration take(RuleSet next) {
    var going = watch;
    if (going == null) {
      throw new RulesFault("the centre does not watch yet; try again once it has started");
    }
    next.matcher().seenBefore(going.rules().matcher().seen());
    var taken = going.use(next);
    try {
      return taken.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | CancellationException e) {
      if (!taken.cancel(false) && taken.state() == Future.State.SUCCESS) {
        return taken.resultNow(); // at the last moment
      }
      throw new RulesFault(
          "detection did not take the new rules in time; those of before hold, try again", e);
    } catch (ExecutionException e) {
      throw new RulesFault("the new rules could not be taken: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RulesFault("the centre ends; the rules of before hold", e);
    }
  }
}
