package mo.farol.store;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import mo.farol.event.EventBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The days of a store, and which of them are being written to. */
final class Shards {
  private static final Logger LOG = LoggerFactory.getLogger(Shards.class);
  private static final Duration IDLE = Duration.ofMinutes(2);

  private final StoreConfig config;
  private final ConcurrentSkipListMap<Long, Shard> days = new ConcurrentSkipListMap<>();
  private final Counter leftOut;
  private boolean broken;

  private Shards(StoreConfig config, Counter leftOut) {
    this.config = config;
    this.leftOut = leftOut;
  }

  /** Opens every day of a folder; one that can't be read is set aside and made again by replay. */
  static Shards open(StoreConfig config, Counter aside, Counter leftOut) throws IOException {
    var shards = new Shards(config, leftOut);
    try (var folders = Files.newDirectoryStream(config.folder(), "????-??-??")) {
      for (var folder : folders) {
        try {
          long day = LocalDate.parse(folder.getFileName().toString()).toEpochDay();
          shards.days.put(day, Shard.open(folder, config.bufferBytes()));
        } catch (IOException | IllegalArgumentException e) {
          LOG.error("set aside the index in {}: it can't be read and is made again", folder, e);
          aside.increment();
          setAside(folder);
          shards.broken = true;
        }
      }
    }
    return shards;
  }

  /** Where a replay must begin. */
  long next() throws IOException {
    var checkpoint = Checkpoint.read(config.folder());
    var here = days.values().stream().map(Shard::day).toList();
    if (broken || !here.containsAll(checkpoint.days())) {
      LOG.warn("days of the index are missing: the journal is replayed from its beginning");
      return 0;
    }
    return checkpoint.next();
  }

  Collection<Shard> all() {
    return days.values();
  }

  /** The events of a batch from {@code accepted} on, by day, without those a day already has. */
  Collection<DayRun> runs(EventBatch batch, long accepted) throws IOException {
    var runs = new LinkedHashMap<Long, DayRun>();
    long lastDay = Long.MIN_VALUE;
    DayRun run = null;
    for (int i = batch.first(); i < batch.count(); i++) {
      if (batch.sequence(i) < accepted) {
        continue;
      }
      long day = Days.of(batch, i);
      if (run == null || day != lastDay) {
        run = runs.get(day);
        if (run == null) {
          run = new DayRun(shard(day), batch, leftOut);
          runs.put(day, run);
        }
        lastDay = day;
      }
      run.take(i);
    }
    return runs.values().stream().filter(r -> !r.isEmpty()).toList();
  }

  /** Writes the events of a run; gives the number written. */
  int add(DayRun run, Pens pens, Instant now) throws IOException {
    makeRoom(run.shard());
    return run.addTo(pens, now);
  }

  /**
   * Puts events in the place of what was made of their frames before. Where the day changes, the
   * new row is durable before the old one is taken out, so that a crash loses neither.
   */
  void replace(List<Replacement> all, EventDocument document, long next, Instant now)
      throws IOException {
    var moved = new ArrayList<Replacement>();
    for (var each : all) {
      var target = shard(Days.of(each.one(), each.one().first()));
      makeRoom(target);
      target.remove(Queries.row(each.micros(), each.sequence()), now);
      if (former(each) == target) {
        target.remove(Queries.row(each.formerMicros(), each.sequence()), now);
      } else {
        moved.add(each);
      }
      document.open(each.one());
      target.cover(each.micros());
      target.open(now);
      target.add(List.of(document.fill(each.one(), each.one().first())));
    }
    if (!moved.isEmpty()) {
      commit(next);
    }
    for (var each : moved) {
      var former = former(each);
      makeRoom(former);
      former.remove(Queries.row(each.formerMicros(), each.sequence()), now);
    }
  }

  private Shard former(Replacement each) throws IOException {
    var frames = each.one().frames();
    return shard(Days.of(each.one().origin(), frames.receivedAtMicros(), each.formerMicros()));
  }

  /** Whether the last commit does not say all. */
  boolean isUncommitted() {
    return days.values().stream().anyMatch(Shard::isUncommitted);
  }

  void refresh() throws IOException {
    for (var shard : days.values()) {
      shard.refresh();
    }
  }

  /** Commits every changed day, then says so in the checkpoint. */
  void commit(long next) throws IOException {
    for (var shard : days.values()) {
      shard.commit(next);
    }
    checkpoint(next);
  }

  /** Removes rows from every day that has such; all is durable and visible when this returns. */
  void forget(AmongRuns rows, long next, Instant now) throws IOException {
    for (var shard : days.values()) {
      if (shard.has(rows)) {
        makeRoom(shard);
        boolean wasWriting = shard.isWriting();
        shard.remove(rows, now);
        if (!wasWriting) {
          shard.rest();
        }
      }
    }
    refresh();
    commit(next);
  }

  /** Closes days that were not written to for a while, those of the past once they are merged. */
  void rest(Instant now) throws IOException {
    long today = Math.floorDiv(now.getEpochSecond(), Days.SECONDS);
    for (var day : days.entrySet()) {
      var shard = day.getValue();
      if (shard.isWriting() && shard.usedAt().plus(IDLE).isBefore(now)) {
        if (day.getKey() >= today || shard.isMerged()) {
          shard.rest();
        }
      }
    }
  }

  void close() throws IOException {
    for (var shard : days.values()) {
      shard.close();
    }
  }

  /** Lets go of everything without committing, as a crash would. */
  void abandon() throws IOException {
    for (var shard : days.values()) {
      shard.abandon();
    }
  }

  private void checkpoint(long next) throws IOException {
    new Checkpoint(next, days.values().stream().map(Shard::day).toList()).write(config.folder());
  }

  /** Closes the day least recently written to, where another is to be opened and no more may be. */
  private void makeRoom(Shard wanted) throws IOException {
    if (wanted.isWriting()) {
      return;
    }
    var writing = days.values().stream().filter(Shard::isWriting).toList();
    if (writing.size() >= config.openShards()) {
      writing.stream()
          .min(Comparator.comparing(Shard::isMerging).thenComparing(Shard::usedAt))
          .orElseThrow()
          .rest();
    }
  }

  private Shard shard(long day) throws IOException {
    var known = days.get(day);
    if (known != null) {
      return known;
    }
    var folder = config.folder().resolve(LocalDate.ofEpochDay(day).toString());
    var made = Shard.open(folder, config.bufferBytes());
    days.put(day, made);
    return made;
  }

  private static void setAside(Path folder) throws IOException {
    for (int n = 1; ; n++) {
      var target = folder.resolveSibling(folder.getFileName() + ".broken-" + n);
      if (!Files.exists(target)) {
        Files.move(folder, target);
        return;
      }
    }
  }
}
