package mo.farol.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import mo.farol.event.Scope;
import mo.farol.journal.EventLog;
import mo.farol.seal.Hash;
import mo.farol.seal.Leaves;
import mo.farol.seal.Merkle;
import mo.farol.seal.Seal;
import mo.farol.seal.SignedHead;
import mo.farol.seal.TreeReader;

/** Makes proofs from a journal and its seal. Any thread. */
public final class Prover {
  /** Most events in one package. */
  public static final int MOST_EVENTS = 10_000;

  private static final long MOST_BYTES = 64L << 20;
  private static final String WITHHELD = "withheld, it is another agency's";

  /**
   * That one event stands under a signed head.
   *
   * @param leaf its hash
   * @param salt what was hashed with it
   * @param path RFC 9162 section 2.1.3.1
   * @param head the first head that covers it
   */
  public record Inclusion(Hash leaf, Hash salt, List<Hash> path, SignedHead head) {
    public Inclusion {
      path = List.copyOf(path);
    }
  }

  private final EventLog journal;
  private final Seal seal;

  public Prover(EventLog journal, Seal seal) {
    this.journal = journal;
    this.seal = seal;
  }

  /** The first head that covers an event. */
  public Optional<SignedHead> head(long sequence) {
    return seal.heads().covering(sequence);
  }

  /** Proof of one event; empty until a head covers it, at most a minute. */
  public Optional<Inclusion> inclusion(long sequence) {
    var head = seal.heads().covering(sequence);
    var block = journal.holding(sequence);
    if (head.isEmpty() || block.isEmpty()) {
      return Optional.empty();
    }
    int i = (int) (sequence - block.get().firstSequence());
    var leaves = new Leaves();
    try (var tree = seal.tree()) {
      var path = Merkle.path(tree, sequence, sequence + 1, head.get().head().size());
      return Optional.of(
          new Inclusion(
              leaves.of(block.get(), i),
              leaves.salt(block.get(), i),
              path,
              seal.cosignatures().onto(head.get())));
    }
  }

  /**
   * A package of events; what the scope may not see is there as a hash only.
   *
   * @return empty until a head covers all of them
   * @throws IllegalArgumentException where there are too many
   */
  public Optional<EvidencePackage> evidence(Collection<Long> sequences, Scope scope) {
    var wanted = new TreeSet<>(sequences);
    if (wanted.isEmpty() || wanted.size() > MOST_EVENTS) {
      throw new IllegalArgumentException(
          "a package holds 1 to %d events, not %d".formatted(MOST_EVENTS, wanted.size()));
    }
    return headFor(wanted.last()).map(head -> evidence(wanted, scope, head));
  }

  // The first head with a time stamp, else the first.
  private Optional<SignedHead> headFor(long sequence) {
    return seal.stamps()
        .sizeAbove(sequence)
        .flatMap(seal.heads()::ofSize)
        .or(() -> seal.heads().covering(sequence));
  }

  private EvidencePackage evidence(NavigableSet<Long> wanted, Scope scope, SignedHead head) {
    var runs = new ArrayList<EvidencePackage.Run>();
    var left = new long[] {MOST_BYTES};
    try (var tree = seal.tree()) {
      for (var from = wanted.first(); from != null; ) {
        long to = from + 1;
        while (wanted.contains(to)) {
          to++;
        }
        runs.add(run(tree, from, to, scope, head.head().size(), left));
        from = wanted.ceiling(to);
      }
    }
    return new EvidencePackage(
        EvidencePackage.FORMAT,
        seal.keys().signing(head.head().size()).toString(),
        seal.rotations(),
        seal.cosignatures().onto(head).note(),
        seal.stamps().of(head.head().size()).orElse(""),
        runs);
  }

  private EvidencePackage.Run run(
      TreeReader tree, long from, long to, Scope scope, long size, long[] left) {
    var leaves = new ArrayList<String>();
    var events = new ArrayList<ProvenEvent>();
    var absent = new ArrayList<EvidencePackage.Absent>();
    for (long at = from; at < to; at++) {
      leaves.add(tree.leaf(at).hex());
      var event = event(at, scope);
      if (event.isPresent()) {
        events.add(event.get());
        left[0] -= event.get().frame().length();
      } else {
        absent.add(new EvidencePackage.Absent(at, why(at, scope)));
      }
      if (left[0] < 0) {
        throw new IllegalArgumentException("a package holds 64 MiB at most; ask for fewer events");
      }
    }
    var path = Merkle.path(tree, from, to, size).stream().map(Hash::hex).toList();
    return new EvidencePackage.Run(from, leaves, path, events, absent);
  }

  private Optional<ProvenEvent> event(long at, Scope scope) {
    return journal
        .holding(at)
        .filter(block -> scope.sees(block.frames().origin().agency()))
        .map(block -> ProvenEvent.of(block, (int) (at - block.firstSequence())));
  }

  // What was another agency's stays withheld when it is gone; its rule is that agency's business.
  private String why(long at, Scope scope) {
    var removal = seal.removals().of(at);
    if (journal.holding(at).isPresent()
        || removal.filter(r -> !scope.sees(r.agency())).isPresent()) {
      return WITHHELD;
    }
    return removal
        .map(r -> "removed by " + r.policy() + " at " + r.at())
        .orElse("no frame can be read under this number");
  }
}
