package mo.farol.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.centre.Folders;
import mo.farol.centre.Home;
import mo.farol.centre.Usage;
import mo.farol.disk.OwnerOnly;
import mo.farol.health.LastBackup;
import mo.farol.journal.StoredJournal;
import mo.farol.ledger.LedgerCopy;
import mo.farol.seal.Heads;
import mo.farol.seal.SealFault;
import mo.farol.seal.SignedText;
import mo.farol.seal.SignerKey;
import mo.farol.seal.TreeReader;
import mo.farol.store.StoredIndex;

/**
 * Makes a backup of a home, running or stopped: first what speaks of events, ledger and the like,
 * then a {@link Snapshot} of index, seal and journal.
 */
public final class Backup {
  /** Held while a backup is made, in the home and in the folder it goes into. */
  static final String LOCK = Home.BACKUP_LOCK;

  private static final long MARGIN = 64 << 20;
  private static final String TREE =
      "the tree does not lead to the newest signed head; 'farol verify --home' says why";

  /**
   * How a backup is made.
   *
   * @param to folder that backups are put into
   * @param shares whether files that are the same in the newest backup there are shared with it
   * @param hasKeys whether private keys go with it
   * @param reserve bytes that are left free where backups lie on the home's own disk
   * @param keep how many proven backups stay, the others of this home go; 0 for all
   */
  public record Order(Path to, boolean shares, boolean hasKeys, long reserve, int keep) {
    /** Leaves no reserve and removes none. */
    public Order(Path to, boolean shares, boolean hasKeys) {
      this(to, shares, hasKeys, 0, 0);
    }
  }

  /**
   * A backup that is whole.
   *
   * @param folder where it lies
   * @param events sequence after the last one in it
   * @param sealed how many of them a signed head covers
   * @param files how many
   * @param bytes of all files
   * @param copied how many of these bytes were written; the others are shared
   * @param remarks what is not in it, or not as it should be, a sentence each
   * @param wrongs what is wrong with the home it was made of, a sentence each
   * @param isOpenToOthers whether the disk does not keep other people from reading it
   * @param removed names of older backups that were removed
   */
  public record Made(
      Path folder,
      long events,
      long sealed,
      int files,
      long bytes,
      long copied,
      List<String> remarks,
      List<String> wrongs,
      boolean isOpenToOthers,
      List<String> removed) {
    public Made {
      remarks = List.copyOf(remarks);
      wrongs = List.copyOf(wrongs);
      removed = List.copyOf(removed);
    }

    private Made but(String remark) {
      return with(new Newest.Came(removed, List.of(remark), List.of()));
    }

    private Made with(Newest.Came came) {
      return new Made(
          folder,
          events,
          sealed,
          files,
          bytes,
          copied,
          all(remarks, came.remarks()),
          all(wrongs, came.wrongs()),
          isOpenToOthers,
          came.removed());
    }

    private static List<String> all(List<String> some, List<String> more) {
      return Stream.concat(some.stream(), more.stream()).toList();
    }
  }

  private final Home home;
  private final Order order;
  private final InstantSource clock;
  private final String version;
  private final List<String> remarks = new ArrayList<>();
  private final List<String> wrongs = new ArrayList<>();
  private boolean isOpenToOthers;

  private Backup(Home home, Order order, InstantSource clock, String version) {
    this.home = home;
    this.order = order;
    this.clock = clock;
    this.version = version;
  }

  /**
   * Makes a backup; whole and on the disk when this returns, and told in the home.
   *
   * @param version of this Farol
   * @throws Usage where there is no home, or the folder can't be used
   * @throws BackupFault where it could not be made; nothing of it is left then
   */
  public static Made make(Home home, Order order, InstantSource clock, String version) {
    if (!home.isThere()) {
      throw new Usage("there is no home in " + home.folder());
    }
    mustBeRestored(home);
    return makeOf(home.real(), order, clock, version);
  }

