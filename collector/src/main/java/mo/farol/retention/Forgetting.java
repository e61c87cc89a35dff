package mo.farol.retention;

import java.util.List;

/** A view that can lose rows: the index. */
@FunctionalInterface
public interface Forgetting {
  /**
   * Removes rows of these sequences.
   *
   * @param runs first and last sequence of each run, in order
   * @return whether they are gone for good; false to be asked again later
   */
  boolean forget(List<List<Long>> runs);
}
