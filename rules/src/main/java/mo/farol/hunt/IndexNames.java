package mo.farol.hunt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of fields as the index has them. Rules know a name without its spaces: Sigma specification
 * 2.1.0, "Field Usage", 2.
 */
final class IndexNames {
  private final Map<String, List<String>> names = new HashMap<>();
  private final Set<String> own;

  /**
   * @param known every name that an event has in the time asked about
   * @param own names that the index gives a meaning of its own
   */
  IndexNames(Iterable<String> known, Set<String> own) {
    this.own = own;
    known.forEach(
        name -> names.computeIfAbsent(name.replace(" ", ""), _ -> new ArrayList<>()).add(name));
  }

  /** The names an event may have for one of a rule's; none where no event has it. */
  List<String> of(String name) {
    return names.getOrDefault(name, List.of());
  }

  /** Whether the index can't be asked for an event's own field of this name. */
  boolean isOwn(String name) {
    return own.contains(name);
  }
}