  private static Made makeOf(Home home, Order order, InstantSource clock, String version) {
    var begun = clock.instant();
    List<Made> made = new ArrayList<>();
    try {
      make(home, order, clock, version, begun, made);
      return made.getFirst();
    } catch (BackupFault | Usage e) {
      LastBackup.failed(home.folder(), begun, String.valueOf(e.getMessage()));
      throw e;
    } catch (IOException | RuntimeException e) {
      if (!made.isEmpty()) {
        return made.getFirst().but("it is whole, but what came after failed: " + said(e));
      }
      LastBackup.failed(home.folder(), begun, said(e));
      throw new BackupFault(
          "the backup was not made: %s. Nothing of it is left; see that %s has room and try again"
              .formatted(said(e), order.to()),
          e);
    }
  }

  // Whatever fails once there is a backup, there is one.
  private static void make(
      Home home, Order order, InstantSource clock, String version, Instant begun, List<Made> made)
      throws IOException {
    try (var target = Target.open(order.to(), home);
        var _ = held(home)) {
      try (var links = Links.in(home.journal(), home.index())) {
        made.add(new Backup(home, order, clock, version).make(target, links, begun));
        target.force();
        LastBackup.made(home.folder(), begun, made.getFirst().folder());
      }
      if (order.keep() > 0) {
        var came = removed(target, home, order, made.getFirst());
        made.set(0, made.getFirst().with(came));
        came.wrongs().stream()
            .findFirst()
            .ifPresent(wrong -> LastBackup.failed(home.folder(), begun, wrong));
      }
    }
  }

  private static Newest.Came removed(Target target, Home home, Order order, Made made)
      throws IOException {
    var keys = HomeKeys.of(home);
    if (keys.isEmpty() || !made.wrongs().isEmpty()) {
      var why = List.of("nothing older was removed: see first what is wrong with the home");
      return new Newest.Came(List.of(), why, List.of());
    }
    return new Newest(target, keys.get(), SignerKey.read(home.sealKey()), order.keep())
        .after(made.folder());
  }

  private static void mustBeRestored(Home home) {
    if (Files.exists(home.unfinished())) {
      throw new BackupFault(
          "a restore into %s has not ended, or did not end well: there is nothing to be kept yet"
              .formatted(home.folder()));
    }
  }

  private void lookWhere(Path folder) throws IOException {
    if (Files.getFileStore(folder).equals(Files.getFileStore(home.folder()))) {
      remarks.add("%s is on the same disk as the home, and would go with it".formatted(folder));
    }
  }

  private static FileChannel held(Home home) throws IOException {
    return Locks.take(home.backupLock())
        .orElseThrow(
            () ->
                new BackupFault("another backup of the home " + home.folder() + " is being made"));
  }

  private Made make(Target target, Links links, Instant begun) throws IOException {
    var earlier =
        order.shares()
            ? Kept.newestIn(target.folder(), SignerKey.read(home.sealKey()).verifier())
                .map(Earlier::of)
            : Optional.<Earlier>empty();
    lookWhere(target.folder());
    var partial = target.begin(begun);
    try {
      lookWhoReads(partial);
      var copies = new Copies(partial.resolve(Kept.HOME), earlier);
      beforeTheJournal(copies);
      var snapshot = Snapshot.take(home, links, order.hasKeys());
      remarks.addAll(snapshot.remarks());
      keep(snapshot.parts(), copies, partial);
      var manifest = manifest(begun, partial.resolve(Kept.HOME), snapshot.key(), copies.entries());
      byte[] written = manifest.write();
      String signature = SignedText.sign(Signatures.text(written), snapshot.key());
      mustBeRestored(home);
      var whole = target.finish(partial, written, signature);
      return made(whole, manifest, copies.copied());
    } catch (IOException | RuntimeException e) {
      discard(partial, e);
      throw e;
    }
  }

  // Some disks take modes and don't keep them: only what was made says who may read it.
  private void lookWhoReads(Path partial) throws IOException {
    isOpenToOthers = Disk.isOpenToOthers(partial);
    if (isOpenToOthers && order.hasKeys() && OwnerOnly.isKnown(partial)) {
      throw new BackupFault(
          ("files in %s can be read by others, whatever their modes were to be, and private keys go"
                  + " with a backup: mount it with a umask of 077, or make it --without-keys")
              .formatted(order.to()));
    }
  }

