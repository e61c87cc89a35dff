package mo.farol.store;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentSkipListMap;
import mo.farol.event.EventBatch;
import mo.farol.event.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The days of a store, and which of them are being written to. */
final class Shards {
  private static final Logger LOG = LoggerFactory.getLogger(Shards.class);
  private static final Duration IDLE = Duration.ofMinutes(2);
  private static final int CHUNK = 1024;
  private static final long DAY_MICROS = 86_400_000_000L;

  /** A sender's clock that is further behind or ahead than so many days does not choose the day. */
  private static final int LIVE_DAYS_BACK = 7;

  private static final int DAYS_AHEAD = 1;

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

  /** Events of one batch that belong to one day, in order. */
  final class Run {
    private final Shard shard;
    private final EventBatch batch;
    private int[] events = new int[16];
    private int count;

    Run(Shard shard, EventBatch batch) {
      this.shard = shard;
      this.batch = batch;
    }

    /** Writes the events through a re-used document; gives the number written. */
    int addTo(EventDocument document, Instant now) throws IOException {
      document.open(batch);
      makeRoom(shard);
      int written = 0;
      for (int from = 0; from < count; from += CHUNK) {
        written += add(document, from, Math.min(from + CHUNK, count), now);
      }
      shard.completeTo(batch.nextSequence());
      return written;
    }

    private int add(EventDocument document, int first, int last, Instant now) throws IOException {
      for (int k = first; k < last; k++) {
        shard.cover(batch.occurredAtMicros(events[k]));
      }
      try {
        Iterable<EventDocument> documents = () -> documents(document, first, last);
        shard.add(documents, now);
        return last - first;
      } catch (RuntimeException e) {
        if (!shard.isSound()) {
          throw new IOException("the index writer is closed", e);
        }
        return leaveOut(document, first, last, now, e);
      }
    }

    // Lucene takes a chunk whole or not at all, so its parts can be tried again.
    private int leaveOut(
        EventDocument document, int first, int last, Instant now, RuntimeException why)
        throws IOException {
      if (last - first == 1) {
        LOG.error("event {} is not searchable: {}", batch.sequence(events[first]), why.toString());
        leftOut.increment();
        return 0;
      }
      int middle = (first + last) >>> 1;
      return add(document, first, middle, now) + add(document, middle, last, now);
    }

    /** The document is filled when it is asked for, and not before. */
    private Iterator<EventDocument> documents(EventDocument document, int first, int last) {
      return new Iterator<>() {
        private int at = first;

        @Override
        public boolean hasNext() {
          return at < last;
        }

        @Override
        public EventDocument next() {
          if (at == last) {
            throw new NoSuchElementException();
          }
          return document.fill(batch, events[at++]);
        }
      };
    }

    private void take(int event) {
      if (count == events.length) {
        events = Arrays.copyOf(events, count * 2);
      }
      events[count++] = event;
    }
  }

  /** The events of a batch from {@code accepted} on, by day, without those a day already has. */
  Collection<Run> runs(EventBatch batch, long accepted) throws IOException {
    var runs = new LinkedHashMap<Long, Run>();
    long lastDay = Long.MIN_VALUE;
    Run run = null;
    for (int i = batch.first(); i < batch.count(); i++) {
      if (batch.sequence(i) < accepted) {
        continue;
      }
      long day = day(batch, i);
      if (run == null || day != lastDay) {
        run = runs.get(day);
        if (run == null) {
          run = new Run(shard(day), batch);
          runs.put(day, run);
        }
        lastDay = day;
      }
      if (batch.sequence(i) >= run.shard.skipBelow()) {
        run.take(i);
      }
    }
    return runs.values().stream().filter(r -> r.count > 0).toList();
  }

  /**
   * Puts events in the place of what was made of their frames before. Where the day changes, the
   * new row is durable before the old one is taken out, so that a crash loses neither.
   */
  void replace(List<Replacement> all, EventDocument document, long next, Instant now)
      throws IOException {
    var moved = new ArrayList<Replacement>();
    for (var each : all) {
      var target = shard(day(each.one(), each.one().first()));
      makeRoom(target);
      target.remove(each.micros(), each.sequence(), now);
      if (former(each) == target) {
        target.remove(each.formerMicros(), each.sequence(), now);
      } else {
        moved.add(each);
      }
      document.open(each.one());
      target.cover(each.micros());
      target.add(List.of(document.fill(each.one(), each.one().first())), now);
    }
    if (!moved.isEmpty()) {
      commit(next);
    }
    for (var each : moved) {
      var former = former(each);
      makeRoom(former);
      former.remove(each.formerMicros(), each.sequence(), now);
    }
  }

  private Shard former(Replacement each) throws IOException {
    var frames = each.one().frames();
    return shard(day(each.one().origin(), frames.receivedAtMicros(), each.formerMicros()));
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
  void forget(AmongRuns rows, long next) throws IOException {
    for (var shard : days.values()) {
      if (shard.has(rows)) {
        makeRoom(shard);
        boolean wasWriting = shard.isWriting();
        shard.delete(rows);
        if (!wasWriting) {
          shard.rest();
        }
      }
    }
    refresh();
    commit(next);
  }

  /** Closes days that were not written to for a while. */
  void rest(Instant now) throws IOException {
    for (var shard : days.values()) {
      if (shard.isWriting() && shard.usedAt().plus(IDLE).isBefore(now)) {
        shard.rest();
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
      writing.stream().min(Comparator.comparing(Shard::usedAt)).orElseThrow().rest();
    }
  }

  /**
   * The day an event belongs to: decided by the event and its frame alone, so that a replay decides
   * the same.
   */
  private static long day(EventBatch batch, int i) {
    return day(batch.origin(), batch.frames().receivedAtMicros(), batch.occurredAtMicros(i));
  }

  private static long day(Origin origin, long receivedAtMicros, long occurredAtMicros) {
    long received = Math.floorDiv(receivedAtMicros, DAY_MICROS);
    long day = Math.floorDiv(occurredAtMicros, DAY_MICROS);
    boolean tooOld = origin.isLive() ? day < received - LIVE_DAYS_BACK : day < 0;
    return tooOld || day > received + DAYS_AHEAD ? received : day;
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
