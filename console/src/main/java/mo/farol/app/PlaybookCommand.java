package mo.farol.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import mo.farol.centre.Usage;
import mo.farol.playbook.Playbook;
import mo.farol.playbook.PlaybookCheck;
import mo.farol.playbook.Step;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol playbook}: CACAO 2.0 documents. */
@Command(
    name = "playbook",
    description = "Checks CACAO playbooks and shows what a run would do.",
    subcommands = {PlaybookCommand.Check.class, PlaybookCommand.Run.class})
final class PlaybookCommand {
  private PlaybookCommand() {}

  /** {@code playbook check}. */
  @Command(name = "check", description = "Says what is wrong with a playbook, with JSON pointers.")
  static final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "a CACAO 2.0 playbook")
    private Path file;

    @Override
    public Integer call() throws IOException {
      try {
        var problems = PlaybookCheck.check(new ObjectMapper().readTree(read(file)));
        problems.forEach(System.out::println);
        System.out.println(problems.isEmpty() ? "ok" : problems.size() + " problems");
        return problems.isEmpty() ? 0 : 1;
      } catch (JsonProcessingException e) {
        System.out.println("not JSON: " + e.getOriginalMessage());
        return 1;
      }
    }
  }

  /** {@code playbook run --dry-run}. */
  @Command(name = "run", description = "Shows the steps of a run in order; sends nothing.")
  static final class Run implements Callable<Integer> {
    @Option(
        names = "--dry-run",
        description = "show, do nothing; live runs are done in the console")
    private boolean dryRun;

    @Parameters(paramLabel = "FILE", description = "a CACAO 2.0 playbook")
    private Path file;

    @Override
    public Integer call() throws IOException {
      if (!dryRun) {
        throw new Usage("a live run is done in the console, on an incident; here only --dry-run");
      }
      var playbook = Playbook.parse(read(file));
      System.out.println(playbook.name());
      int number = 0;
      for (Step step : playbook.steps()) {
        if (step.isWork()) {
          System.out.printf("%2d. %s%n", ++number, Rows.plain(step.name()));
          step.instructions().forEach(line -> System.out.println("      " + Rows.plain(line)));
          step.branches().forEach((label, _) -> System.out.println("      -> " + label));
        }
      }
      return 0;
    }
  }

  private static String read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new Usage("cannot read " + file);
    }
    return Files.readString(file);
  }
}
