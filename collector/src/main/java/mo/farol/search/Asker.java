package mo.farol.search;

import java.util.function.BooleanSupplier;

/**
 * Who asks.
 *
 * @param name account name; empty for the centre itself
 * @param oversees whether they see and may cancel everybody's searches, and not only their own
 * @param hasLeft whether nobody waits for the answer any more; asked a few times a second
 */
public record Asker(String name, boolean oversees, BooleanSupplier hasLeft) {
  /** The centre itself, whose searches are bounded in number only with all others. */
  public static final Asker CENTRE = new Asker("", false, () -> false);

  /** Somebody who sees only their own searches, and waits for each. */
  public static Asker named(String name) {
    return new Asker(name, false, () -> false);
  }

  boolean isCentre() {
    return name.isEmpty();
  }

  boolean maySee(Asker other) {
    return oversees || !isCentre() && name.equals(other.name);
  }
}
