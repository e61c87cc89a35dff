package mo.farol.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.alert.BookEntry;
import mo.farol.alert.DecisionBook;
import mo.farol.alert.Shipped;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.Running;
import mo.farol.centre.Usage;
import mo.farol.sigma.RuleBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol rules}: the rule book, tried against its own events. */
@Command(
    name = "rules",
    description = "Tries a rule book against its own events; has a running centre read its rules.",
    subcommands = {RulesCommand.Test.class, RulesCommand.Reload.class})
final class RulesCommand {
  private RulesCommand() {}

  /** {@code rules reload}. */
  @Command(
      name = "reload",
      description = "Has the running centre read all rules anew, now; says what is refused.")
  static final class Reload implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      var config = Config.read(home.path(), Optional.empty(), List.of());
      var where = new Home(config.home());
      try (var client =
          new CentreClient(where, Running.needed(where), Tokens.local(config, "local"))) {
        var answer = client.post("/rules/reload", Map.of(), new byte[0], "application/json");
        var refused = answer.path("refused");
        refused.forEach(r -> System.out.println(Rows.plain(line(r))));
        System.out.printf(
            "%d rules in force, read and compiled in %d ms, handed over in %.1f ms; %d refused%n",
            answer.path("rules").asInt(),
            answer.path("compilingMillis").asLong(),
            answer.path("stillMicros").asLong() / 1_000.0,
            refused.size());
        return refused.isEmpty() ? 0 : 1;
      }
    }

    private static String line(JsonNode r) {
      return "%s:%d:%d: %s%s"
          .formatted(
              r.path("file").asText(),
              r.path("line").asInt(),
              r.path("column").asInt(),
              r.path("reason").asText(),
              r.path("beforeInForce").asBoolean() ? " (the text of before stays in force)" : "");
    }
  }

  /** {@code rules test}. */
  @Command(
      name = "test",
      description = "Plays each entry's events.log; its alerts.json must come out.")
  static final class Test implements Callable<Integer> {
    @Option(
        names = "--decisions",
        paramLabel = "DIR",
        description = "decision rules (DRL) of your own beside the shipped ones")
    private Optional<Path> own = Optional.empty();

    @Parameters(
        arity = "0..1",
        paramLabel = "DIR",
        description = "a rule book, or one entry of it (default: the shipped one)")
    private Optional<Path> folder = Optional.empty();

    @Override
    public Integer call() {
      Path book = folder.orElseGet(Shipped::book);
      if (!Files.isDirectory(book)) {
        throw new Usage("no folder " + book);
      }
      var entries = BookEntry.all(book);
      if (entries.isEmpty()) {
        throw new Usage(
            "no entry in "
                + book
                + ": a folder with a rule (rule.yml), events.log and alerts.json");
      }
      if (entries.getFirst().folder().equals(book)) {
        System.out.println("only the rules of this entry play; give its book to have all of them");
      }
      var rules = RuleBook.load(List.of(book));
      var decisions = own.map(DecisionBook::shippedWith).orElseGet(DecisionBook::shipped);
      decisions.faults().forEach(f -> System.out.println("refused  " + Rows.plain(f.toString())));
      rules
          .refusals()
          .forEach(
              r ->
                  System.out.printf(
                      "refused  %s:%d %s%n", r.file(), r.line(), Rows.plain(r.reason())));
      int refused = rules.refusals().size() + decisions.faults().size();
      int failed = 0;
      for (var entry : entries) {
        var differences = entry.differences(rules, decisions);
        System.out.printf("%-8s %s%n", differences.isEmpty() ? "ok" : "FAILED", entry.name());
        differences.forEach(d -> System.out.println("         " + Rows.plain(d)));
        failed += differences.isEmpty() ? 0 : 1;
      }
      System.out.printf(
          "entries: %d, ok: %d, failed: %d; refused: %d%n",
          entries.size(), entries.size() - failed, failed, refused);
      return failed + refused == 0 ? 0 : 1;
    }
  }
}
