package mo.farol.event;

/**
 * A view of the journal: something that is built from events in order and remembers how far it has
 * come. One follower thread calls it.
 */
public interface Sink {
  /** The room's name, for the thread and the metrics. */
  String name();

  /** Sequence of the first event this view still needs; asked once, at the start. */
  long next();

  /**
   * Asked after a fault of the world, before going on, and after every {@link #pulse}: the sequence
   * from which events are needed. A view that lost what it had not committed goes back behind
   * {@code next}; one that mended what it had lost long ago goes on to what it had not had yet.
   */
  default long resume(long next) {
    return next;
  }

  /**
   * Takes the events of a batch from {@link EventBatch#first} on. The batch is re-used after the
   * call returns.
   */
  void accept(EventBatch batch);

  /**
   * Called after every batch and at least every 200 ms: commit, refresh, move clocks on.
   *
   * @param caughtUp whether everything durable has been handed over
   */
  void pulse(boolean caughtUp);
}
