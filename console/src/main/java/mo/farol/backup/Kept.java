package mo.farol.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.centre.Usage;

/**
 * A whole backup as it lies in its folder.
 *
 * @param folder holds {@code manifest.json}, its signature and the folder {@code home}
 * @param manifest what is in it
 * @param told text that must be signed for this manifest
 * @param signature the note that is to hold that text
 */
record Kept(Path folder, Manifest manifest, String told, String signature) {
  static final String MANIFEST = "manifest.json";
  static final String SIGNATURE = "manifest.sig";
  static final String HOME = "home";

  /** Of the name of a backup. */
  static final String BEGIN = "farol-";

  /** Ends the name of a backup that is not whole. */
  static final String PARTIAL = ".partial";

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
      var newest = newest(folder);
      return newest.isPresent() ? read(newest.get()) : none(folder);
    } catch (IOException e) {
      throw new BackupFault("cannot read the backup in %s: %s".formatted(folder, e), e);
    }
  }

  /** The newest whole backup in a folder of several, where it can be read. */
  static Optional<Kept> newestIn(Path folder) {
    try {
      return newest(folder).map(Kept::in);
    } catch (IOException | BackupFault e) {
      return Optional.empty();
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

  // Their names are in order of time.
  private static Optional<Path> newest(Path folder) throws IOException {
    return folders(folder).stream()
        .filter(each -> !each.toString().endsWith(PARTIAL))
        .filter(each -> Files.exists(each.resolve(MANIFEST)))
        .reduce((_, later) -> later);
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory)
          .filter(each -> each.getFileName().toString().startsWith(BEGIN))
          .sorted()
          .toList();
    }
  }

  private static Kept read(Path folder) throws IOException {
    var file = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(file) || folder.toString().endsWith(PARTIAL)) {
      throw new BackupFault(
          "the backup %s is not whole: it was broken off; take another".formatted(folder));
    }
    byte[] written = Files.readAllBytes(file);
    var signature = folder.resolve(SIGNATURE);
    boolean isSigned = Files.isRegularFile(signature) && Files.size(signature) <= LONGEST_SIGNATURE;
    try {
      return new Kept(
          folder,
          Manifest.read(written),
          Signatures.text(written),
          isSigned ? Files.readString(signature) : "");
    } catch (IllegalArgumentException e) {
      throw new BackupFault(
          "%s of the backup %s was changed or is another's: %s"
              .formatted(MANIFEST, folder, e.getMessage()),
          e);
    }
  }
}
