package mo.farol.hunt;

import java.util.Optional;
import mo.farol.event.EventBatch;

/** Decides about events that were read back. For one thread. */
interface Judge {
  /** Looks at event {@code i} of a batch; true where it matches. */
  boolean look(EventBatch events, int i);

  /** The comparison that was asked for, if any. */
  default Optional<HuntResult.Comparison> comparison() {
    return Optional.empty();
  }

  /** Whether some of the events could not be judged in full. */
  default boolean isShort() {
    return false;
  }
}
