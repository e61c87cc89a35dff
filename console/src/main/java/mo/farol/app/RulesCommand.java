package mo.farol.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.alert.BookEntry;
import mo.farol.alert.DecisionBook;
import mo.farol.alert.Shipped;
import mo.farol.centre.Usage;
import mo.farol.sigma.RuleBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol rules}: the rule book, tried against its own events. */
@Command(
    name = "rules",
    description = "Tries every entry of a rule book against its own events.",
    subcommands = RulesCommand.Test.class)
final class RulesCommand {
  private RulesCommand() {}

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
        description = "a rule book (default: the shipped one)")
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
            "no entry in " + book + ": a folder with a rule, events.log and alerts.json");
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
      int failed = rules.refusals().size() + decisions.faults().size();
      for (var entry : entries) {
        var differences = entry.differences(rules, decisions);
        System.out.printf("%-8s %s%n", differences.isEmpty() ? "ok" : "FAILED", entry.name());
        differences.forEach(d -> System.out.println("         " + Rows.plain(d)));
        failed += differences.isEmpty() ? 0 : 1;
      }
      return failed == 0 ? 0 : 1;
    }
  }
}