  // Whatever these say of events, the journal, which is taken later, has them. What sources.json
  // says was told, the ledger, which is taken after it, has.
  private void beforeTheJournal(Copies copies) throws IOException {
    if (Files.exists(home.sources())) {
      String sources = home.sources().getFileName().toString();
      copies.add(Part.whole(sources, home.sources()));
    }
    String ledger = home.ledger().getFileName().toString();
    var file = copies.place(ledger);
    OwnerOnly.create(file).close();
    LedgerCopy.make(home.ledger(), file);
    copies.wrote(ledger);
    var others = Others.of(home, order.hasKeys());
    remarks.addAll(others.remarks());
    for (var part : copies.share(others.parts())) {
      copies.add(part);
    }
  }

  private void keep(List<Part> parts, Copies copies, Path partial) throws IOException {
    var left = copies.share(parts);
    long needed = left.stream().mapToLong(Part::bytes).sum();
    var disk = Files.getFileStore(partial);
    boolean isHomes = disk.equals(Files.getFileStore(home.folder()));
    long free =
        disk.getUsableSpace() - (isHomes && order.reserve() > 0 ? order.reserve() + MARGIN : 0);
    if (needed > free) {
      throw new BackupFault(
          "the backup needs %,d MiB and %s has %,d MiB free%s; nothing of it is left there"
              .formatted(
                  (needed >> 20) + 1,
                  order.to(),
                  Math.max(0, free) >> 20,
                  isHomes ? " beside what the centre keeps in reserve on the same disk" : ""));
    }
    for (var part : left) {
      copies.add(part);
    }
  }

  private Manifest manifest(Instant begun, Path copy, SignerKey key, List<Manifest.Entry> entries)
      throws IOException {
    long first;
    long next;
    try (var journal = StoredJournal.open(folder(copy.resolve("journal")))) {
      first = journal.parts().isEmpty() ? 0 : journal.parts().getFirst().firstSequence();
      next = journal.durable();
    }
    long indexed = StoredIndex.in(copy.resolve("index")).next();
    if (indexed > next) {
      remarks.add(
          "the index knows events before %d and the journal ends before %d: 'farol verify --home' says what is missing"
              .formatted(indexed, next));
    }
    return new Manifest(
        version,
        begun,
        clock.instant(),
        order.hasKeys(),
        first,
        next,
        head(copy.resolve("seal")),
        key.verifier().toString(),
        entries);
  }

  // A seal without its tree proves nothing: better known now than on the day of the restore. What
  // there is, is kept all the same.
  private Optional<Manifest.SealedTo> head(Path seal) throws IOException {
    var last = Heads.in(seal).last();
    if (last.isEmpty()) {
      Unsealed.sealedOnce(seal)
          .ifPresent(
              file ->
                  wrongs.add(
                      "the home has no signed head, though %s shows that there were some: put seal/heads.jsonl back from an older backup"
                          .formatted(file)));
      return Optional.empty();
    }
    var head = last.get().head();
    try (var tree = TreeReader.of(seal)) {
      if (!tree.hash(0, head.size()).equals(head.root())) {
        wrongs.add(TREE);
      }
    } catch (SealFault e) {
      wrongs.add(TREE);
    }
    return Optional.of(new Manifest.SealedTo(head.size(), head.root().hex()));
  }

  private static Path folder(Path folder) throws IOException {
    OwnerOnly.makeFolder(folder);
    return folder;
  }

  private Made made(Path folder, Manifest manifest, long copied) {
    return new Made(
        folder,
        manifest.next(),
        manifest.head().map(Manifest.SealedTo::size).orElse(0L),
        manifest.files().size(),
        manifest.bytes(),
        copied,
        remarks,
        wrongs,
        isOpenToOthers,
        List.of());
  }

  private static void discard(Path partial, Exception cause) {
    try {
      Folders.delete(partial);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static String said(Exception e) {
    String message = String.valueOf(e.getMessage());
    return e instanceof IOException ? e.getClass().getSimpleName() + ": " + message : message;
  }
}
