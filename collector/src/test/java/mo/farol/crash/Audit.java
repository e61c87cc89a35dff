package mo.farol.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.journal.EventLog;
import mo.farol.journal.StoredJournal;
import mo.farol.proof.HomeCheck;
import mo.farol.seal.KeyChain;
import mo.farol.seal.Removal;
import mo.farol.seal.Removals;
import mo.farol.seal.SealKeys;
import mo.farol.seal.SignerKey;
import mo.farol.seal.VerifierKey;
import mo.farol.store.IndexRows;

/** Holds a home, as it lies on the disk, against what senders were told. */
final class Audit {
  private final Home home;
  private final Told told;
  private final Map<Long, Integer> found = new HashMap<>();
  private final BitSet present = new BitSet();
  private long end;

  Audit(Home home, Told told) {
    this.home = home;
    this.told = told;
  }

  /** After a kill: what is new in the journal, and all of the index as it was last committed. */
  void look(int fleeting) throws IOException {
    readOn();
    var fresh = new ArrayList<Long>();
    told.takeFresh(fresh);
    fresh.removeIf(number -> Sender.id(number) == fleeting || found.containsKey(number));
    assertThat(fresh).as("answered and not in the journal").isEmpty();
    var removed = removed();
    assertThat(within(present, removed).nextClearBit(0))
        .as("a gap")
        .isGreaterThanOrEqualTo(endOf());
    checkIndex(removed);
  }

  /** Once everything was caught up with: the whole of it. */
  void settle(int fleeting) throws IOException {
    found.clear();
    present.clear();
    end = 0;
    readOn();
    var removed = removed();
    var overlap = (BitSet) present.clone();
    overlap.and(removed);
    assertThat(overlap.isEmpty()).as("removed means gone").isTrue();
    assertThat(within(present, removed).nextClearBit(0)).isEqualTo(endOf());
    assertThat(indexed()).as("rows of the index are the frames of the journal").isEqualTo(present);
    checkAnswered(fleeting, removed.cardinality());
    found.forEach((n, times) -> assertThat(times).isBetween(1, told.timesSent(n)));
    checkSeal();
  }

  int frames() {
    return present.cardinality();
  }

  long removals() {
    return recorded().size();
  }

  private List<Removal> recorded() {
    var seal = home.seal();
    return Removals.in(seal, () -> KeyChain.of(key(), SealKeys.stored(seal))).all();
  }

  private VerifierKey key() {
    return SignerKey.read(home.sealConfig().key()).verifier();
  }

  private void checkAnswered(int fleeting, int removed) {
    var missing = told.answered().stream().filter(number -> !found.containsKey(number)).toList();
    assertThat(missing.stream().filter(number -> Sender.id(number) != fleeting))
        .as("answered and not in the journal")
        .isEmpty();
    assertThat(missing)
        .as("no more are missing than were removed")
        .hasSizeLessThanOrEqualTo(removed);
  }

  private void checkIndex(BitSet removed) throws IOException {
    var indexed = indexed();
    assertThat(indexed.length()).as("indexed before it was durable").isLessThanOrEqualTo(endOf());
    int whole = Math.toIntExact(IndexRows.wholeTo(home.index()));
    assertThat(within(indexed, removed).nextClearBit(0))
        .as("the index lacks what its checkpoint says it has")
        .isGreaterThanOrEqualTo(whole);
  }

  private BitSet indexed() throws IOException {
    var indexed = new BitSet();
    var twice = new ArrayList<Integer>();
    for (long sequence : IndexRows.sequences(home.index())) {
      int row = Math.toIntExact(sequence);
      if (indexed.get(row)) {
        twice.add(row);
      }
      indexed.set(row);
    }
    assertThat(twice).as("indexed twice").isEmpty();
    return indexed;
  }

  private void checkSeal() {
    try (var check = HomeCheck.open(home.journal(), home.seal(), key())) {
      var verdict = check.all();
      assertThat(verdict.findings()).isEmpty();
      assertThat(verdict.proven().getLast())
          .contains("events 0 to " + (end - 1) + " are as they were received");
    }
  }

  private BitSet removed() {
    var removed = new BitSet();
    for (var removal : recorded()) {
      var runs = removal.sequences();
      for (int i = 0; i < runs.size(); i++) {
        removed.set(Math.toIntExact(runs.first(i)), Math.toIntExact(runs.last(i)) + 1);
      }
    }
    return removed;
  }

  private static BitSet within(BitSet one, BitSet other) {
    var both = (BitSet) one.clone();
    both.or(other);
    return both;
  }

  private int endOf() {
    return Math.toIntExact(end);
  }

  private void readOn() {
    if (Files.notExists(home.journal())) {
      return; // killed before it had made one
    }
    try (var journal = StoredJournal.open(home.journal());
        var blocks = journal.examine(end)) {
      assertThat(journal.durable()).as("the journal's end").isGreaterThanOrEqualTo(end);
      for (var block = blocks.next(); block != null; block = blocks.next()) {
        take(block);
      }
      assertThat(journal.damaged()).as("damaged places").isZero();
      end = journal.durable();
    }
  }

  private void take(EventLog.Block block) {
    for (int i = 0; i < block.frames().count(); i++) {
      long sequence = block.firstSequence() + i;
      if (sequence >= end) {
        assertThat(present.get(Math.toIntExact(sequence))).as("%d twice", sequence).isFalse();
        present.set(Math.toIntExact(sequence));
        found.merge(number(block.frames().frame(i, block.firstSequence()).text()), 1, Integer::sum);
      }
    }
  }

  private static long number(String text) {
    int from = text.indexOf(Sender.WORD) + Sender.WORD.length();
    int to = from;
    while (to < text.length() && Character.isDigit(text.charAt(to))) {
      to++;
    }
    return Long.parseLong(text.substring(from, to));
  }
}
