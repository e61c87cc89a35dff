package mo.farol.hunt;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.flow.Recall;
import mo.farol.indicator.IndicatorSet;
import mo.farol.journal.EventLog;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;
import mo.farol.journal.JournalFault;
import mo.farol.match.BruteMatcher;
import mo.farol.match.RuleSettings;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.search.Asker;
import mo.farol.search.Search;
import mo.farol.search.SearchConfig;
import mo.farol.sigma.RuleBook;
import mo.farol.store.Store;
import mo.farol.store.StoreConfig;

/** A journal and an index with a hunter over them; every event is also asked by brute force. */
final class Ground implements AutoCloseable {
  private static final int AT_ONCE = 100;
  static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Journal journal;
  private final Store store;
  private final Search search;
  final Hunter hunter;
  private final Parser parser = new Parser(ParseConfig.defaults());

  Ground(Path folder) {
    this(folder, Counting.Bounds.defaults());
  }

  Ground(Path folder, Counting.Bounds bounds) {
    journal = Journal.open(JournalConfig.in(folder.resolve("journal")), metrics).start();
    store = Store.open(StoreConfig.in(folder.resolve("index")), InstantSource.system(), metrics);
    search = new Search(store, new Recall(journal), SearchConfig.defaults());
    hunter = new Hunter(store, journal, search, bounds);
  }

  Store store() {
    return store;
  }

  /** Keeps and indexes frames of one agency. */
  void add(String agency, List<String> frames) {
    add(Origin.live(agency, "test", "192.0.2.7"), NOW, frames);
  }

  /** Keeps and indexes frames that came at a time. */
  void add(Origin origin, Instant receivedAt, List<String> frames) {
    for (int from = 0; from < frames.size(); from += AT_ONCE) {
      var some = frames.subList(from, Math.min(frames.size(), from + AT_ONCE));
      var batch = FrameBatch.ofTexts(origin, receivedAt, some.toArray(String[]::new));
      long first = append(batch);
      var events = new EventBatch();
      parser.parse(batch, first, -1, events);
      store.accept(events);
    }
    store.refresh();
  }

  private long append(FrameBatch batch) {
    var durable = new CompletableFuture<Long>();
    journal.append(
        batch,
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {
            durable.complete(firstSequence);
          }

          @Override
          public void failed(JournalFault fault) {
            durable.completeExceptionally(fault);
          }
        });
    return durable.join();
  }

  HuntResult hunt(RuleBook book) {
    return hunt(book, RuleSettings.standard(), Scope.national());
  }

  HuntResult hunt(RuleBook book, RuleSettings settings, Scope scope) {
    return hunt(new HuntTarget.Rules(book, settings, Optional.empty()), scope);
  }

  HuntResult hunt(IndicatorSet set) {
    return hunt(new HuntTarget.Indicators(set), Scope.national());
  }

  HuntResult hunt(HuntTarget target, Scope scope) {
    return hunt(
        new HuntOrder(target, scope, Long.MIN_VALUE, Long.MAX_VALUE, Duration.ofMinutes(5)));
  }

  HuntResult hunt(HuntOrder order) {
    return hunter.hunt(Asker.named("hunter"), "test", order, new HuntProgress());
  }

  /** Rule id to the sequences of the events that it matches, by asking every rule. */
  Map<String, Set<Long>> brute(RuleBook book, RuleSettings settings) {
    var matcher = new BruteMatcher(book, settings);
    var found = new TreeMap<String, Set<Long>>();
    each(
        events -> {
          for (int i = 0; i < events.count(); i++) {
            for (String id : matcher.ids(events, i)) {
              found.computeIfAbsent(id, _ -> new TreeSet<>()).add(events.sequence(i));
            }
          }
        });
    return found;
  }

  /** Every event, in order, read again. */
  void each(java.util.function.Consumer<EventBatch> look) {
    var events = new EventBatch();
    try (var reader = journal.read(0)) {
      for (var block = reader.next(Duration.ZERO);
          block != null;
          block = reader.next(Duration.ZERO)) {
        parser.parse(block.frames(), block.firstSequence(), block.position(), events);
        look.accept(events);
      }
    }
  }

  /** Rule id to the sequences of the events that a hunt found. */
  static Map<String, Set<Long>> found(HuntResult result) {
    var found = new TreeMap<String, Set<Long>>();
    for (var hit : result.hits()) {
      found.computeIfAbsent(hit.what(), _ -> new TreeSet<>()).add(hit.event().sequence());
    }
    return found;
  }

  /** A book of one of another's rules. */
  static RuleBook only(RuleBook book, String id) {
    return new RuleBook(
        new ArrayList<>(book.rules().stream().filter(r -> r.ref().id().equals(id)).toList()),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  @Override
  public void close() {
    search.close();
    store.close();
    journal.close();
  }
}
