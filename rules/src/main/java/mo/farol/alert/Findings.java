package mo.farol.alert;

import java.time.Instant;
import java.util.List;

/**
 * Who looks after the centre itself. Asked on the detection thread, once a second while no event
 * waits.
 */
@FunctionalInterface
public interface Findings {
  /** Nobody does. */
  Findings NONE = _ -> List.of();

  /** What was found since it was last asked; each finding is given once. */
  List<Finding> due(Instant now);
}
