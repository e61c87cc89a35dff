package mo.farol.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.centre.Account;
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
          + " lines. Says on stderr, of each alert of the ledger that is not simply the same, whether it"
          + " differs and how, is missing, or can't be replayed and why; and which are new, or later:"
          + " told by time alone after the last event.",
      "Exit status 1 where something differs, is missing or new, a decision rule was taken out"
          + " since it cost too much, or the journal is not proven.",
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
    var account = outcome.account();
    account.lines().stream()
        .filter(line -> line.came() != Account.Came.SAME || !line.reason().isEmpty())
        .forEach(ReplayCommand::tell);
    tell(outcome);
    return proven && outcome.isSame() ? 0 : 1;
  }

  private static void tell(JournalRetold.Outcome outcome) {
    var account = outcome.account();
    System.err.printf(
        "%d events read%s%n",
        outcome.events(), outcome.failed() == 0 ? "" : ", detection failed on " + outcome.failed());
    System.err.printf(
        "%d alerts of the ledger: %d same, %d differ, %d missing, %d not replayed%n",
        account.ofLedger(),
        account.count(Account.Came.SAME),
        account.count(Account.Came.DIFFERS),
        account.count(Account.Came.MISSING),
        account.count(Account.Came.NOT_REPLAYED));
    System.err.printf(
        "%d alerts that the ledger has not: %d new, %d that time alone tells at the end%n",
        account.lines().size() - account.ofLedger(),
        account.count(Account.Came.NEW),
        account.count(Account.Came.LATER));
    outcome
        .takenOut()
        .forEach(
            fault ->
                System.err.println("NOT replayed to the end: " + Rows.plain(fault.toString())));
    System.err.println(
        outcome.isSame()
            ? "the journal and the rules in force bear out the ledger"
            : "NOT the same: what differs, is missing, new or taken out needs to be explained");
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

  private static void tell(Account.Line line) {
    var alert = line.alert();
    System.err.println(
        Rows.plain(
            "%-12s %s %s (%s, version %s)%s"
                .formatted(
                    line.came().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    alert.id(),
                    alert.title(),
                    alert.rule().id(),
                    alert.rule().version(),
                    line.reason().isEmpty() ? "" : ": " + line.reason())));
  }

  private static Instant instant(String option, Optional<String> text, Instant otherwise) {
    try {
      return text.map(Instant::parse).orElse(otherwise);
    } catch (DateTimeException e) {
      throw new Usage(option + " is an instant such as 2026-11-26T08:00:00Z");
    }
  }
}
