package mo.farol.alert;

import java.util.List;

/**
 * Where alerts are kept; the ledger stands behind it. Called on the detection thread only. What is
 * saved between two {@link #checkpoint}s becomes durable together with the second, or not at all.
 */
public interface AlertBook {
  /** Sequence of the first event whose detections are not yet durable here. */
  long next();

  /**
   * Alerts that may still grow: those whose last event is not older than the longest grouping
   * window.
   */
  List<Alert> growing();

  /** Keeps a new alert, or its new state; a person's status is never overwritten. */
  void save(Alert alert);

  /** Makes everything saved durable, with the sequence up to which events were handled. */
  void checkpoint(long next);
}
