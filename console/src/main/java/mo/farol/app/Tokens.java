package mo.farol.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.Usage;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;

/** API tokens made straight in a home's ledger, by whoever may write its files. */
final class Tokens {
  /** Lifetime of a token a command makes for itself. */
  static final Optional<Duration> LOCAL = Optional.of(Duration.ofHours(12));

  private Tokens() {}

  /** A token of the operator's role for a command of this machine, which {@link #end} ends. */
  static String local(Config config, String user) {
    return create(config, user, Optional.of("operator"), Optional.empty(), LOCAL);
  }

  /** Ends a token that a command made for itself. */
  static void end(Home home, String token) {
    try (var ledger = Ledger.openSqlite(home.ledger())) {
      var clock = InstantSource.system();
      new mo.farol.account.Tokens(ledger, new Deeds(ledger, clock), clock).end(token, "farol");
    }
  }

  /**
   * A token. Who has an account acts with its role and agency: a Usage where others are asked for.
   *
   * @param role where there is no account; analyst, or agency with an agency, where none is given
   */
  static String create(
      Config config,
      String user,
      Optional<String> role,
      Optional<String> agency,
      Optional<Duration> lifetime) {
    try (var ledger = Ledger.openSqlite(new Home(config.home()).ledger())) {
      var clock = InstantSource.system();
      var deeds = new Deeds(ledger, clock);
      agency.ifPresent(a -> AgencyCommand.mustBeThere(ledger, a));
      var account = new mo.farol.account.Accounts(ledger, deeds, clock).find(user);
      account.ifPresent(person -> mustFit(person, role, agency));
      var person = account.orElseGet(() -> program(user, role, agency));
      return new mo.farol.account.Tokens(ledger, deeds, clock)
          .api(person, "farol token", lifetime, "farol");
    }
  }

  private static void mustFit(Person person, Optional<String> role, Optional<String> agency) {
    boolean fits =
        role.map(Tokens::role).orElse(person.role()) == person.role()
            && (agency.isEmpty() || agency.equals(person.agency()));
    if (!fits) {
      throw new Usage(
          "'%s' has an account (%s, %s), and its tokens act as that; take another name for a narrower one"
              .formatted(
                  person.name(),
                  person.role().name().toLowerCase(Locale.ROOT),
                  person.agency().orElse("all agencies")));
    }
  }

  private static Person program(String user, Optional<String> role, Optional<String> agency) {
    var acts = role(role.orElse(agency.isPresent() ? "agency" : "analyst"));
    if (acts == Role.AGENCY && agency.isEmpty()) {
      throw new Usage("a token of the role agency needs --agency");
    }
    return new Person(user, user, acts, agency);
  }

  static Role role(String word) {
    try {
      return Role.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new Usage("a role is analyst, agency, committee or operator, not '" + word + "'");
    }
  }
}
