package mo.farol.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.alert.Alert;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.JournalRetold;
import mo.farol.centre.Usage;
import mo.farol.ledger.AlertJson;
import mo.farol.proof.HomeCheck;
import mo.farol.seal.SignerKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code farol replay}: the sealed journal read anew, beside what the ledger says. */
@Command(
    name = "replay",
    description = {
      "Proves the journal, reads it anew through the rules in force and prints the alerts as JSON"
          + " lines; says on stderr which the ledger has too, which are missing and which are new.",
      "A centre may run on the home meanwhile."
    })
final class ReplayCommand implements Callable<Integer> {
  private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

  @Mixin private HomeOption home;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "received from then on, such as 2026-11-26T08:00:00Z")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "TIME", description = "received before then")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "rules to go by in place of those in force")
  private Optional<Path> rules = Optional.empty();

  @Override
  public Integer call() {
    var config = Config.read(home.path(), Optional.empty(), List.of());
    var where = new Home(config.home());
    if (!Files.isDirectory(where.journal())) {
      throw new Usage("no journal in " + where.folder() + "; say which --home");
    }
    rules
        .filter(folder -> !Files.exists(folder))
        .ifPresent(
            folder -> {
              throw new Usage("no folder of rules " + folder);
            });
    boolean proven = isProven(where);
    var retold = new JournalRetold(config, where, rules);
    retold
        .rules()
        .book()
        .refusals()
        .forEach(refusal -> System.err.println("refused  " + Rows.plain(refusal.toString())));
    var outcome = retold.tell(instant("--from", from, Instant.EPOCH), instant("--to", to, END));
    outcome.told().forEach(alert -> System.out.println(AlertJson.tree(alert)));
    outcome.missing().forEach(alert -> tell("missing", alert));
    outcome.fresh().forEach(alert -> tell("new", alert));
    System.err.printf(
        "%d events read%s: %d alerts the same, %d missing, %d new; %d in the ledger by other rules"
            + " or versions, or of no event%n",
        outcome.events(),
        outcome.failed() == 0 ? "" : ", detection failed on " + outcome.failed(),
        outcome.same().size(),
        outcome.missing().size(),
        outcome.fresh().size(),
        outcome.others());
    return proven && outcome.isSame() ? 0 : 1;
  }

  private static boolean isProven(Home where) {
    if (!Files.exists(where.sealKey())) {
      System.err.println("NOT proven: the home has no seal");
      return false;
    }
    var key = SignerKey.read(where.sealKey()).verifier();
    try (var check = HomeCheck.open(where.journal(), where.seal(), key)) {
      var verdict = check.all();
      verdict.findings().forEach(line -> System.err.println("WRONG: " + Rows.plain(line)));
      System.err.println(verdict.isProven() ? "proven" : "NOT proven");
      return verdict.isProven();
    }
  }

  private static void tell(String what, Alert alert) {
    System.err.println(
        Rows.plain(
            "%-8s %s %s (%s, version %s)"
                .formatted(
                    what, alert.id(), alert.title(), alert.rule().id(), alert.rule().version())));
  }

  private static Instant instant(String option, Optional<String> text, Instant otherwise) {
    try {
      return text.map(Instant::parse).orElse(otherwise);
    } catch (DateTimeException e) {
      throw new Usage(option + " is an instant such as 2026-11-26T08:00:00Z");
    }
  }
}
