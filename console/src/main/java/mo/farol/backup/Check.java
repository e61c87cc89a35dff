package mo.farol.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import mo.farol.proof.Verdict;
import mo.farol.seal.VerifierKey;

/** Checks a backup where it lies, as a restore would; writes nothing. */
public final class Check {
  /**
   * What came of it.
   *
   * @param isSealed whether signed heads cover events of it, or it has none
   */
  public record Checked(Verdict verdict, boolean isSealed) {}

  private Check() {}

  /**
   * Checks a backup, or the newest whole one in a folder of several.
   *
   * @param key one of the keys that signed, as it was handed over; else the one in the backup
   * @throws mo.farol.centre.Usage where there is no such folder
   * @throws BackupFault where nothing in it is a whole backup
   */
  public static Checked of(Path from, Optional<VerifierKey> key) {
    return of(from, key, new Digest());
  }

  static Checked of(Path from, Optional<VerifierKey> key, Digest digest) {
    var kept = Kept.in(from);
    var sought = new Sought(kept, key);
    try {
      for (var entry : kept.manifest().files()) {
        var file = kept.home().resolve(entry.path());
        try {
          sought.file(entry, Disk.isFileIn(kept.home(), entry.path()) ? digest.of(file) : null);
        } catch (Digest.Unreadable e) {
          sought.unreadable(entry, e);
        }
      }
      sought.strangers();
    } catch (IOException e) {
      throw new BackupFault("cannot read the backup %s: %s".formatted(kept.folder(), e), e);
    }
    return new Checked(sought.proof(kept.home()), sought.isSealed());
  }
}
