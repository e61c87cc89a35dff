package mo.farol.app;

import java.nio.file.Path;
import java.util.function.Function;
import mo.farol.centre.Home;
import mo.farol.centre.Usage;
import mo.farol.identity.IdentityFault;
import mo.farol.ledger.Ledger;
import picocli.CommandLine.Option;

/** {@code --home}, alike in every command that takes it. */
final class HomeOption {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "farol-home",
      description = "folder that holds everything (default: ${DEFAULT-VALUE})")
  private Path home;

  Path path() {
    return home;
  }

  /** Works straight in the home's ledger, beside a running centre or without one. */
  <T> T ledger(Function<Ledger, T> work) {
    try (var ledger = Ledger.openSqlite(new Home(home).ledger())) {
      return work.apply(ledger);
    } catch (IllegalArgumentException | IdentityFault e) {
      throw new Usage(String.valueOf(e.getMessage()));
    }
  }
}
