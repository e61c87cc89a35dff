package mo.farol.app;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import mo.farol.backup.BackupFault;
import mo.farol.centre.Usage;
import mo.farol.identity.IdentityFault;
import mo.farol.journal.JournalFault;
import mo.farol.ledger.LedgerFault;
import mo.farol.playbook.PlaybookFault;
import mo.farol.seal.SealFault;
import mo.farol.store.StoreFault;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

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
      IndicatorsCommand.class,
      RulesCommand.class,
      ReplayCommand.class,
      DecideCommand.class,
      SearchCommand.class,
      HuntCommand.class,
      VerifyCommand.class,
      SealCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DoctorCommand.class,
      PlaybookCommand.class,
      BenchCommand.class,
      TrainCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done, 1 a finding, 2 wrong usage, 3 only a part (search, hunt).",
      "'farol COMMAND --help' tells what a command takes; the manual is in console/docs."
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
    var farol = new CommandLine(new Main());
    helps(farol);
    return farol
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, _) -> wrongUsage(e))
        .setExecutionExceptionHandler((e, line, _) -> failed(e, line.getErr()))
        .execute(args);
  }

  // Every command says what it takes, those within others too; 'help' does so by itself.
  private static void helps(CommandLine line) {
    if (!(line.getCommand() instanceof HelpCommand)) {
      line.getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("shows this help")
                  .build());
      line.getSubcommands().values().forEach(Main::helps);
    }
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
            said(e),
            line.getParent() == null
                ? "farol help"
                : line.getCommandSpec().qualifiedName(" ") + " --help");
    return 2;
  }

  private static int failed(Exception e, PrintWriter err) throws Exception {
    if (e instanceof Usage) {
      err.println("farol: " + e.getMessage());
      return 2;
    }
    if (e instanceof JournalFault
        || e instanceof SealFault
        || e instanceof StoreFault
        || e instanceof LedgerFault
        || e instanceof PlaybookFault
        || e instanceof BackupFault
        || e instanceof IdentityFault
        || e instanceof UncheckedIOException
        || e instanceof java.io.IOException) {
      err.println("farol: " + firstLine(e));
      return 1;
    }
    throw e;
  }

  private static String said(ParameterException e) {
    var near =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.<String>of();
    return firstLine(e) + (near.isEmpty() ? "" : " (did you mean '" + near.getFirst() + "'?)");
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.lines().findFirst().orElse(message);
  }
}
