package mo.farol.backup;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import mo.farol.centre.Home;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.flow.Follower;
import mo.farol.journal.EventLog;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;
import mo.farol.journal.JournalFault;
import mo.farol.ledger.Ledger;
import mo.farol.parse.ClassRules;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.retention.Retention;
import mo.farol.retention.RetentionPolicy;
import mo.farol.seal.Seal;
import mo.farol.seal.SealConfig;
import mo.farol.store.Store;
import mo.farol.store.StoreConfig;
import org.awaitility.Awaitility;

/** A home without people: small segments, heads and commits all the time. */
final class SmallHome implements AutoCloseable {
  private static final int SEGMENT_BYTES = 4 << 10;

  final Home home;
  final Journal journal;
  final Seal seal;
  final Store store;
  private final Follower follower;
  private final Ledger ledger;

  SmallHome(Path folder, Duration commitEvery) {
    var metrics = new SimpleMeterRegistry();
    home = new Home(folder);
    journal =
        Journal.open(new JournalConfig(home.journal(), SEGMENT_BYTES, 64 << 20), metrics).start();
    seal = Seal.open(sealing(home), journal, InstantSource.system(), metrics).start();
    store = store(folder, commitEvery);
    follower = new Follower(journal, new Parser(ParseConfig.defaults()), store, metrics).start();
    ledger = Ledger.openSqlite(home.ledger());
  }

  /** The index of a home. */
  static Store store(Path folder, Duration commitEvery) {
    return Store.open(
        new StoreConfig(new Home(folder).index(), 4 << 20, commitEvery, 4, 1),
        InstantSource.system(),
        new SimpleMeterRegistry());
  }

  private static SealConfig sealing(Home home) {
    var usual = SealConfig.in(home.seal(), home.sealKey());
    return new SealConfig(
        usual.folder(),
        usual.key(),
        Duration.ofMillis(20),
        List.of(),
        Optional.empty(),
        Duration.ofHours(1));
  }

  /** Appends lines; gives the sequence after them once they are on disk. */
  long append(String agency, String... lines) {
    return append(agency, Instant.now(), lines);
  }

  /** The same for lines received at another time. */
  long append(String agency, Instant receivedAt, String... lines) {
    var first = new CompletableFuture<Long>();
    journal.append(
        FrameBatch.ofTexts(Origin.live(agency, "syslog.tcp", "192.0.2.10"), receivedAt, lines),
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {
            first.complete(firstSequence);
          }

          @Override
          public void failed(JournalFault fault) {
            first.completeExceptionally(fault);
          }
        });
    return first.join() + lines.length;
  }

  /** Waits until all that was appended is indexed and under a head. */
  void settle() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                follower.next() == journal.durable()
                    && store.searchable() == journal.durable()
                    && seal.sealed() == journal.durable());
  }

  /** Removes what is kept for thirty days, forty days from now; gives how many frames. */
  long sweep() {
    return new Retention(
            new RetentionPolicy(
                Optional.empty(), Map.of("finance", Duration.ofDays(30)), Map.of(), Map.of()),
            ClassRules.of(List.of()),
            journal,
            seal,
            store::forget,
            follower::next,
            () -> Instant.now().plus(Duration.ofDays(40)),
            new SimpleMeterRegistry())
        .sweep();
  }

  @Override
  public void close() {
    seal.close();
    follower.close();
    store.close();
    journal.close();
    ledger.close();
  }
}
