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

  /** A token of the operator's role for a command of this machine. */
  static String local(Config config) {
    return create(config, "local", "OPERATOR", Optional.empty(), LOCAL);
  }

  /** A token; the role and agency of an existing account win over what is asked. */
  static String create(
      Config config,
      String user,
      String role,
      Optional<String> agency,
      Optional<Duration> lifetime) {
    try (var ledger = Ledger.openSqlite(new Home(config.home()).ledger())) {
      var clock = InstantSource.system();
      var deeds = new Deeds(ledger, clock);
      var person =
          new mo.farol.account.Accounts(ledger, deeds, clock)
              .find(user)
              .orElseGet(() -> new Person(user, user, role(role), agency));
      if (person.role() == Role.AGENCY && person.agency().isEmpty()) {
        throw new Usage("a token of the role agency needs --agency");
      }
      return new mo.farol.account.Tokens(ledger, deeds, clock)
          .api(person, "farol token", lifetime, "farol");
    }
  }

  static Role role(String word) {
    try {
      return Role.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new Usage("a role is analyst, agency, committee or operator, not '" + word + "'");
    }
  }
}
