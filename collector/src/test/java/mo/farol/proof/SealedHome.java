package mo.farol.proof;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
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
import mo.farol.seal.SealFault;
import mo.farol.seal.VerifierKey;

/** A journal and its seal in a folder. */
public final class SealedHome implements AutoCloseable {
  public static final Origin HARBOUR = Origin.live("harbour", "syslog.tcp", "192.0.2.7");
  public static final Origin FINANCE = Origin.live("finance", "http", "192.0.2.9");

  public final Journal journal;
  public final Seal seal;
  private boolean isClosed;

  private SealedHome(Journal journal, Seal seal) {
    this.journal = journal;
    this.seal = seal;
  }

  public static SealedHome open(Path folder) {
    return open(folder, List.of(), 4_000);
  }

  public static SealedHome open(Path folder, List<VerifierKey> witnesses, long segmentBytes) {
    return open(folder, witnesses, segmentBytes, Optional.empty(), 0);
  }

  /** With heads stamped every 50 ms. */
  public static SealedHome stamped(Path folder, URI authority) {
    return open(folder, List.of(), 4_000, Optional.of(authority), 0);
  }

  /** With a journal that gives no sequence below one. */
  public static SealedHome openAt(Path folder, long sequence) {
    return open(folder, List.of(), 4_000, Optional.empty(), sequence);
  }

  private static SealedHome open(
      Path folder,
      List<VerifierKey> witnesses,
      long segmentBytes,
      Optional<URI> authority,
      long sequence) {
    var metrics = new SimpleMeterRegistry();
    var journal =
        Journal.open(new JournalConfig(journalOf(folder), segmentBytes, 64L << 20), metrics);
    journal.advanceTo(sequence);
    journal.start();
    var config =
        new SealConfig(
            sealOf(folder),
            folder.resolve("seal.key"),
            Duration.ofMillis(20),
            witnesses,
            authority,
            Duration.ofMillis(50));
    try {
      var seal = Seal.open(config, journal, InstantSource.system(), metrics).start();
      return new SealedHome(journal, seal);
    } catch (SealFault e) {
      journal.close();
      throw e;
    }
  }

  public static Path journalOf(Path folder) {
    return folder.resolve("journal");
  }

  public static Path sealOf(Path folder) {
    return folder.resolve("seal");
  }

  /** Appends frames that say their number, as one block; waits until they are on disk. */
  public void append(Origin origin, int count) {
    var builder = new FrameBatch.Builder();
    long first = journal.durable();
    for (int i = 0; i < count; i++) {
      byte[] text = text(first + i).getBytes(StandardCharsets.UTF_8);
      builder.add(text, 0, text.length, (byte) 0);
    }
    append(builder.build(origin, Micros.of(Instant.now())));
  }

  public void append(FrameBatch batch) {
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

  public static String text(long number) {
    return "<13>1 - pier - - - - frame " + number + " " + "x".repeat((int) (number * 31 % 97));
  }

  /** Waits until a head covers all that is on disk. */
  public void sealAll() {
    await().until(() -> seal.sealed() == journal.durable());
  }

  public Prover prover() {
    return new Prover(journal, seal);
  }

  public static Verdict verdict(Path folder, VerifierKey key) {
    return verdict(folder, key, List.of(), Optional.empty());
  }

  public static Verdict verdict(
      Path folder,
      VerifierKey key,
      List<VerifierKey> witnesses,
      Optional<X509Certificate> authority) {
    try (var check = HomeCheck.open(journalOf(folder), sealOf(folder), key, witnesses, authority)) {
      return check.all();
    }
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    seal.close();
    journal.close();
  }
}
