package mo.farol.account;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Micros;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.jdbi.v3.core.Handle;

/** Local accounts. */
public final class Accounts {
  // Verified against when there is no such account, so that both answers take the same time.
  private static final String NOBODY = Passwords.hash("nobody has this password");
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
    boolean none =
        ledger.read(h -> h.createQuery("select count(*) from account").mapTo(Integer.class).one())
            == 0;
    if (!none) {
      return Optional.empty();
    }
    String password = Secrets.password();
    add(new Person("admin", "Administrator", Role.OPERATOR, Optional.empty()), password, "farol");
    return Optional.of(password);
  }

  /**
   * Adds an account; throws {@link IllegalArgumentException} when the name is taken or the password
   * shorter than 12.
   */
  public void add(Person person, String password, String by) {
    if (password.length() < 12) {
      throw new IllegalArgumentException("a password has at least 12 characters");
    }
    if (find(person.name()).isPresent()) {
      throw new IllegalArgumentException("there is an account '" + person.name() + "' already");
    }
    String hash = Passwords.hash(password);
    ledger.change(
        h -> {
          h.execute(
              "insert into account (name, full_name, role, agency, password_hash, created_at)"
                  + " values (?, ?, ?, ?, ?, ?)",
              person.name(),
              person.fullName(),
              person.role().name(),
              person.agency().orElse(null),
              hash,
              Micros.of(clock.instant()));
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

  /**
   * Signs somebody in; empty for a wrong name or password, or when there were too many wrong ones.
   */
  public Optional<Person> signIn(String name, String password, String address) {
    String key = name + " " + address;
    var now = clock.instant();
    if (attempts.isClosed(key, now)) {
      deeds.record("farol", "signin.refused", name, "too many attempts from " + address);
      return Optional.empty();
    }
    String kept =
        ledger.read(
            h ->
                h.createQuery("select password_hash from account where name = ? and disabled = 0")
                    .bind(0, name)
                    .mapTo(String.class)
                    .findOne()
                    .orElse(NOBODY));
    if (!Passwords.isRight(password, kept) || kept.equals(NOBODY)) {
      attempts.failed(key, now);
      deeds.record("farol", "signin.failed", name, "from " + address);
      return Optional.empty();
    }
    attempts.succeeded(key);
    deeds.record(name, "signin", name, "from " + address);
    return find(name);
  }

  static Optional<Person> find(Handle h, String name) {
    return h.createQuery("select * from account where name = ? and disabled = 0")
        .bind(0, name)
        .map((rs, _) -> Rows.person(rs))
        .findOne();
  }
}
