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
   * Alerts that may still grow: at least those saved last in each lane, whose last event is not
   * more than an hour older than the newest event of any alert of the same agency, lane and
   * exercise. Event time counts, not the wall clock: an archive is years behind it. Giving more
   * does no harm; asked once, at the start.
   */
  List<Alert> growing();

  /** Live alerts of the last {@link RiskBook#MEMORY}, at most 20,000; asked at the start. */
  default List<Alert> recent() {
    return List.of();
  }

  /** Whether people closed an alert: what comes to its group afterwards is another one. */
  default boolean isClosed(String id) {
    return false;
  }

  /** Keeps a new alert, or its new state; a person's status is never overwritten. */
  void save(Alert alert);

  /** Makes everything saved durable, with the sequence up to which events were handled. */
  void checkpoint(long next);
}
