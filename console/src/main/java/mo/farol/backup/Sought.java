package mo.farol.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mo.farol.journal.JournalFault;
import mo.farol.proof.HomeCheck;
import mo.farol.proof.Verdict;
import mo.farol.seal.KeyChain;
import mo.farol.seal.SealFault;
import mo.farol.seal.SealKeys;
import mo.farol.seal.SignedText;
import mo.farol.seal.SignerKey;
import mo.farol.seal.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for in a backup, and in the home made of it: every file as the manifest says, the
 * manifest as it was signed, the journal as it was sealed. For one thread.
 */
final class Sought {
  private static final int MOST = 1_000;

  private final Kept kept;
  private final Optional<VerifierKey> given;
  private final List<String> proven = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();

  /**
   * @param given one of the keys that signed, as it was handed over
   */
  Sought(Kept kept, Optional<VerifierKey> given) {
    this.kept = kept;
    this.given = given;
  }

  /** Compares what was read of a file; null where it is not there. */
  void file(Manifest.Entry entry, Digest.@Nullable Sum sum) {
    if (sum == null) {
      wrong("%s is not there".formatted(entry.path()));
    } else if (sum.bytes() != entry.bytes()) {
      wrong("%s has %d bytes, not %d".formatted(entry.path(), sum.bytes(), entry.bytes()));
    } else if (!sum.sha256().equals(entry.sha256())) {
      wrong("%s was changed: its SHA-256 is not the manifest's".formatted(entry.path()));
    }
  }

  /** Takes note of a file that lies there and can't be read to its end. */
  void unreadable(Manifest.Entry entry, IOException why) {
    wrong("%s can't be read (%s)".formatted(entry.path(), why.getMessage()));
  }

  /** Tells what lies in the backup that its manifest does not name. */
  void strangers() throws IOException {
    Set<String> known =
        kept.manifest().files().stream().map(Manifest.Entry::path).collect(Collectors.toSet());
    try (Stream<Path> all = Files.walk(kept.home())) {
      all.filter(file -> !Files.isDirectory(file))
          .map(file -> kept.home().relativize(file).toString())
          .filter(path -> !known.contains(path))
          .sorted()
          .forEach(path -> wrong("%s was put in: the manifest does not know it".formatted(path)));
    } catch (UncheckedIOException e) {
      wrong("not all folders of the backup can be read (%s)".formatted(e.getMessage()));
    }
  }

  /** Checks the signature over the manifest, and a home made of it against its signed heads. */
  Verdict proof(Path home) {
    kept.doubt().ifPresent(proven::add);
    if (findings.isEmpty()) {
      proven.add(
          "%,d files, %,d bytes, are as they were when the backup was made, %s"
              .formatted(
                  kept.manifest().files().size(),
                  kept.manifest().bytes(),
                  kept.manifest().madeAt()));
    }
    try {
      var trusted = trusted(home);
      signed(home, trusted);
      if (kept.manifest().head().isPresent()) {
        sealed(home, trusted);
      } else {
        unsealed(home);
      }
    } catch (IOException | SealFault | JournalFault | IllegalArgumentException e) {
      wrong(String.valueOf(e.getMessage()));
    }
    return new Verdict(proven, findings);
  }

  private VerifierKey trusted(Path home) {
    var key = home.resolve("keys").resolve("seal.key");
    return given.orElseGet(
        () ->
            Files.exists(key)
                ? SignerKey.read(key).verifier()
                : VerifierKey.parse(kept.manifest().key()));
  }

  private void signed(Path home, VerifierKey trusted) {
    var last = KeyChain.of(trusted, SealKeys.stored(home.resolve("seal"))).last();
    var text = SignedText.read(kept.signature(), last);
    if (text.filter(kept.told()::equals).isEmpty()) {
      wrong(
          "%s was changed, or is not signed by %s (%s)"
              .formatted(Kept.MANIFEST, last.name(), last.fingerprint()));
    } else {
      proven.add(
          "its list of files is signed by %s, fingerprint %s"
              .formatted(last.name(), last.fingerprint()));
      if (given.isEmpty()) {
        proven.add(
            ("by itself only: no --key was given, so whoever wrote the backup chose the key."
                    + " Compare the fingerprint %s with the one that you keep elsewhere")
                .formatted(last.fingerprint()));
      }
    }
  }

  /** Whether signed heads cover events of it, or it has none. */
  boolean isSealed() {
    return kept.manifest().head().isPresent() || kept.manifest().next() == 0;
  }

  // A home is without a head for its first minute. Later they were lost, or taken away.
  private void unsealed(Path home) throws IOException {
    Unsealed.sealedOnce(home.resolve("seal"))
        .ifPresent(
            file ->
                wrong(
                    "seal/heads.jsonl has no signed head, though %s shows that there were some"
                        .formatted(file)));
    var journal = home.resolve("journal");
    if (Files.isDirectory(journal)) {
      Unsealed.examine(journal, kept.manifest()).forEach(this::wrong);
    }
    proven.add("nothing is sealed in it: no signed head says which events it had");
  }

  private void sealed(Path home, VerifierKey trusted) {
    try (var check = HomeCheck.open(home.resolve("journal"), home.resolve("seal"), trusted)) {
      var verdict = check.all();
      proven.addAll(verdict.proven());
      verdict.findings().forEach(this::wrong);
    }
    long sealed = kept.manifest().head().orElseThrow().size();
    Unsealed.behind(home.resolve("journal"), kept.manifest(), sealed).ifPresent(this::wrong);
  }

  private void wrong(String sentence) {
    if (findings.size() < MOST) {
      findings.add(sentence);
    }
  }
}
