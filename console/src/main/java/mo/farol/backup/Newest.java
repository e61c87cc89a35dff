package mo.farol.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mo.farol.centre.Home;
import mo.farol.seal.SignerKey;
import mo.farol.seal.VerifierKey;

/**
 * Removes the backups of a home that enough newer, proven ones make needless. Only what the home's
 * own keys signed is looked at, and it is removed only once the backup just made is proven. Each is
 * proven once, as a restore would, and a note beside it says so; later it is enough that all its
 * files lie there in their lengths. For one thread.
 */
final class Newest {
  private static final Set<String> OURS =
      Set.of(Kept.MANIFEST, Kept.SIGNATURE, Kept.HOME, ProofNote.FILE);

  /**
   * What came of it.
   *
   * @param removed names of what was removed, oldest first
   * @param remarks what stays though it does not count, a sentence each
   * @param wrongs why the backup just made is not proven, a sentence each; nothing is removed then
   */
  record Came(List<String> removed, List<String> remarks, List<String> wrongs) {}

  private final Target target;
  private final HomeKeys keys;
  private final SignerKey key;
  private final int wanted;
  private final List<String> removed = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final Map<Path, Boolean> proven = new HashMap<>();

  /**
   * @param key signs that a backup was proven
   * @param wanted how many proven backups stay
   */
  Newest(Target target, HomeKeys keys, SignerKey key, int wanted) {
    this.target = target;
    this.keys = keys;
    this.key = key;
    this.wanted = wanted;
  }

  /** Proves a backup that was just made, then removes what it and others make needless. */
  Came after(Path made) throws IOException {
    var kept = Kept.read(made);
    var checked = check(kept);
    if (!checked.verdict().isProven()) {
      var why = checked.verdict().findings().stream().map("the new backup is not proven: "::concat);
      return new Came(List.of(), List.of(), why.toList());
    }
    if (!checked.isSealed()) {
      remarks.add("it has no signed head yet and does not count: nothing older was removed");
      return new Came(List.of(), remarks, List.of());
    }
    ProofNote.write(kept, key);
    proven.put(made, true);
    remove(needless(ours()));
    return new Came(removed, remarks, List.of());
  }

  private List<Kept> ours() throws IOException {
    var ours = new ArrayList<Kept>();
    for (var folder : Kept.whole(target.folder())) {
      try {
        var kept = Kept.read(folder);
        if (keys.signed(kept)) {
          ours.add(kept);
        } else {
          remarks.add(stays(folder, "no key of this home signed it"));
        }
      } catch (IOException | BackupFault e) {
        remarks.add(stays(folder, String.valueOf(e.getMessage())));
      }
    }
    return ours;
  }

  // Where a clock was wrong, or a restored home goes on, events and times disagree about which is
  // newer: what is among the newest by either stays.
  private List<Kept> needless(List<Kept> ours) throws IOException {
    var stay = new HashSet<>(newest(ours, Kept.BY_EVENTS));
    stay.addAll(newest(ours, Kept.BY_TIME));
    return ours.stream().filter(kept -> !stay.contains(kept)).sorted(Kept.BY_TIME).toList();
  }

  // All down to the last proven one that is wanted; one that is not proven counts for none, and a
  // copy of another is no further one.
  private List<Kept> newest(List<Kept> ours, Comparator<Kept> order) throws IOException {
    var newest = new ArrayList<Kept>();
    Map<String, Kept> counted = new HashMap<>();
    for (var kept : ours.stream().sorted(order.reversed()).toList()) {
      if (counted.size() == wanted) {
        break;
      }
      newest.add(kept);
      var same = counted.get(kept.told());
      if (same != null) {
        tell(stays(kept.folder(), "it is a copy of " + same.name()));
      } else if (isProven(kept)) {
        counted.put(kept.told(), kept);
      }
    }
    return newest;
  }

  private boolean isProven(Kept kept) throws IOException {
    var known = proven.get(kept.folder());
    if (known == null) {
      known = prove(kept);
      proven.put(kept.folder(), known);
    }
    return known;
  }

  private boolean prove(Kept kept) throws IOException {
    for (var entry : kept.manifest().files()) {
      if (!Disk.isFileIn(kept.home(), entry.path())
          || Files.size(kept.home().resolve(entry.path())) != entry.bytes()) {
        remarks.add(stays(kept.folder(), entry.path() + " is not there whole"));
        return false;
      }
    }
    if (ProofNote.isOf(kept, keys)) {
      return true;
    }
    var checked = check(kept);
    if (checked.verdict().isProven() && checked.isSealed()) {
      ProofNote.write(kept, key);
      return true;
    }
    var why = checked.verdict().findings();
    remarks.add(stays(kept.folder(), why.isEmpty() ? "it is unsealed" : why.getFirst()));
    return false;
  }

  // By the key that signed it, of which the home's own keys say that it was theirs.
  private static Check.Checked check(Kept kept) {
    var signer = VerifierKey.parse(kept.manifest().key());
    return Check.of(kept.folder(), Optional.of(signer));
  }

  private void remove(List<Kept> needless) throws IOException {
    for (var kept : needless) {
      var stranger = stranger(kept);
      if (stranger.isPresent()) {
        tell(stays(kept.folder(), stranger.get()));
      } else {
        target.remove(kept.folder());
        removed.add(kept.name());
      }
    }
  }

  // The two orders of what is newest may meet the same.
  private void tell(String remark) {
    if (!remarks.contains(remark)) {
      remarks.add(remark);
    }
  }

  // What is not as it was kept may be somebody's work.
  private static Optional<String> stranger(Kept kept) throws IOException {
    try (Stream<Path> inside = Files.list(kept.folder())) {
      var other =
          inside
              .map(file -> file.getFileName().toString())
              .filter(name -> !OURS.contains(name))
              .sorted()
              .findFirst();
      if (other.isPresent()) {
        return other.map(name -> name + " in it is not of a backup");
      }
    }
    return new Home(kept.home()).isHeld()
        ? Optional.of("a centre runs on its folder " + Kept.HOME)
        : Written.since(kept);
  }

  private static String stays(Path folder, String why) {
    return "%s does not count and stays: %s".formatted(folder.getFileName(), why);
  }
}
