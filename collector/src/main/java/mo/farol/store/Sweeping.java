package mo.farol.store;

/** Is given events that match. */
@FunctionalInterface
public interface Sweeping {
  /**
   * One of them.
   *
   * @param occurredAtMicros the event's time, in microseconds since 1970
   * @param sequence its journal sequence
   */
  void at(long occurredAtMicros, long sequence);
}
