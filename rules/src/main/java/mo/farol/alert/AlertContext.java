package mo.farol.alert;

import java.util.List;
import java.util.Optional;

/**
 * What the desk asks about an alert before it goes out, and others know. Asked on the detection
 * thread, so from memory; what it gives may change at any time.
 */
public interface AlertContext {
  /** Nothing is known. */
  AlertContext NONE = new AlertContext() {};

  /** The most critical thing an alert of an agency is about. */
  default Optional<Asset> asset(String agency, List<Alert.Entity> entities) {
    return Optional.empty();
  }

  /** The exception or maintenance that covers it; an exception before a maintenance. */
  default Optional<Suppression> cover(Draft draft) {
    return Optional.empty();
  }

  /** How often a rule was right for an agency, from 0 to 1; a half where nobody said. */
  default double precision(String agency, String rule) {
    return 0.5;
  }
}
