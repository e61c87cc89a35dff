package mo.farol.app;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import mo.farol.centre.Config;
import mo.farol.centre.Usage;
import mo.farol.ledger.Deeds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol token}: an API token, printed once. */
@Command(
    name = "token",
    description = "Prints a new API token, lists and revokes tokens.",
    subcommands = {TokenCommand.ListAll.class, TokenCommand.Revoke.class})
final class TokenCommand implements Callable<Integer> {
  @Mixin private HomeOption home;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "whom the token acts as; deeds carry this name")
  private Optional<String> user;

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
    String name = user.orElseThrow(() -> new Usage("say whom the token acts as: --user NAME"));
    var config = Config.read(home.path(), Optional.empty(), List.of());
    System.out.println(
        Tokens.create(config, name, role, agency, Optional.of(Office.lifetime("--ttl", ttl))));
    return 0;
  }

  /** {@code token list}. */
  @Command(name = "list", description = "Lists the tokens that still open something.")
  static final class ListAll implements Callable<Integer> {
    private static final String ROW = "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s%n";

    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      System.out.printf(ROW, "id", "kind", "of", "role", "agency", "made", "ends", "from", "label");
      for (var token : in(home, mo.farol.account.Tokens::all)) {
        System.out.printf(
            ROW,
            token.id(),
            token.kind(),
            token.account().orElse("-"),
            token.role().map(role -> role.toLowerCase(Locale.ROOT)).orElse("-"),
            token.agency().orElse("-"),
            seconds(token.createdAt()),
            token.expiresAt().map(ListAll::seconds).orElse("never"),
            token.from().isEmpty() ? "anywhere" : String.join(" ", token.from()),
            Rows.plain(token.label()));
      }
      return 0;
    }

    private static String seconds(Instant at) {
      return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
  }

  /** {@code token revoke}. */
  @Command(name = "revoke", description = "Ends a token; within seconds for one that ingests.")
  static final class Revoke implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Parameters(paramLabel = "ID", description = "as 'farol token list' shows it")
    private String id;

    @Override
    public Integer call() {
      if (!in(home, tokens -> tokens.revoke(id, "farol"))) {
        throw new Usage("there is no token '" + id + "'; 'farol token list' shows them");
      }
      return 0;
    }
  }

  private static <T> T in(HomeOption home, Function<mo.farol.account.Tokens, T> work) {
    return home.ledger(
        ledger -> {
          var clock = InstantSource.system();
          return work.apply(new mo.farol.account.Tokens(ledger, new Deeds(ledger, clock), clock));
        });
  }
}
