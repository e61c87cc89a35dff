package mo.farol.search;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import mo.farol.store.Deadline;
import mo.farol.store.Lines;
import mo.farol.store.ManualClock;
import mo.farol.store.Store;
import mo.farol.store.StoreConfig;

/** A store, a search over it, and the lines that went in. */
final class Town implements AutoCloseable {
  static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  final Lines lines = new Lines();
  final Store store;
  final Search search;

  Town(Path folder) {
    this(StoreConfig.in(folder));
  }

  Town(StoreConfig config) {
    store =
        Store.open(
            config,
            new ManualClock(Instant.parse("2026-11-24T12:00:00Z")),
            new SimpleMeterRegistry());
    search = new Search(store, lines, SearchConfig.defaults());
  }

  /** Takes lines in and makes them searchable. */
  Town with(Lines.Line... some) {
    for (var line : some) {
      store.accept(lines.batch(line));
    }
    store.refresh();
    return this;
  }

  /** A line of one agency, on a day in November at this time of the clock. */
  static Lines.Line at(String time, String... fields) {
    return Lines.line("dsf", "2026-11-24T" + time + "Z", Severity.NOTICE, fields);
  }

  /** Sequences of what a query finds, newest first. */
  List<Long> find(String query) {
    return find(query, Scope.national());
  }

  List<Long> find(String query, Scope scope) {
    return search.find(ask(query, scope)).events().stream()
        .map(Event::id)
        .map(id -> id.sequence())
        .toList();
  }

  /** What is known of fields at all times. */
  Names names(Scope scope) {
    return new Names(
        store,
        scope,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        false,
        () -> Deadline.in(Duration.ofMinutes(1)));
  }

  static SearchRequest ask(String query, Scope scope) {
    return new SearchRequest(query, scope, FIRST, LAST, 10_000, Optional.empty());
  }

  @Override
  public void close() {
    store.close();
  }
}
