package mo.farol.hunt;

import java.util.Optional;
import java.util.function.Consumer;
import mo.farol.event.EventBatch;

/** Decides about events that were read back. For one thread. */
interface Judge {
  /** Looks at event {@code i} of a batch. */
  void look(EventBatch events, int i);

  /** What is still to be counted over time once all was looked at, if anything. */
  default Optional<Counting> counting() {
    return Optional.empty();
  }

  /** All was counted. */
  default void counted() {}

  /** Groups that crossed. */
  default long groups() {
    return 0;
  }

  /** The comparison that was asked for, if any. */
  default Optional<HuntResult.Comparison> comparison() {
    return Optional.empty();
  }

  /** Tells why there may be more. */
  default void shortfalls(Consumer<HuntResult.Shortfall> out) {}
}
