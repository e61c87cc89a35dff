package mo.farol.app;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import mo.farol.centre.Usage;
import mo.farol.journal.JournalFault;
import mo.farol.ledger.LedgerFault;
import mo.farol.playbook.PlaybookFault;
import mo.farol.store.StoreFault;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code farol}: finds the command and turns what went wrong into one line and an exit status. */
@Command(
    name = "farol",
    description = "A cyber-security early-warning and incident-response centre.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      HelpCommand.class,
      DemoCommand.class,
      RunCommand.class,
      UserCommand.class,
      TokenCommand.class,
      AgencyCommand.class,
      ImportCommand.class,
      ParseCommand.class,
      SigmaCommand.class,
      RulesCommand.class,
      SearchCommand.class,
      PlaybookCommand.class,
      BenchCommand.class,
      TrainCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done, 1 a finding, 2 wrong usage.",
      "'farol help COMMAND' tells what a command takes; the manual is in console/docs."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs the command and ends the process with its status. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs the command and returns its status. */
  static int run(String... args) {
    return new CommandLine(new Main())
        .setParameterExceptionHandler((e, _) -> wrongUsage(e))
        .setExecutionExceptionHandler((e, line, _) -> failed(e, line.getErr()))
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which command");
  }

  private static int wrongUsage(ParameterException e) {
    var line = e.getCommandLine();
    line.getErr()
        .printf(
            "farol: %s; see '%s'%n",
            firstLine(e),
            "farol help " + line.getCommandSpec().qualifiedName(" ").replaceFirst("^farol ?", ""));
    return 2;
  }

  private static int failed(Exception e, PrintWriter err) throws Exception {
    if (e instanceof Usage) {
      err.println("farol: " + e.getMessage());
      return 2;
    }
    if (e instanceof JournalFault
        || e instanceof StoreFault
        || e instanceof LedgerFault
        || e instanceof PlaybookFault
        || e instanceof UncheckedIOException
        || e instanceof java.io.IOException) {
      err.println("farol: " + firstLine(e));
      return 1;
    }
    throw e;
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.lines().findFirst().orElse(message);
  }
}
