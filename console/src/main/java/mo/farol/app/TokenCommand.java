package mo.farol.app;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.centre.Config;
import mo.farol.centre.Usage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code farol token}: an API token, printed once. */
@Command(name = "token", description = "Prints a new API token.")
final class TokenCommand implements Callable<Integer> {
  @Mixin private HomeOption home;

  @Option(
      names = "--user",
      required = true,
      paramLabel = "NAME",
      description = "whom the token acts as; deeds carry this name")
  private String user;

  @Option(
      names = "--role",
      paramLabel = "R",
      description =
          "analyst, agency, committee or operator, where NAME has no account (default: analyst, or"
              + " agency with --agency)")
  private Optional<String> role;

  @Option(names = "--agency", paramLabel = "A", description = "the one agency it may see")
  private Optional<String> agency;

  @Option(
      names = "--ttl",
      paramLabel = "D",
      defaultValue = "90d",
      description = "how long it lasts: 12h, 90d (default: ${DEFAULT-VALUE})")
  private String ttl;

  @Override
  public Integer call() {
    var config = Config.read(home.path(), Optional.empty(), List.of());
    String asked = role.orElse(agency.isPresent() ? "agency" : "analyst");
    System.out.println(Tokens.create(config, user, asked, agency, Optional.of(lifetime())));
    return 0;
  }

  private Duration lifetime() {
    if (!ttl.matches("\\d{1,5}[hd]")) {
      throw new Usage("--ttl takes 12h or 90d, not '" + ttl + "'");
    }
    long n = Long.parseLong(ttl.substring(0, ttl.length() - 1));
    return ttl.endsWith("h") ? Duration.ofHours(n) : Duration.ofDays(n);
  }
}
