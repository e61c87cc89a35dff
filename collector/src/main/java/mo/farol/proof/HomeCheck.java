package mo.farol.proof;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import mo.farol.journal.StoredJournal;
import mo.farol.seal.Hash;
import mo.farol.seal.Heads;
import mo.farol.seal.Leaves;
import mo.farol.seal.Merkle;
import mo.farol.seal.SealFault;
import mo.farol.seal.SignedHead;
import mo.farol.seal.TreeReader;
import mo.farol.seal.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * Checks the journal and the seal of a home as they lie on the disk, running or not. What was said
 * later is looked at earlier: witnesses, heads, removals and keys, journal. So all that one of them
 * speaks of is there, though a centre goes on writing; what it removes meanwhile it records before.
 */
public final class HomeCheck implements AutoCloseable {
  private final StoredJournal journal;
  private final Path seal;
  private final Attestations attestations;
  private final Heads signed;
  private final Records records;
  private final TreeReader tree;
  private final Verdict.Notes notes = new Verdict.Notes();
  private final Leaves hashing = new Leaves();
  private @Nullable SignedHead last;
  private long lines;
  private long heads;
  private long grown;
  private long compared;

  private HomeCheck(
      Path journal,
      Path seal,
      VerifierKey key,
      List<VerifierKey> witnesses,
      Optional<X509Certificate> authority) {
    this.seal = seal;
    this.attestations = new Attestations(seal, witnesses, authority, notes);
    this.signed = Heads.untilNow(seal);
    this.records = new Records(seal, key, notes);
    this.tree = TreeReader.of(seal);
    this.journal = StoredJournal.open(journal);
  }

  /** Opens what is to be checked, whoever else saw it; nothing is written. */
  public static HomeCheck open(Path journalFolder, Path sealFolder, VerifierKey key) {
    return open(journalFolder, sealFolder, key, List.of(), Optional.empty());
  }

  /**
   * Opens what is to be checked; nothing is written.
   *
   * @param key one of those that signed, as it was handed over
   * @param witnesses who must have cosigned heads
   * @param authority certificate of who must have stamped heads
   */
  public static HomeCheck open(
      Path journalFolder,
      Path sealFolder,
      VerifierKey key,
      List<VerifierKey> witnesses,
      Optional<X509Certificate> authority) {
    return new HomeCheck(journalFolder, sealFolder, key, witnesses, authority);
  }

  /** Every head, every leaf, every frame. */
  public Verdict all() {
    var leaves = new SealedLeaves(tree, new FrameLeaves(journal, hashing), notes);
    signed.forEachLine(line -> follow(line, leaves));
    compareOpen(leaves);
    records.tellWrong();
    if (last == null) {
      notes.wrong(
          "there is no signed head in %s: nothing is proven; where there were heads, put that"
              + " folder back from the backup",
          seal);
      return notes.verdict();
    }
    attestations.finish();
    findLostHeads(last);
    records.tell();
    tellDamage();
    tellUnsealed(grown);
    tellProven(last, heads, 0, grown);
    return notes.verdict();
  }

  // A key gives way to another after the head it signed last; a running centre may have signed that
  // one since.
  private void findLostHeads(SignedHead last) {
    for (var rotation : records.keys().rotations()) {
      if (rotation.size() > last.head().size() && rotation.size() > newestSize()) {
        notes.wrong(
            "heads.jsonl has no head of %d events, though the key was changed after it: heads were"
                + " lost or taken away",
            rotation.size());
      }
    }
  }

  private long newestSize() {
    try {
      return Heads.in(seal).last().map(head -> head.head().size()).orElse(0L);
    } catch (SealFault e) {
      return 0; // its last line was changed, as was told
    }
  }

  /** Events {@code from} to before {@code to}, against the first head that covers them. */
  public Verdict range(long from, long to) {
    var head = signed.covering(to - 1);
    if (from < 0 || from >= to || head.isEmpty()) {
      notes.wrong("no signed head covers the events %d to %d", from, to - 1);
      return notes.verdict();
    }
    if (!isSigned(head.get())) {
      return notes.verdict();
    }
    var leaves = new ArrayList<Hash>();
    try {
      for (long at = from; at < to; at++) {
        leaves.add(tree.leaf(at));
      }
    } catch (SealFault e) {
      notes.wrong("%s; check the whole home", e.getMessage());
      return notes.verdict();
    }
    if (isLedTo(head.get(), leaves, from)) {
      compare(from, to, at -> leaves.get((int) (at - from)));
      attestations.covering(to, signed, seen -> isLedTo(seen, leaves, from));
      records.tellWrong();
      tellDamage();
      tellProven(head.get(), 1, from, to);
    } else {
      notes.wrong(
          "the tree does not lead from the events %d to %d to the head of %d; check the whole home",
          from, to - 1, head.get().head().size());
    }
    return notes.verdict();
  }

