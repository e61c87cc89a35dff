package mo.farol.seal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import mo.farol.journal.EventLog;

/** One pass over the journal: from the last head on, a leaf a sequence, a head when it is due. */
final class Sealer implements AutoCloseable {
  private static final Duration WAIT = Duration.ofMillis(200);

  private final SealConfig config;
  private final SealKeys keys;
  private final Heads heads;
  private final Removals removals;
  private final InstantSource clock;
  private final Tree tree;
  private final EventLog.Reader reader;
  private final Leaves leaves = new Leaves();
  private Optional<SignedHead> last;
  private Instant headAt;

  Sealer(
      SealConfig config,
      SealKeys keys,
      Heads heads,
      Removals removals,
      EventLog journal,
      InstantSource clock)
      throws IOException {
    this.config = config;
    this.keys = keys;
    this.heads = heads;
    this.removals = removals;
    this.clock = clock;
    this.last = heads.last();
    this.headAt = clock.instant();
    this.tree =
        Tree.open(
            config.folder().resolve(Seal.TREE), last.map(head -> head.head().size()).orElse(0L));
    this.reader = journal.read(tree.size());
  }

  /** Looks whether the tree leads to the last head, where it is whole already. */
  void checkLast() {
    if (tree.size() == last.map(head -> head.head().size()).orElse(0L)) {
      try (var hashes = tree.reader()) {
        checkLast(hashes);
      }
    }
  }

  private void checkLast(TreeReader hashes) {
    last.ifPresent(
        known -> {
          if (!hashes.hash(0, known.head().size()).equals(known.head().root())) {
            throw new Broken(known.head());
          }
        });
  }

  /** Takes what there is, or waits a moment for it. */
  void step() throws IOException {
    var block = reader.next(WAIT);
    if (block != null) {
      take(block);
    } else {
      skipTo(reader.reached());
    }
    if (Duration.between(headAt, clock.instant()).compareTo(config.every()) >= 0) {
      sign();
    }
  }

  /** Sequence after the last one that has a leaf, signed or not. */
  long next() {
    return tree.size();
  }

  /** Signs a head where there is more than the last one covers. */
  void sign() throws IOException {
    headAt = clock.instant();
    long size = tree.size();
    long before = last.map(head -> head.head().size()).orElse(0L);
    if (size <= before) {
      return;
    }
    tree.force();
    last = Optional.of(keys.sign(headOf(size), heads));
  }

  @Override
  public void close() throws IOException {
    reader.close();
    tree.close();
  }

  private Head headOf(long size) {
    try (var hashes = tree.reader()) {
      checkLast(hashes);
      var tip = removals.tip();
      return new Head(
          keys.current().name(),
          size,
          hashes.hash(0, size),
          headAt.truncatedTo(ChronoUnit.MILLIS),
          tip.count(),
          tip.hash());
    }
  }

  private void take(EventLog.Block block) throws IOException {
    skipTo(block.firstSequence());
    leaves.open(block);
    int count = block.frames().count();
    for (int i = (int) (tree.size() - block.firstSequence()); i < count; i++) {
      leaves.hash(block, i, block.firstSequence() + i, tree.tile(), tree.next());
      tree.added();
    }
  }

  private void skipTo(long sequence) throws IOException {
    for (long gap = tree.size(); gap < sequence; gap++) {
      leaves.gap(gap, tree.tile(), tree.next());
      tree.added();
    }
  }

  /** What is there is not what was signed: nothing more is signed on top of it. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken(Head head) {
      super(
          "the tree does not lead to the head of %d events signed at %s; no further head is signed;"
                  .formatted(head.size(), head.at())
              + " 'farol verify' names what was changed");
    }
  }
}
