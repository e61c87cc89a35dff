package mo.farol.retention;

import mo.farol.event.Runs;

/** A view that can lose rows: the index. */
@FunctionalInterface
public interface Forgetting {
  /**
   * Removes rows of these sequences.
   *
   * @return whether they are gone for good; false to be asked again later
   */
  boolean forget(Runs sequences);
}
