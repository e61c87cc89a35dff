package mo.farol.proof;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import mo.farol.event.Micros;
import mo.farol.journal.Damaged;
import mo.farol.journal.Journal;
import mo.farol.journal.Quarantined;
import mo.farol.seal.Removal;
import mo.farol.seal.Seal;
import mo.farol.seal.SealFault;
import mo.farol.seal.SignedHead;
import mo.farol.seal.TimeStamp;
import mo.farol.seal.VerifierKey;

/**
 * How what can be proven stands now: what an outsider would ask of a centre.
 *
 * @param asOf when it was asked
 * @param key who signs
 * @param head the newest signed head, with what witnesses said of it
 * @param durable events on disk since the journal began
 * @param segments files of the journal
 * @param stamp the time stamp over the newest head that has one
 * @param isStamped whether an authority is asked for time stamps
 * @param witnesses who may cosign, and what they last did
 * @param removals what retention removed, each signed, the newest first
 * @param damages what can't be read back as it was written
 * @param wrong why the seal is broken, a sentence each; empty where it is whole
 * @param isStumbling whether signing failed and is tried again
 * @param waitingSince when the oldest event that no head covers was received
 * @param isLate whether it waits for longer than a head may take
 */
public record Standing(
    Instant asOf,
    VerifierKey key,
    Optional<SignedHead> head,
    long durable,
    Segments segments,
    Optional<Stamped> stamp,
    boolean isStamped,
    List<Witnessed> witnesses,
    List<Removal> removals,
    List<Damage> damages,
    List<String> wrong,
    boolean isStumbling,
    Optional<Instant> waitingSince,
    boolean isLate) {
  private static final int PATIENCE = 3;

  /**
   * Files of the journal.
   *
   * @param sealed written to no more, and all of them under a head
   * @param open the others
   */
  public record Segments(int sealed, int open) {}

  /**
   * A time stamp.
   *
   * @param size of the head it is over
   * @param stamp empty where what is kept is no stamp over that head
   */
  public record Stamped(long size, Optional<TimeStamp> stamp) {}

  /**
   * A witness.
   *
   * @param head the largest head it cosigned; empty where it has not, or long ago
   * @param at when it says it saw that head
   */
  public record Witnessed(VerifierKey witness, Optional<SignedHead> head, Optional<Instant> at) {}

  /**
   * Bytes of a segment that are not as they were written.
   *
   * @param firstSequence sequence of the first event that may have lain there
   * @param endSequence sequence before which all of them lay
   * @param setAside how many bytes lie in the quarantine; empty where they were stepped over and
   *     lie where they lay
   */
  public record Damage(
      String segment, long firstSequence, long endSequence, OptionalLong setAside) {
    /** The most events that lay there; 0 where nothing tells how many. */
    public long most() {
      return endSequence - firstSequence;
    }
  }

  /** Whether what is there is no longer what was signed. */
  public boolean isBroken() {
    return !wrong.isEmpty();
  }

  /** Events on disk that no head covers yet. */
  public long unsealed() {
    return Math.max(0, durable - head.map(signed -> signed.head().size()).orElse(0L));
  }

  /** Frames that were removed, in all. */
  public long removedFrames() {
    return removals.stream().mapToLong(Removal::frames).sum();
  }

  /** Whether the newest head names a removal. */
  public boolean isUnderHead(Removal removal) {
    return head.filter(signed -> removal.number() <= signed.head().removals()).isPresent();
  }

  /** Asks journal and seal; reads a block and a few lines of files. */
  public static Standing of(Journal journal, Seal seal, InstantSource clock) {
    var now = clock.instant();
    var wrong = new ArrayList<>(seal.wrong());
    Optional<SignedHead> head =
        read(wrong, Optional.empty(), () -> seal.heads().last().map(seal.cosignatures()::onto));
    long sealed = head.map(signed -> signed.head().size()).orElse(0L);
    var waiting = journal.holding(sealed).map(b -> Micros.toInstant(b.frames().receivedAtMicros()));
    return new Standing(
        now,
        seal.key(),
        head,
        journal.durable(),
        segments(journal, sealed),
        read(wrong, Optional.empty(), () -> stamp(seal)),
        seal.isStamped(),
        read(wrong, List.of(), () -> witnessed(seal)),
        read(wrong, List.of(), () -> seal.removals().all().reversed()),
        damages(journal),
        List.copyOf(wrong),
        seal.isStumbling(),
        waiting,
        waiting
            .filter(at -> at.plus(seal.every().multipliedBy(PATIENCE)).isBefore(now))
            .isPresent());
  }

  // What can't be read of the seal is one more thing that is wrong, and the rest is told.
  private static <T> T read(List<String> wrong, T otherwise, Supplier<T> from) {
    try {
      return from.get();
    } catch (SealFault e) {
      wrong.add(String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  /** All that can't be read back as it was written. */
  public static List<Damage> damages(Journal journal) {
    var all = new ArrayList<Damage>();
    var apart = journal.quarantined();
    for (var piece : apart) {
      all.add(
          new Damage(
              piece.segment(),
              piece.firstSequence(),
              piece.endSequence(),
              OptionalLong.of(piece.length())));
    }
    for (var place : journal.damaged()) {
      if (apart.stream().noneMatch(piece -> isSame(piece, place))) {
        all.add(
            new Damage(
                place.segment(), place.firstSequence(), place.endSequence(), OptionalLong.empty()));
      }
    }
    return List.copyOf(all);
  }

  // What was set aside lies where it lay as well, and readers step over it.
  private static boolean isSame(Quarantined piece, Damaged place) {
    return piece.segment().equals(place.segment())
        && piece.firstSequence() < place.endSequence()
        && place.endSequence() <= piece.endSequence();
  }

  private static Segments segments(Journal journal, long sealed) {
    var closed = journal.closed();
    int covered = (int) closed.stream().filter(s -> s.endSequence() <= sealed).count();
    int newest = journal.durable() > 0 ? 1 : 0;
    return new Segments(covered, closed.size() - covered + newest);
  }

  private static Optional<Stamped> stamp(Seal seal) {
    return seal.stamps()
        .last()
        .map(
            line ->
                new Stamped(
                    line.size(),
                    seal.heads().ofSize(line.size()).flatMap(head -> stamp(line.text(), head))));
  }

  private static Optional<TimeStamp> stamp(String token, SignedHead head) {
    try {
      return Optional.of(TimeStamp.check(token, head, Optional.empty()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<Witnessed> witnessed(Seal seal) {
    return seal.cosignatures().witnesses().stream().map(w -> witnessed(seal, w)).toList();
  }

  private static Witnessed witnessed(Seal seal, VerifierKey witness) {
    var head =
        seal.cosignatures()
            .newest(witness)
            .flatMap(seal.heads()::ofSize)
            .map(seal.cosignatures()::onto);
    return new Witnessed(witness, head, head.flatMap(signed -> signed.seenBy(witness)));
  }
}
