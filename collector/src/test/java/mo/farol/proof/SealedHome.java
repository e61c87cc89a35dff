package mo.farol.proof;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;
import mo.farol.journal.JournalFault;
import mo.farol.seal.Seal;
import mo.farol.seal.SealConfig;
import mo.farol.seal.VerifierKey;

/** A journal and its seal in a folder. */
final class SealedHome implements AutoCloseable {
  static final Origin HARBOUR = Origin.live("harbour", "syslog.tcp", "192.0.2.7");
  static final Origin FINANCE = Origin.live("finance", "http", "192.0.2.9");

  private final Path folder;
  final Journal journal;
  final Seal seal;

  private SealedHome(Path folder, Journal journal, Seal seal) {
    this.folder = folder;
    this.journal = journal;
    this.seal = seal;
  }

  static SealedHome open(Path folder) {
    return open(folder, List.of(), 4_000);
  }

  static SealedHome open(Path folder, List<VerifierKey> witnesses, long segmentBytes) {
    var metrics = new SimpleMeterRegistry();
    var journal =
        Journal.open(new JournalConfig(journalOf(folder), segmentBytes, 64L << 20), metrics)
            .start();
    var config =
        new SealConfig(
            sealOf(folder),
            folder.resolve("seal.key"),
            Duration.ofMillis(20),
            witnesses,
            Optional.empty(),
            Duration.ofHours(1));
    var seal = Seal.open(config, journal, InstantSource.system(), metrics).start();
    return new SealedHome(folder, journal, seal);
  }

  static Path journalOf(Path folder) {
    return folder.resolve("journal");
  }

  static Path sealOf(Path folder) {
    return folder.resolve("seal");
  }

  /** Appends frames that say their number, as one block; waits until they are on disk. */
  void append(Origin origin, int count) {
    var builder = new FrameBatch.Builder();
    long first = journal.durable();
    for (int i = 0; i < count; i++) {
      byte[] text = text(first + i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      builder.add(text, 0, text.length, (byte) 0);
    }
    append(builder.build(origin, Micros.of(java.time.Instant.now())));
  }

  void append(FrameBatch batch) {
    var done = new CountDownLatch(1);
    journal.append(
        batch,
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {
            done.countDown();
          }

          @Override
          public void failed(JournalFault fault) {
            throw fault;
          }
        });
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static String text(long number) {
    return "<13>1 - pier - - - - frame " + number + " " + "x".repeat((int) (number * 31 % 97));
  }

  /** Waits until a head covers all that is on disk. */
  void sealAll() {
    await().until(() -> seal.sealed() == journal.durable());
  }

  Prover prover() {
    return new Prover(journal, seal);
  }

  static Verdict verdict(Path folder, VerifierKey key) {
    try (var check = HomeCheck.open(journalOf(folder), sealOf(folder), key)) {
      return check.all();
    }
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    seal.close();
    journal.close();
  }
}
