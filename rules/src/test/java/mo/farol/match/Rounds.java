package mo.farol.match;

/** How many rounds a test of random things goes: all in the profiles slow and nightly, else few. */
public final class Rounds {
  private static final boolean ALL = Boolean.getBoolean("farol.rounds.all");

  private Rounds() {}

  /** A class that asks this carries {@code @Tag("rounds")}, so that profile slow runs it too. */
  public static int of(int few, int all) {
    return ALL ? all : few;
  }
}
