package mo.farol.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mo.farol.centre.Config;
import mo.farol.centre.People;
import mo.farol.centre.Usage;
import mo.farol.event.Agency;
import mo.farol.ledger.Deeds;

/** What the commands about agencies share: the account room over a home's ledger, and its words. */
final class Office {
  /** Who did it, in the deeds: whoever may write the home's files. */
  static final String BY = "farol";

  private Office() {}

  /** Works in the home's ledger, beside a running centre or without one. */
  static <T> T in(HomeOption home, Function<People, T> work) {
    var config = Config.read(home.path(), Optional.empty(), List.of());
    return home.ledger(
        ledger -> {
          var clock = InstantSource.system();
          return work.apply(People.over(config, ledger, new Deeds(ledger, clock), clock));
        });
  }

  /** An agency by its id; a Usage where there is none. */
  static Agency agency(People people, String id) {
    return people
        .agencies()
        .find(id)
        .orElseThrow(
            () -> new Usage("no agency '%s'; add it with 'farol agency add %s'".formatted(id, id)));
  }

  /** Reads {@code 12h}, {@code 90d}. */
  static Duration lifetime(String option, String text) {
    if (!text.matches("\\d{1,5}[hd]")) {
      throw new Usage(option + " takes 12h or 90d, not '" + text + "'");
    }
    long n = Long.parseLong(text.substring(0, text.length() - 1));
    return text.endsWith("h") ? Duration.ofHours(n) : Duration.ofDays(n);
  }
}
