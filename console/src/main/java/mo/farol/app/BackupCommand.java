package mo.farol.app;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.backup.Backup;
import mo.farol.backup.Check;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.Key;
import mo.farol.centre.Logging;
import mo.farol.centre.Usage;
import mo.farol.proof.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code farol backup}: a home, running or stopped, into a folder elsewhere; or a look at one. */
@Command(
    name = "backup",
    description = {
      "Keeps the whole home in a folder of its own in FOLDER, also while the centre runs.",
      "It holds private keys, unless told otherwise: keep FOLDER as you keep the home."
    })
final class BackupCommand implements Callable<Integer> {
  @Mixin private HomeOption home;

  @Option(names = "--to", paramLabel = "FOLDER", description = "where backups go, on another disk")
  private Optional<Path> to;

  @Option(
      names = "--incremental",
      description =
          "shares files that did not change with the newest whole backup in FOLDER (hard links)")
  private boolean incremental;

  @Option(
      names = "--without-keys",
      description = "leaves out the folders keys and agencies; keep keys elsewhere then")
  private boolean withoutKeys;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description =
          "proves the new backup, then removes this home's older ones but for the newest N that are"
              + " proven")
  private Optional<Integer> keep;

  @Option(
      names = "--check",
      paramLabel = "FOLDER",
      description =
          "makes none, but checks a backup, or the newest whole one in FOLDER, as a restore would")
  private Optional<Path> check;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "with --check: the public key to trust, or a file that holds it")
  private Optional<String> key;

  @Override
  public Integer call() {
    if (check.isPresent()) {
      if (to.isPresent() || incremental || withoutKeys || keep.isPresent()) {
        throw new Usage("--check makes no backup: it goes with --key only");
      }
      return checked(Check.of(check.get(), key.map(VerifyCommand::keyOf)));
    }
    if (key.isPresent()) {
      throw new Usage("--key goes with --check");
    }
    if (keep.isPresent() && keep.get() < 1) {
      throw new Usage("--keep takes how many backups stay, one at least");
    }
    Logging.quiet();
    var folder = to.orElseThrow(() -> new Usage("say where the backup goes: --to FOLDER"));
    var order = new Backup.Order(folder, incremental, !withoutKeys, reserve(), keep.orElse(0));
    var made = Backup.make(new Home(home.path()), order, InstantSource.system(), version());
    tell(made);
    return made.wrongs().isEmpty() ? 0 : 1;
  }

  // A home whose farol.yaml can't be read is backed up all the same.
  private long reserve() {
    try {
      return Config.read(home.path(), Optional.empty(), List.of()).bytes(Key.JOURNAL_RESERVE);
    } catch (Usage e) {
      return 256L << 20; // the usual one
    }
  }

  private static void tell(Backup.Made made) {
    made.wrongs().forEach(line -> System.err.println("WRONG: " + Rows.plain(line)));
    made.remarks().stream().map(Rows::plain).forEach(System.err::println);
    if (made.isOpenToOthers()) {
      System.err.println(
          "this disk knows no owners: see that nobody else reads the backup, there may be keys in"
              + " it");
    }
    made.removed().forEach(name -> System.out.println("removed " + name));
    System.out.printf(
        "%s: %,d events, %,d of them under a signed head; %,d files, %,d bytes, %,d of them written"
            + " now%n",
        made.folder(), made.events(), made.sealed(), made.files(), made.bytes(), made.copied());
  }

  /** Prints what a check of a backup came to; gives the exit status. */
  static int checked(Check.Checked checked) {
    return told(checked.verdict(), checked.isSealed() ? "proven" : "as it was made, but unsealed");
  }

  /** Prints what a check came to, ending in a word for it; gives the exit status. */
  static int told(Verdict verdict, String word) {
    verdict.proven().forEach(line -> System.out.println(Rows.plain(line)));
    verdict.findings().forEach(line -> System.out.println("WRONG: " + Rows.plain(line)));
    System.out.println(verdict.isProven() ? word : "NOT " + word);
    return verdict.isProven() ? 0 : 1;
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "of the sources" : version;
  }
}
