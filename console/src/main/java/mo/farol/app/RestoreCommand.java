package mo.farol.app;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.backup.Check;
import mo.farol.backup.Restore;
import mo.farol.centre.Home;
import mo.farol.seal.VerifierKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code farol restore}: a home from a backup, proven before it may run. */
@Command(
    name = "restore",
    description = {
      "Puts a backup, or the newest whole one in FOLDER, into a home that is empty or not there.",
      "Compares every file and proves the journal by its signed heads; names what is wrong."
    })
final class RestoreCommand implements Callable<Integer> {
  @Mixin private HomeOption home;

  @Option(
      names = "--from",
      paramLabel = "FOLDER",
      required = true,
      description = "a backup, or a folder of several")
  private Path from;

  @Option(names = "--check", description = "checks the backup where it lies and restores nothing")
  private boolean check;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "the public key to trust, or a file that holds it (default: the backup's own)")
  private Optional<String> key;

  @Override
  public Integer call() {
    Optional<VerifierKey> trusted = key.map(VerifyCommand::keyOf);
    if (check) {
      return BackupCommand.checked(Check.of(from, trusted));
    }
    var restored = Restore.into(new Home(home.path()), from, trusted, InstantSource.system());
    int status =
        BackupCommand.told(
            restored.verdict(), restored.isSealed() ? "restored" : "restored, but unsealed");
    System.err.printf(
        "%s ends before event %,d; it has all that was acknowledged before %s. Later events, heads"
            + " and changes of the ledger are not in it: the manual says whom to tell%n",
        restored.name(), restored.next(), restored.begunAt());
    if (status != 0) {
      System.err.println(
          "no centre starts on this home: restore another backup, or remove its file"
              + " restore.unfinished to take what is there as it is");
    }
    if (!restored.hasKeys()) {
      System.err.println("it came without keys: put the folder keys back before you start");
    }
    return status;
  }
}
