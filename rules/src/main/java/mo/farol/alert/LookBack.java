package mo.farol.alert;

import java.time.Duration;

/**
 * Where to begin reading again so that windows and sessions remember; the journal stands behind it.
 */
@FunctionalInterface
public interface LookBack {
  /** Begins at the checkpoint itself: nothing is remembered. */
  LookBack NONE = (sequence, _) -> sequence;

  /**
   * The first sequence worth reading again.
   *
   * @param sequence the checkpoint: first event not yet handled
   * @param span how far before it, in time of receipt
   * @return a sequence not above the checkpoint
   */
  long earlier(long sequence, Duration span);
}
