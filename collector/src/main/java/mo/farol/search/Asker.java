package mo.farol.search;

import java.util.function.BooleanSupplier;
import mo.farol.event.Scope;

/**
 * Who asks.
 *
 * @param who their name and what they may see; an empty name for the centre itself
 * @param oversees whether they see and may cancel everybody's searches, and not only their own
 * @param hasLeft whether nobody waits for the answer any more; asked a few times a second
 */
public record Asker(Who who, boolean oversees, BooleanSupplier hasLeft) {
  /**
   * By what askers are told apart: programs of two agencies may go by one name.
   *
   * @param name account name, or what a program's token was made for
   * @param scope the agencies they may see
   */
  public record Who(String name, Scope scope) {}

  /** The centre itself, whose searches are bounded in number only with all others. */
  public static final Asker CENTRE = new Asker(new Who("", Scope.national()), false, () -> false);

  /** Somebody who sees all agencies but only their own searches, and waits for each. */
  public static Asker named(String name) {
    return of(new Who(name, Scope.national()));
  }

  /** Somebody who sees only their own searches, and waits for each. */
  public static Asker of(Who who) {
    return new Asker(who, false, () -> false);
  }

  String name() {
    return who.name();
  }

  boolean isCentre() {
    return name().isEmpty();
  }

  boolean maySee(Asker other) {
    return oversees || !isCentre() && who.equals(other.who);
  }

  /** Whether they may know how many events the whole centre has. */
  boolean seesAll() {
    return who.scope() instanceof Scope.National;
  }
}
