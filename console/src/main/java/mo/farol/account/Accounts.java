package mo.farol.account;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import mo.farol.event.Excerpt;
import mo.farol.event.Micros;
import mo.farol.hunt.Hunts;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.jdbi.v3.core.Handle;

/** Local accounts. */
public final class Accounts {
  /** Shortest password. */
  public static final int SHORTEST = 12;

  /** The longest one, in characters. */
  public static final int LONGEST = 200;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
  // Verified against when there is no such account, so that both answers take the same time: of a
  // random password that nobody kept.
  static final String NOBODY =
      "$argon2id$v=19$m=19456,t=2,p=1$"
          + "42nUeUcIm2U+GfcNEUfmLw$1MjIcw4eQXEH/E13dKpsxRPUKfWghV8BOFi1vjs0jG8";

  private static final int TYPED = 64; // of what a stranger typed as a name, for the deeds
  private static final String OWN_PAGE = "the page of one's own password";

  private final Ledger ledger;
  private final Deeds deeds;
  private final InstantSource clock;
  private final Attempts attempts = new Attempts();

  public Accounts(Ledger ledger, Deeds deeds, InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.clock = clock;
  }

  /**
   * Makes the first account, {@code admin}, and returns its password; empty when there are accounts
   * already.
   */
  public Optional<String> bootstrap() {
    int accounts =
        ledger.read(h -> h.createQuery("select count(*) from account").mapTo(Integer.class).one());
    if (accounts > 0) {
      return Optional.empty();
    }
    var admin = new Person("admin", "Administrator", Role.OPERATOR, Optional.empty());
    return Optional.of(add(admin, "farol"));
  }

  /** Adds an account with a password made for it, and returns that; see the other add. */
  public String add(Person person, String by) {
    String password = Secrets.password();
    add(person, password, by);
    return password;
  }

  /**
   * Adds an account; throws {@link IllegalArgumentException} when the name is taken or unusable,
   * the password too short, or somebody of an agency has none.
   */
  public void add(Person person, String password, String by) {
    check(person);
    checkLength(password);
    addHashed(person, Passwords.hash(password), by);
  }

  void addHashed(Person person, String hash, String by) {
    ledger.change(
        h -> {
          int added =
              h.execute(
                  "insert or ignore into account (name, full_name, role, agency, password_hash,"
                      + " created_at) values (?, ?, ?, ?, ?, ?)",
                  person.name(),
                  person.fullName(),
                  person.role().name(),
                  person.agency().orElse(null),
                  hash,
                  Micros.of(clock.instant()));
          if (added == 0) {
            throw new IllegalArgumentException(
                "there is an account '" + person.name() + "' already");
          }
          deeds.record(h, by, "account.added", person.name(), person.role().name());
        });
  }

  /** An account by name. */
  public Optional<Person> find(String name) {
    return ledger.read(h -> find(h, name));
  }

  /** All accounts, by name. */
  public List<Person> all() {
    return ledger.read(
        h ->
            h.createQuery("select * from account where disabled = 0 order by name")
                .map((rs, _) -> Rows.person(rs))
                .list());
  }

  /** Signs somebody in; empty for a wrong name or password, or after too many wrong ones. */
  public Optional<Person> signIn(String name, String password, String address) {
    var now = clock.instant();
    if (attempts.isClosed(name, address, now)) {
      if (attempts.isFirstRefusal(name, address, now)) { // else a flood would fill the deeds
        deeds.record(
            "farol",
            "signin.refused",
            Excerpt.of(name, TYPED),
            "too many attempts from " + address);
      }
      return Optional.empty();
    }
    String kept = kept(name);
    if (password.length() > LONGEST || !Passwords.isRight(password, kept) || kept.equals(NOBODY)) {
      attempts.failed(name, address, now);
      deeds.record("farol", "signin.failed", Excerpt.of(name, TYPED), "from " + address);
      return Optional.empty();
    }
    attempts.succeeded(name, address);
    if (Passwords.isOutdated(kept)) {
      keep(name, Passwords.hash(password));
    }
    deeds.record(name, "signin", name, "from " + address);
    return find(name);
  }

  /**
   * Changes somebody's own password. False when the old one is wrong, or was too often; throws
   * {@link IllegalArgumentException} when the new one is too short.
   */
  public boolean changePassword(String name, String old, String fresh) {
    checkLength(fresh);
    var now = clock.instant();
    if (attempts.isClosed(name, OWN_PAGE, now)) {
      return false;
    }
    String kept = kept(name);
    if (old.length() > LONGEST || !Passwords.isRight(old, kept) || kept.equals(NOBODY)) {
      attempts.failed(name, OWN_PAGE, now);
      return false;
    }
    keep(name, Passwords.hash(fresh));
    deeds.record(name, "account.password", name, "changed by its owner");
    return true;
  }

  /** Gives somebody a new password and ends their sessions; empty when there is nobody. */
  public Optional<String> resetPassword(String name, String by) {
    if (find(name).isEmpty()) {
      return Optional.empty();
    }
    String password = Secrets.password();
    keep(name, Passwords.hash(password));
    ledger.change(
        h -> {
          h.execute("delete from session where account = ?", name);
          deeds.record(h, by, "account.password", name, "a new one was given");
        });
    return Optional.of(password);
  }

  /**
   * Closes an account: it signs in no more, and its tokens act no more. False when there is nobody.
   */
  public boolean close(String name, String by) {
    if (find(name).isEmpty()) {
      return false;
    }
    ledger.change(
        h -> {
          h.execute("update account set disabled = 1 where name = ?", name);
          h.execute("delete from session where account = ?", name);
          h.execute("update token set revoked = 1 where account = ?", name);
          deeds.record(h, by, "account.closed", name, "");
        });
    return true;
  }

  static Optional<Person> find(Handle h, String name) {
    return h.createQuery("select * from account where name = ? and disabled = 0")
        .bind(0, name)
        .map((rs, _) -> Rows.person(rs))
        .findOne();
  }

  private String kept(String name) {
    return ledger.read(
        h ->
            h.createQuery("select password_hash from account where name = ? and disabled = 0")
                .bind(0, name)
                .mapTo(String.class)
                .findOne()
                .orElse(NOBODY));
  }

  private void keep(String name, String hash) {
    ledger.change(
        h -> h.execute("update account set password_hash = ? where name = ?", hash, name));
  }

  private static void check(Person person) {
    if (!NAME.matcher(person.name()).matches()) {
      throw new IllegalArgumentException(
          "an account's name is lower-case letters, digits, '.', '_', '@' and '-', at most 64");
    }
    if (person.name().equals(Hunts.CENTRE)) {
      throw new IllegalArgumentException(
          "'%s' stands for the centre's own hunts; choose another name".formatted(Hunts.CENTRE));
    }
    if (person.role() == Role.AGENCY && person.agency().isEmpty()) {
      throw new IllegalArgumentException(
          "an account of the role "
              + Role.AGENCY.name().toLowerCase(Locale.ROOT)
              + " has an agency");
    }
  }

  private static void checkLength(String password) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a password has %d to %d characters".formatted(SHORTEST, LONGEST));
    }
  }
}