  private boolean isLedTo(SignedHead head, List<Hash> leaves, long from) {
    long size = head.head().size();
    var path = Merkle.path(tree, from, from + leaves.size(), size);
    return isSigned(head) && Merkle.root(leaves, from, size, path).equals(head.head().root());
  }

  /** The events of one of the journal's files, as far as a head covers them. */
  public Verdict segment(int number) {
    long sealed = signed.last().map(head -> head.head().size()).orElse(0L);
    for (var part : journal.parts()) {
      if (part.number() == number) {
        return range(part.firstSequence(), Math.min(part.endSequence(), sealed));
      }
    }
    notes.wrong(
        "the journal has no segment %d, but %s",
        number,
        journal.parts().stream()
            .map(part -> Integer.toString(part.number()))
            .collect(Collectors.joining(", ")));
    return notes.verdict();
  }

  @Override
  public void close() {
    tree.close();
    journal.close();
  }

  private void follow(String line, SealedLeaves leaves) {
    lines++;
    try {
      var head = Heads.read(line);
      if (isSigned(head) && isNext(head)) {
        attestations.check(head);
        records.check(head.head());
        grow(head, leaves);
      }
    } catch (IllegalArgumentException e) {
      notes.wrong("line %d of heads.jsonl: %s", lines, e.getMessage());
    }
  }

  private boolean isNext(SignedHead head) {
    if (head.head().size() > grown) {
      return true;
    }
    notes.wrong(
        "the head of %d events stands after one of %d: an old head was put in again",
        head.head().size(), grown);
    return false;
  }

  // The journal is gone over once, as far as the heads hold; anew only where one does not.
  private void grow(SignedHead head, SealedLeaves leaves) {
    var grew = leaves.growTo(head.head());
    if (grew != SealedLeaves.Grew.BY_FILE) {
      leaves.use(SealedLeaves.Grew.BY_FILE);
      compareOpen(leaves);
      compared = head.head().size();
    }
    if (grew == SealedLeaves.Grew.BY_FRAMES) {
      leaves.use(grew);
      compare(grown, head.head().size(), leaves::sealed);
    }
    grown = head.head().size();
    last = head;
    heads++;
  }

  private void compareOpen(SealedLeaves leaves) {
    if (compared < grown) {
      leaves.use(SealedLeaves.Grew.BY_FILE);
      compare(compared, grown, leaves::sealed);
    }
  }

  private boolean isSigned(SignedHead head) {
    var wrong = records.keys().wrong(head);
    wrong.forEach(sentence -> notes.wrong("%s", sentence));
    return wrong.isEmpty();
  }

  private void compare(long from, long to, LongFunction<Hash> sealed) {
    new JournalComparison(journal, hashing, sealed, this::isExcused, notes).compare(from, to);
  }

  private boolean isExcused(long at, Hash leaf) {
    return records.isRemoved(at) || leaf.equals(hashing.gap(at)) || records.isRemovedMeanwhile(at);
  }

  private void tellDamage() {
    if (journal.damaged() > 0) {
      notes.wrong(
          "%d places of the journal's files are not as they were written; every event named here"
              + " was compared all the same",
          journal.damaged());
    }
  }

  private void tellUnsealed(long sealed) {
    if (notes.found() == 0 && journal.durable() > sealed) {
      notes.proven(
          "events %d to %d came after the last signed head: nothing is proven of them",
          sealed, journal.durable() - 1);
    }
  }

  private void tellProven(SignedHead newest, long count, long from, long to) {
    if (notes.found() == 0) {
      notes.proven(
          "events %d to %d are as they were received: %d heads signed by %s, the last at %s",
          from, to - 1, count, records.keys().last().name(), newest.head().at());
    }
  }
}
