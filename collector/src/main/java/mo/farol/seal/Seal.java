package mo.farol.seal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mo.farol.journal.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals a journal: follows it, signs a head every minute, answers what heads cover what. */
public final class Seal implements AutoCloseable {
  static final String TREE = "tree";

  private static final Logger log = LoggerFactory.getLogger(Seal.class);
  private static final long PAUSE_MILLIS = 2_000;
  private static final long FINISH_MILLIS = 3_000;
  private static final long CLOSE_MILLIS = 6_000;

  private final SealConfig config;
  private final EventLog journal;
  private final InstantSource clock;
  private final SealKeys keys;
  private final Heads heads;
  private final Removals removals;
  private final List<String> disbelieved;
  private volatile List<String> wrong;
  private final Cosignatures cosignatures;
  private final Stamps stamps;
  private final Optional<Stamper> stamper;
  private final Thread thread = Thread.ofPlatform().name("seal").unstarted(this::run);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Counter faults;
  private volatile long next;
  private volatile boolean broken;
  private volatile boolean told;

  private Seal(SealConfig config, EventLog journal, InstantSource clock, MeterRegistry metrics) {
    this.config = config;
    this.journal = journal;
    this.clock = clock;
    this.heads = Heads.in(config.folder());
    this.keys = SealKeys.open(config.key(), config.folder(), heads.last().isPresent());
    this.removals = Removals.in(config.folder(), keys::chain);
    this.disbelieved = disbelieved();
    this.broken = !disbelieved.isEmpty();
    this.wrong = disbelieved;
    this.cosignatures = new Cosignatures(config.folder(), config.witnesses());
    this.stamps = Stamps.in(config.folder());
    this.stamper =
        config
            .authority()
            .map(url -> new Stamper(url, config.stampEvery(), heads, stamps, metrics));
    this.faults = metrics.counter("farol_seal_faults_total");
    metrics.gauge("farol_seal_sealed_frames", this, seal -> (double) seal.sealed());
    metrics.gauge("farol_seal_lag_frames", this, seal -> (double) (journal.durable() - seal.next));
    metrics.gauge("farol_seal_broken", this, seal -> seal.broken ? 1 : 0);
  }

  // What was recorded and can't be believed: who wrote it had no key, or took away what had.
  private List<String> disbelieved() {
    var sentences = new ArrayList<>(removals.broken());
    heads
        .last()
        .ifPresent(
            head -> {
              sentences.addAll(keys.chain().wrong(head));
              var said = head.head();
              if (!removals.leadsTo(said.removals(), said.removalsTip())) {
                sentences.add("removals.jsonl lacks some that the last head knew");
              }
            });
    return List.copyOf(sentences);
  }

  /**
   * Opens the seal of a journal; makes its key at the first start.
   *
   * @throws SealFault when the key or the heads can't be read
   */
  public static Seal open(
      SealConfig config, EventLog journal, InstantSource clock, MeterRegistry metrics) {
    try {
      Lines.forceAll(config.folder()); // before any of it is believed
    } catch (IOException e) {
      throw new SealFault("cannot force the files in " + config.folder() + ": " + e, e);
    }
    return new Seal(config, journal, clock, metrics);
  }

  /** Starts to follow. */
  public Seal start() {
    thread.start();
    stamper.ifPresent(Stamper::start);
    return this;
  }

  /** Events that a signed head covers. */
  public long sealed() {
    return heads.last().map(head -> head.head().size()).orElse(0L);
  }

  /** Whether what is there is no longer what was signed. */
  public boolean isBroken() {
    return broken;
  }

  /** What of it is no longer as it was signed, a sentence each; empty unless {@link #isBroken}. */
  public List<String> wrong() {
    return wrong;
  }

  /** Whether following the journal or signing failed and is tried again. */
  public boolean isStumbling() {
    return told;
  }

  /** The longest time from an event to a head that covers it. */
  public Duration every() {
    return config.every();
  }

  /** Whether an authority is asked to stamp heads. */
  public boolean isStamped() {
    return stamper.isPresent();
  }

  /** Who signs now. */
  public VerifierKey key() {
    return keys.current();
  }

  /** How that key came after others: signed rotations, oldest first. */
  public List<String> rotations() {
    return keys.notes();
  }

  /** The keys that signed, one after the other. */
  public KeyChain keys() {
    return keys.chain();
  }

  /** Makes another key that signs every head after the newest one. */
  public Rotation rotate() {
    return keys.rotate(heads, removals, clock.instant());
  }

  /**
   * Records a removal before it is done, signed; on disk when this returns.
   *
   * @throws SealFault where it can't be written, or the seal {@link #isBroken}
   */
  public Removal record(Removal removal) {
    if (broken) {
      throw new SealFault("the seal is broken: nothing is removed; ask 'farol verify' why");
    }
    return keys.sign(removal, removals);
  }

  /** All heads. */
  public Heads heads() {
    return heads;
  }

  /** What was removed. */
  public Removals removals() {
    return removals;
  }

  /** What witnesses said. */
  public Cosignatures cosignatures() {
    return cosignatures;
  }

  /** Time stamps of heads. */
  public Stamps stamps() {
    return stamps;
  }

  /** The tree below the newest head, to be closed. */
  public TreeReader tree() {
    return TreeReader.of(config.folder());
  }

  /** Where it all lies. */
  public Path folder() {
    return config.folder();
  }

  /** Proof that one head's tree begins with another's. */
  public List<Hash> consistency(long first, long second) {
    try (var tree = tree()) {
      return Merkle.consistency(tree, first, second);
    }
  }

  /** Ends after a last head. */
  @Override
  public void close() {
    stamper.ifPresent(Stamper::close);
    closing.countDown();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      if (broken) {
        tellDisbelieved();
        closing.await();
        return;
      }
      // Once at least: who is closed before its thread ran signs a last head too.
      do {
        follow();
      } while (closing.getCount() > 0);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the seal's thread", e);
    }
  }

  private void tellDisbelieved() {
    log.error(
        "{} things recorded in {} can't be believed, the first: {}; no head is signed and nothing"
            + " is removed; see what 'farol verify' names, put the file back as it was and start"
            + " again",
        disbelieved.size(),
        config.folder(),
        disbelieved.getFirst());
  }

  private void follow() throws InterruptedException {
    try (var sealer = new Sealer(config, keys, heads, removals, journal, clock)) {
      sealer.checkLast();
      while (closing.getCount() > 0) {
        sealer.step();
        next = sealer.next();
        told = false;
      }
      finish(sealer);
    } catch (Sealer.Broken e) {
      wrong = List.of(String.valueOf(e.getMessage()));
      broken = true;
      log.error("{}", e.getMessage());
      closing.await();
    } catch (IOException | RuntimeException e) {
      stumble(e);
    }
  }

  // What is on disk by now is to be under the last head, within reason.
  private void finish(Sealer sealer) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FINISH_MILLIS);
    long end = journal.durable();
    while (sealer.next() < end && System.nanoTime() < deadline) {
      sealer.step();
    }
    sealer.sign();
  }

  // The world's fault: from the last head again, after a while.
  private void stumble(Exception e) throws InterruptedException {
    faults.increment();
    if (!told) {
      log.error("the seal in {} stumbled at event {} and tries again", config.folder(), next, e);
      told = true;
    }
    if (closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
      log.warn("the seal ends without a last head; the next start signs one");
    }
  }
}
