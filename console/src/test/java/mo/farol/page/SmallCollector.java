package mo.farol.page;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import mo.farol.api.Status;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.flow.Follower;
import mo.farol.flow.Recall;
import mo.farol.flow.Replay;
import mo.farol.hunt.Hunter;
import mo.farol.journal.EventLog;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;
import mo.farol.journal.JournalFault;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.proof.Prover;
import mo.farol.seal.Seal;
import mo.farol.seal.SealConfig;
import mo.farol.search.LaneConfig;
import mo.farol.search.Search;
import mo.farol.search.SearchConfig;
import mo.farol.silence.Sources;
import mo.farol.store.Store;
import mo.farol.store.StoreConfig;
import org.awaitility.Awaitility;

/** Journal, index and seal in a folder; events are parsed when the test says so. */
final class SmallCollector implements AutoCloseable {
  private final Parser parser = new Parser(ParseConfig.defaults());
  private final Journal journal;
  private final Seal seal;
  private final Prover prover;
  private final Store store;
  private final Search search;
  private final Sources sources;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private volatile Duration slowness = Duration.ZERO;

  /**
   * @param sources told of every event, beside the index
   */
  SmallCollector(Path home, Sources sources) {
    this.sources = sources;
    journal = Journal.open(JournalConfig.in(home.resolve("journal")), metrics).start();
    seal =
        Seal.open(
                SealConfig.in(home.resolve("seal"), home.resolve("keys/seal.key")),
                journal,
                InstantSource.system(),
                metrics)
            .start();
    prover = new Prover(journal, seal);
    store = Store.open(StoreConfig.in(home.resolve("index")), InstantSource.system(), metrics);
    var recall = new Recall(journal);
    search =
        new Search(
            store,
            (sequence, position) -> {
              linger();
              return recall.recall(sequence, position);
            },
            SearchConfig.defaults(),
            LaneConfig.defaults(),
            InstantSource.system(),
            metrics);
  }

  Hunter hunter() {
    return new Hunter(store, journal, search);
  }

  /** Searches that were refused. */
  double refused() {
    return metrics.counter("farol_search_refused_total").count();
  }

  /** From now on each event takes so long to be read back. */
  void readSlowly(Duration each) {
    slowness = each;
  }

  private void linger() {
    try {
      Thread.sleep(slowness);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a search was interrupted", e);
    }
  }

  Journal journal() {
    return journal;
  }

  Seal seal() {
    return seal;
  }

  Prover prover() {
    return prover;
  }

  Search search() {
    return search;
  }

  /** Reads frames anew; no follower runs that it would wait for. */
  Replay replay() {
    var belt = new Follower(journal, parser, store, new SimpleMeterRegistry()); // never started
    return new Replay(search, journal, store, belt, belt, _ -> {}, () -> parser::parse);
  }

  /** Sequence after the last one indexed. */
  long next() {
    return store.next();
  }

  Status status() {
    return new Status(journal.received(), journal.durable(), store.searchable(), 0);
  }

  /** Sends lines as an agency's sender does; gives the sequence of the first once it is durable. */
  CompletableFuture<Long> send(String agency, Instant receivedAt, String... lines) {
    var origin = Origin.live(agency, "syslog.tcp", "192.0.2.10");
    return append(FrameBatch.ofTexts(origin, receivedAt, lines));
  }

  /** The same for lines that their sender sends again, having heard no answer. */
  CompletableFuture<Long> sendAgain(String agency, Instant receivedAt, String... lines) {
    var origin = Origin.live(agency, "syslog.tcp", "192.0.2.10");
    byte[] marks = new byte[lines.length];
    Arrays.fill(marks, FrameBatch.DUPLICATE);
    return append(FrameBatch.ofTexts(origin, receivedAt, lines).withMarks(marks));
  }

  private CompletableFuture<Long> append(FrameBatch batch) {
    var first = new CompletableFuture<Long>();
    journal.append(
        batch,
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
    return first;
  }

  /** Makes everything sent durable, known to the sources and searchable. */
  void settle() {
    var batch = new EventBatch();
    try (var reader = journal.read(store.next())) {
      while (store.next() < journal.received()) {
        var block = reader.next(Duration.ofSeconds(5));
        if (block == null) {
          throw new IllegalStateException("the journal keeps back what it received");
        }
        parser.parse(block.frames(), block.firstSequence(), block.position(), batch);
        store.accept(batch);
        sources.accept(batch);
      }
    }
    Awaitility.await()
        .until(
            () -> {
              store.pulse(true);
              return store.searchable() == store.next();
            });
  }

  @Override
  public void close() {
    search.close();
    store.close();
    seal.close();
    journal.close();
  }
}
