package mo.farol.account;

/** Accounts that all have one password, which is hashed once: a hash is made to take its time. */
public final class OnePassword {
  public static final String TEXT = "lighthouse-2026";
  private static final String HASH = Passwords.hash(TEXT);

  private OnePassword() {}

  /** Adds an account with it. */
  public static void add(Accounts accounts, Person person, String by) {
    accounts.addHashed(person, HASH, by);
  }
}
