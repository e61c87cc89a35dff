package mo.farol.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.centre.Usage;
import mo.farol.seal.KeyChain;
import mo.farol.seal.SealFault;
import mo.farol.seal.SealKeys;
import mo.farol.seal.SignedText;
import mo.farol.seal.VerifierKey;

/**
 * A whole backup as it lies in its folder.
 *
 * @param folder holds {@code manifest.json}, its signature and the folder {@code home}
 * @param manifest what is in it
 * @param told text that must be signed for this manifest
 * @param signature the note that is to hold that text
 * @param doubt what makes it doubtful that it is the newest, a sentence for people; mostly empty
 */
record Kept(Path folder, Manifest manifest, String told, String signature, Optional<String> doubt) {
  static final String MANIFEST = "manifest.json";
  static final String SIGNATURE = "manifest.sig";
  static final String HOME = "home";

  /** Of the name of a backup. */
  static final String BEGIN = "farol-";

  /** Ends the name of a backup that is not whole. */
  static final String PARTIAL = ".partial";

  static final Comparator<Kept> BY_TIME =
      Comparator.comparing((Kept kept) -> kept.manifest().madeAt()).thenComparing(Kept::name);

  // What more events are in is newer, whatever the clock said.
  static final Comparator<Kept> BY_EVENTS =
      Comparator.comparingLong((Kept kept) -> kept.manifest().next()).thenComparing(BY_TIME);

  // A signature is a few lines.
  private static final long LONGEST_SIGNATURE = 64 << 10;

  /** Where its files lie. */
  Path home() {
    return folder.resolve(HOME);
  }

  /** Its name. */
  String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  /**
   * A backup, or the newest whole one in a folder of several.
   *
   * @throws Usage where there is no such folder
   * @throws BackupFault where nothing in it is a whole backup
   */
  static Kept in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Usage("there is no folder " + folder);
    }
    try {
      if (folder.toString().endsWith(PARTIAL)
          || Files.exists(folder.resolve(MANIFEST))
          || Files.exists(folder.resolve(HOME))) {
        return read(folder);
      }
      var all = new ArrayList<Kept>();
      for (var each : whole(folder)) {
        all.add(read(each));
      }
      if (all.isEmpty()) {
        return none(folder);
      }
      var newest = Collections.max(all, BY_EVENTS);
      for (var each : all) {
        each.mustBeOfTheHomeOf(newest);
      }
      var latest = Collections.max(all, BY_TIME);
      return latest.equals(newest) ? newest : newest.thoughMadeBefore(latest);
    } catch (IOException e) {
      throw new BackupFault("cannot read the backup in %s: %s".formatted(folder, e), e);
    }
  }

  private Kept thoughMadeBefore(Kept other) {
    return new Kept(
        folder,
        manifest,
        told,
        signature,
        Optional.of(
            "%s was taken, which ends before event %d; %s says that it was made later and ends before %d: a clock was wrong, or a restored home went on from an older backup. Name the one that you mean"
                .formatted(name(), manifest.next(), other.name(), other.manifest.next())));
  }

  /** The newest whole backup in a folder of several that a key signed. */
  static Optional<Kept> newestIn(Path folder, VerifierKey key) throws IOException {
    var all = new ArrayList<Kept>();
    for (var each : whole(folder)) {
      try {
        all.add(read(each));
      } catch (IOException | BackupFault e) {
        // of no use here; a check of it tells why
      }
    }
    return all.stream().filter(each -> each.isSignedBy(key)).max(BY_EVENTS);
  }

  /** Whether its list of files is as a key signed it. */
  boolean isSignedBy(VerifierKey key) {
    return SignedText.read(signature, key).filter(told::equals).isPresent();
  }

  // Keys are rotated: the newest backup of a home knows all that signed the ones before.
  private void mustBeOfTheHomeOf(Kept newest) {
    try {
      var notes = SealKeys.stored(newest.home().resolve("seal"));
      if (!manifest.key().equals(newest.manifest.key())) {
        KeyChain.of(VerifierKey.parse(manifest.key()), notes);
      }
    } catch (SealFault | IllegalArgumentException e) {
      throw new BackupFault(
          "%s and %s do not seem to be of one home (%s); name the backup that you mean"
              .formatted(folder, newest.folder, e.getMessage()),
          e);
    }
  }

  /** Folders of backups that are not whole. */
  static List<Path> partial(Path folder) throws IOException {
    return folders(folder).stream().filter(each -> each.toString().endsWith(PARTIAL)).toList();
  }

  private static Kept none(Path folder) throws IOException {
    var broken = partial(folder);
    throw new BackupFault(
        broken.isEmpty()
            ? "there is no backup in " + folder
            : "no backup in %s is whole: %s was broken off; make another"
                .formatted(folder, broken.getLast().getFileName()));
  }

  /** Folders of backups that have a list of files, in order of their names. */
  static List<Path> whole(Path folder) throws IOException {
    return folders(folder).stream()
        .filter(each -> !each.toString().endsWith(PARTIAL))
        .filter(each -> Files.exists(each.resolve(MANIFEST)))
        .toList();
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
          .filter(each -> each.getFileName().toString().startsWith(BEGIN))
          .sorted()
          .toList();
    }
  }

  /**
   * Reads what a backup says of itself.
   *
   * @throws BackupFault where it is not whole, or its list of files can't be believed
   */
  static Kept read(Path folder) throws IOException {
    var file = folder.resolve(MANIFEST);
    if (!Disk.isFile(file) || folder.toString().endsWith(PARTIAL)) {
      throw new BackupFault(
          "the backup %s is not whole: it was broken off; take another".formatted(folder));
    }
    byte[] written = Files.readAllBytes(file);
    var signature = folder.resolve(SIGNATURE);
    boolean isSigned = Disk.isFile(signature) && Files.size(signature) <= LONGEST_SIGNATURE;
    try {
      return new Kept(
          folder,
          Manifest.read(written),
          Signatures.text(written),
          isSigned ? Files.readString(signature) : "",
          Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new BackupFault(
          "%s of the backup %s was changed or is another's: %s"
              .formatted(MANIFEST, folder, e.getMessage()),
          e);
    }
  }
}
