package mo.farol.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.alert.Assets;
import mo.farol.alert.DecisionBook;
import mo.farol.centre.Usage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol decide}: decision rules and tables without a centre. */
@Command(
    name = "decide",
    description = "Checks decision rules (DRL) and decision tables (CSV, XLSX).",
    subcommands = DecideCommand.Check.class)
final class DecideCommand {
  private DecideCommand() {}

  /** {@code decide check}. */
  @Command(
      name = "check",
      description =
          "Says which rules and rows would be in force beside the shipped ones, and what is refused"
              + " with its line and why.")
  static final class Check implements Callable<Integer> {
    @Option(names = "--assets", paramLabel = "FILE", description = "a table of assets to check too")
    private Optional<Path> assets = Optional.empty();

    @Parameters(paramLabel = "DIR", description = "folder of .drl, .csv and .xlsx files")
    private Path folder;

    @Override
    public Integer call() {
      if (!Files.isDirectory(folder)) {
        throw new Usage("no folder " + folder);
      }
      var book = DecisionBook.shippedWith(folder);
      book.rules()
          .forEach(r -> System.out.printf("in force  %s %s%n", Rows.plain(r.id()), r.version()));
      book.faults().forEach(f -> System.out.println("refused   " + Rows.plain(f.toString())));
      var known = assets.map(Assets::read).orElse(Assets.NONE);
      known.faults().forEach(f -> System.out.println("refused   " + Rows.plain(f.toString())));
      System.out.printf(
          "%d in force, %d refused%n",
          book.rules().size(), book.faults().size() + known.faults().size());
      return book.faults().isEmpty() && known.faults().isEmpty() ? 0 : 1;
    }
  }
}
