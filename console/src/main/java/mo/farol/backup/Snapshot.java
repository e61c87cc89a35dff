package mo.farol.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mo.farol.centre.Home;
import mo.farol.seal.KeyChain;
import mo.farol.seal.SealFault;
import mo.farol.seal.SealKeys;
import mo.farol.seal.SignerKey;
import mo.farol.store.StoredIndex;

/**
 * Index, seal, journal and keys of a home as of one moment, though a centre goes on writing.
 *
 * <p>What refers to something is taken before it: the index and the signed heads before the journal
 * and the tree, the journal before the record of what was removed from it. Files that the centre
 * replaces are held by links; of files that only grow it is noted how far they went. Where the
 * index was committed to, a segment written anew or a key rotated meanwhile, all is taken once
 * more.
 *
 * @param parts what is to be kept
 * @param remarks what is not in it and why, a sentence each
 * @param key the one that signed last
 */
record Snapshot(List<Part> parts, List<String> remarks, SignerKey key) {
  private static final int TRIES = 40;
  private static final long PAUSE_MILLIS = 250;
  private static final int LOOKS = 40;
  private static final String HEADS = "heads.jsonl";
  private static final String REMOVALS = "removals.jsonl";
  private static final String ROTATIONS = "keys.jsonl";

  /**
   * Takes one.
   *
   * @throws BackupFault where the home would not hold still for a moment
   */
  static Snapshot take(Home home, Links links, boolean withKeys) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      try {
        var before = Unchanged.of(home);
        var taken = new Taking(home, links, withKeys).all();
        var key = SignerKey.read(home.sealKey());
        if (taken.isWhole && before.isIn(Unchanged.of(home))) {
          mustSignLast(home, key);
          return new Snapshot(taken.parts, taken.remarks, key);
        }
      } catch (NoSuchFileException e) {
        // replaced since it was listed
      }
      pause();
    }
    throw new BackupFault(
        "the home %s was changed all the time; make the backup when fewer events of the past arrive"
            .formatted(home.folder()));
  }

  // A crash in a rotation leaves the new key beside the old one; the next start puts it in place.
  private static void mustSignLast(Home home, SignerKey key) {
    if (!isLast(home, key)) {
      throw new BackupFault(
          ("%s gave way to another key, which is not in its place yet: start the centre once, then"
                  + " make the backup")
              .formatted(home.sealKey()));
    }
  }

  // Where nothing can be said of the keys, the check of the backup says what is wrong with them.
  private static boolean isLast(Home home, SignerKey key) {
    try {
      var chain = KeyChain.of(key.verifier(), SealKeys.stored(home.seal()));
      return chain.last().equals(key.verifier());
    } catch (SealFault | IllegalArgumentException e) {
      return true;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupFault("interrupted", e);
    }
  }

  /** One try. */
  private static final class Taking {
    private final Home home;
    private final Links links;
    private final boolean withKeys;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private boolean isWhole;

    Taking(Home home, Links links, boolean withKeys) {
      this.home = home;
      this.links = links;
      this.withKeys = withKeys;
    }

    Taking all() throws IOException {
      isWhole = index();
      var seal = files(home.seal(), "jsonl");
      lines(seal, name -> !List.of(HEADS, REMOVALS, ROTATIONS).contains(name));
      lines(seal, HEADS::equals);
      journal();
      for (var level : files(home.seal().resolve("tree"), "").entrySet()) {
        parts.add(Part.of("seal/tree/" + level.getKey(), level.getValue()));
      }
      var later = files(home.seal(), "jsonl");
      lines(later, REMOVALS::equals);
      lines(later, ROTATIONS::equals);
      if (withKeys) {
        for (var key : files(home.keys(), "").entrySet()) {
          parts.add(Part.read("keys/" + key.getKey(), Files.readAllBytes(key.getValue())));
        }
      }
      return this;
    }

    // All days as of one moment, for a row may move from one to another: where none was committed
    // to from the first look to the second, there was one.
    private boolean index() throws IOException {
      var index = StoredIndex.in(home.index());
      SortedMap<String, List<String>> linked = new TreeMap<>();
      for (int i = 0; i < LOOKS; i++) {
        link(index, linked);
        var later = StoredIndex.in(home.index());
        if (index.isAt(later) && linked.equals(index.days())) {
          take(index);
          return true;
        }
        index = later;
      }
      return false;
    }

    // Only days that were committed to since: however many there are, the next look comes soon.
    private void link(StoredIndex index, Map<String, List<String>> linked) throws IOException {
      linked.keySet().retainAll(index.days().keySet());
      for (var day : index.days().entrySet()) {
        if (day.getValue().equals(linked.get(day.getKey()))) {
          continue;
        }
        try {
          for (var name : day.getValue()) {
            links.to(home.index(), home.index().resolve(day.getKey()).resolve(name));
          }
          linked.put(day.getKey(), day.getValue());
        } catch (NoSuchFileException e) {
          linked.remove(day.getKey()); // committed to just now: seen by the next look
        }
      }
    }

    private void take(StoredIndex index) throws IOException {
      for (var day : index.days().entrySet()) {
        if (day.getValue().isEmpty()) {
          remarks.add(
              "index/%s can't be read and is not in the backup; it is made anew from the journal"
                  .formatted(day.getKey()));
        }
        for (var name : day.getValue()) {
          var file = home.index().resolve(day.getKey()).resolve(name);
          var link = links.of(home.index(), file);
          parts.add(Part.of("index/%s/%s".formatted(day.getKey(), name), link));
        }
      }
      if (!index.checkpoint().isEmpty()) {
        byte[] text = index.checkpoint().getBytes(StandardCharsets.UTF_8);
        parts.add(Part.read("index/" + StoredIndex.checkpointFile(), text));
      }
    }

    private void journal() throws IOException {
      // Twice, for a listing may pass over a file that takes the place of another just then.
      var segments = new TreeMap<>(files(home.journal(), ".seg"));
      segments.putAll(files(home.journal(), ".seg"));
      for (var segment : segments.entrySet()) {
        var link = links.to(home.journal(), segment.getValue());
        parts.add(Part.of("journal/" + segment.getKey(), link));
      }
      for (var piece : files(home.journal().resolve("quarantine"), "").entrySet()) {
        parts.add(Part.of("journal/quarantine/" + piece.getKey(), piece.getValue()));
      }
    }

    private void lines(Map<String, Path> seal, Predicate<String> wanted) throws IOException {
      for (var file : seal.entrySet()) {
        if (wanted.test(file.getKey())) {
          long whole = WholeLines.length(file.getValue());
          parts.add(Part.of("seal/" + file.getKey(), file.getValue(), whole));
        }
      }
    }

    private static Map<String, Path> files(Path folder, String ending) throws IOException {
      var found = new TreeMap<String, Path>();
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().endsWith(ending))
              .filter(file -> !file.toString().endsWith(".new"))
              .forEach(file -> found.put(file.getFileName().toString(), file));
        }
      }
      return found;
    }
  }
}
