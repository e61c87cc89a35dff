package mo.farol.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mo.farol.event.EventBatch;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/** The embedded {@link EventIndex}: one Lucene index a day of event time. */
public final class Store implements EventIndex {
  private static final String CHECKPOINT = "next";
  private static final Duration REFRESH = Duration.ofMillis(400);
  private final StoreConfig config;
  private final InstantSource clock;
  private final ConcurrentSkipListMap<String, Shard> shards = new ConcurrentSkipListMap<>();
  private final Documents documents = new Documents();
  private final Days days = new Days();
  private final Counter indexed;
  private final Timer commits;
  private String currentDay = "";
  private @Nullable Shard current;
  private long next;
  private long committed;
  private volatile long searchable;
  private long committedAt;
  private long refreshedAt;

  private Store(StoreConfig config, InstantSource clock, MeterRegistry metrics) throws IOException {
    this.config = config;
    this.clock = clock;
    indexed = metrics.counter("farol_store_events_total");
    commits = metrics.timer("farol_store_commit_seconds");
    metrics.gauge("farol_store_shards", shards, ConcurrentSkipListMap::size);
    Files.createDirectories(config.folder());
    next = readCheckpoint();
    committed = next;
    for (Path folder : shardFolders()) {
      shards.put(folder.getFileName().toString(), Shard.open(folder, config.bufferBytes()));
    }
    searchable = next;
  }

  /**
   * Opens the index.
   *
   * @throws StoreFault when the folder can't be used
   */
  public static Store open(StoreConfig config, InstantSource clock, MeterRegistry metrics) {
    try {
      return new Store(config, clock, metrics);
    } catch (IOException e) {
      throw new StoreFault(
          "cannot open the index "
              + config.folder()
              + " ("
              + e
              + "); it can be removed and is built anew from the journal",
          e);
    }
  }

  @Override
  public String name() {
    return "store";
  }

  @Override
  public long next() {
    return next;
  }

  @Override
  public long searchable() {
    return searchable;
  }

  @Override
  public void accept(EventBatch batch) {
    try {
      for (int i = batch.first(); i < batch.count(); i++) {
        if (batch.sequence(i) >= next) {
          add(batch, i);
          next = batch.sequence(i) + 1;
        }
      }
    } catch (IOException e) {
      throw new StoreFault("cannot index event " + next, e);
    }
    indexed.increment(batch.count() - batch.first());
  }

  @Override
  public void pulse(boolean caughtUp) {
    long now = clock.millis();
    try {
      if (searchable < next
          && (now - refreshedAt >= REFRESH.toMillis() || caughtUp && now - refreshedAt >= 50)) {
        refresh();
        refreshedAt = now;
      }
      if (committed < next && now - committedAt >= config.commitEvery().toMillis()) {
        commit();
        committedAt = now;
      }
    } catch (IOException e) {
      throw new StoreFault("cannot commit the index in " + config.folder(), e);
    }
  }

  @Override
  public Reading read() {
    for (int tries = 0; ; tries++) {
      try {
        List<SearcherManager> managers = new ArrayList<>();
        shards.descendingMap().values().forEach(s -> managers.add(s.searchers()));
        return new Reading(managers);
      } catch (AlreadyClosedException e) {
        // A shard went to rest between the two lines: its new manager stands there now.
        if (tries == 10) {
          throw new StoreFault("the index is closed", e);
        }
      } catch (IOException e) {
        throw new StoreFault("cannot read the index in " + config.folder(), e);
      }
    }
  }

  @Override
  public void close() {
    try {
      commit();
      for (var shard : shards.values()) {
        shard.close();
      }
    } catch (IOException e) {
      throw new StoreFault("cannot close the index in " + config.folder(), e);
    }
  }

  // One at a time: Lucene sorts a block of documents as one, and every event has a time of its own.
  private void add(EventBatch batch, int i) throws IOException {
    var shard = shard(days.of(batch, i));
    long sequence = batch.sequence(i);
    if (sequence >= shard.committedNext()) {
      shard.add(documents.of(batch, i), sequence);
    }
  }

  private Shard shard(String day) throws IOException {
    if (day.equals(currentDay) && current != null && current.isOpen()) {
      return current;
    }
    var known = shards.get(day);
    if (known == null) {
      known = Shard.open(config.folder().resolve(day), config.bufferBytes());
      shards.put(day, known);
    }
    if (!known.isOpen()) {
      makeRoom();
    }
    currentDay = day;
    current = known;
    return known;
  }

  private void makeRoom() throws IOException {
    List<Shard> open = shards.values().stream().filter(Shard::isOpen).toList();
    if (open.size() >= config.openShards()) {
      open.stream().min(Comparator.comparingLong(Shard::usedAt)).orElseThrow().rest(next);
    }
  }

  private void refresh() throws IOException {
    long covered = next;
    for (var shard : shards.values()) {
      if (shard.isOpen()) {
        shard.refresh();
      }
    }
    searchable = covered;
  }

  private void commit() throws IOException {
    long begun = System.nanoTime();
    for (var shard : shards.values()) {
      shard.commit(next);
    }
    Path draft = config.folder().resolve(CHECKPOINT + ".new");
    Files.writeString(draft, Long.toString(next));
    Files.move(
        draft,
        config.folder().resolve(CHECKPOINT),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    committed = next;
    commits.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
  }

  private long readCheckpoint() throws IOException {
    Path file = config.folder().resolve(CHECKPOINT);
    return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
  }

  private List<Path> shardFolders() throws IOException {
    try (Stream<Path> entries = Files.list(config.folder())) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
