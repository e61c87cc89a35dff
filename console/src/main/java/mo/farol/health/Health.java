package mo.farol.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Asks the rooms how they are. Cheap, and for any thread.
 *
 * @param journal why nothing can be written
 * @param index whether the index can't be written to
 * @param seal whether the seal is broken
 * @param quarantined pieces of damage set aside
 */
public record Health(
    Supplier<Optional<String>> journal,
    BooleanSupplier index,
    BooleanSupplier seal,
    IntSupplier quarantined) {
  /** What is wrong now, the gravest first. */
  public List<Trouble> troubles() {
    var all = new ArrayList<Trouble>();
    journal.get().ifPresent(why -> all.add(new Trouble(Trouble.Kind.JOURNAL, why)));
    if (index.getAsBoolean()) {
      all.add(new Trouble(Trouble.Kind.INDEX, ""));
    }
    if (seal.getAsBoolean()) {
      all.add(new Trouble(Trouble.Kind.SEAL, ""));
    }
    int pieces = quarantined.getAsInt();
    if (pieces > 0) {
      all.add(new Trouble(Trouble.Kind.QUARANTINE, Integer.toString(pieces)));
    }
    return List.copyOf(all);
  }
}
