package mo.farol.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import mo.farol.event.EventBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The days of a store, and which of them are being written to. */
final class Shards {
  private static final Logger LOG = LoggerFactory.getLogger(Shards.class);
  private static final Duration IDLE = Duration.ofMinutes(2);

  private final StoreConfig config;
  private final Ground ground;
  private final Meters meters;
  private final Mendings mendings;
  private final ConcurrentSkipListMap<Long, Shard> days = new ConcurrentSkipListMap<>();
  private final Doubts doubts;
  private long next;
  private long had;

  private Shards(StoreConfig config, Ground ground, Meters meters, Mendings mendings) {
    this.config = config;
    this.ground = ground;
    this.meters = meters;
    this.mendings = mendings;
    this.doubts = new Doubts(ground, config.folder(), System::nanoTime);
  }

  /**
   * Opens every day of a folder; one that can't be read is set aside and made again by replay, and
   * so is one that is gone.
   *
   * @param damaged what is wrong with days that were found damaged, by name
   */
  static Shards open(
      StoreConfig config, Ground ground, Meters meters, Map<String, String> damaged, Instant now)
      throws IOException {
    var folder = config.folder();
    Leftovers.sweep(folder);
    var shards = new Shards(config, ground, meters, Mendings.read(folder));
    try {
      shards.openAll(Checkpoint.read(folder), damaged, now);
      return shards;
    } catch (IOException | RuntimeException | InternalError e) {
      shards.abandon();
      throw e;
    }
  }

  private void openAll(Checkpoint checkpoint, Map<String, String> wrongs, Instant now)
      throws IOException {
    next = checkpoint.next();
    had = next;
    var lost = new LinkedHashMap<Checkpoint.Day, String>();
    for (var each : Leftovers.days(config.folder())) {
      String name = each.getFileName().toString();
      var known = checkpoint.day(name);
      String wrong = wrongs.getOrDefault(name, "");
      wrong = wrong.isEmpty() ? take(each, known) : wrong;
      if (!wrong.isEmpty()) {
        LOG.error("the index in {} can't be read, is set aside and made again: {}", each, wrong);
        meters.setAside().increment();
        lost.put(
            known.orElse(Checkpoint.Day.since(name, checkpoint.next())), Leftovers.setAside(each));
      }
    }
    for (var day : checkpoint.days()) {
      if (day.rows() != 0 && !has(day.name()) && !lost.containsKey(day)) {
        LOG.warn("the index of {} is gone and is made again", day.name());
        lost.put(day, "");
      }
    }
    had = Math.max(had, mendings.upTo());
    for (var day : lost.entrySet()) {
      var was = mendings.begin(day.getKey(), day.getValue(), now, checkpoint.next());
      next = Math.min(next, was.first());
    }
    if (!lost.isEmpty()) {
      // Otherwise a crash halfway would leave a day that looks as if it were whole.
      checkpoint(next);
    }
  }

  /** Opens one day; gives what is wrong with it, or nothing. */
  private String take(Path folder, Optional<Checkpoint.Day> known) throws IOException {
    try {
      return open(folder, known);
    } catch (IOException | RuntimeException | InternalError e) {
      return switch (Damage.told(e, ground, folder, Set.of())) {
        case Damage.Look.Damaged damaged -> damaged.what();
        case Damage.Look.Sound _ -> open(folder, known); // what was read just now is at hand
        case Damage.Look.Untold _ -> throw e instanceof IOException io ? io : new IOException(e);
      };
    }
  }

  private String open(Path folder, Optional<Checkpoint.Day> known) throws IOException {
    long day = LocalDate.parse(folder.getFileName().toString()).toEpochDay();
    var shard = Shard.open(folder, config.bufferBytes(), ground, meters);
    if (known.isPresent() && shard.lacks(known.get())) {
      shard.abandon();
      return "its last commit is gone";
    }
    days.put(day, shard);
    had = Math.max(had, shard.skipBelow());
    return "";
  }

  private boolean has(String day) {
    return days.values().stream().anyMatch(shard -> shard.day().equals(day));
  }

  /** Where a replay must begin. */
  long next() {
    return next;
  }

  /** Sequence after the last event that some day had when it was opened. */
  long had() {
    return had;
  }

  Collection<Shard> all() {
    return days.values();
  }

  /** Days that are or were made again. */
  Mendings mendings() {
    return mendings;
  }

  /** Those that are or were made again, and how far. */
  List<Mending> told() throws IOException {
    var told = new ArrayList<Mending>();
    for (var mend : mendings.all()) {
      var was = mend.was();
      long rows = mend.isDone() ? mend.rebuilt() : rowsOf(was.name(), mend.upTo());
      told.add(
          new Mending(was.name(), mend.foundAt(), mend.aside(), was.rows(), rows, mend.isDone()));
    }
    return told;
  }

  /** Days that may be damaged. */
  Doubts doubts() {
    return doubts;
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
          run = new DayRun(shard(day), batch, meters.leftOut());
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
      target.cover(each.micros(), each.sequence());
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
    if (mendings.isUnderWay()) {
      refresh();
      mendings.finish(next, this::rowsOf);
    }
  }

  private long rowsOf(String day, long below) throws IOException {
    for (var shard : days.values()) {
      if (shard.day().equals(day)) {
        return shard.countBelow(below);
      }
    }
    return 0;
  }

  /** Removes rows from every day that has such; all is durable and visible when this returns. */
  void forget(AmongRuns rows, long next, Instant now) throws IOException {
    for (var shard : days.values()) {
      long count = shard.count(rows);
      if (count > 0) {
        makeRoom(shard);
        boolean wasWriting = shard.isWriting();
        shard.remove(rows, now);
        mendings.forgot(shard.day(), count);
        if (!wasWriting) {
          shard.rest();
        }
      }
    }
    refresh();
    commit(next);
    removeEmpty(next);
  }

  // The checkpoint first: a day it names and that is gone is made again.
  private void removeEmpty(long next) throws IOException {
    var empty = days.entrySet().stream().filter(day -> day.getValue().rows() == 0).toList();
    if (empty.isEmpty()) {
      return;
    }
    empty.forEach(day -> days.remove(day.getKey()));
    checkpoint(next);
    for (var day : empty) {
      day.getValue().remove();
      Leftovers.remove(config.folder().resolve(day.getValue().day()));
    }
  }

  /** Closes days that were not written to for a while, those of the past once they are merged. */
  void rest(Instant now) throws IOException {
    long today = Math.floorDiv(now.getEpochSecond(), Days.SECONDS);
    for (var day : days.entrySet()) {
      var shard = day.getValue();
      if (shard.isWriting() && shard.isIdle(now, IDLE)) {
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

  /** Forgets what was not committed; readers go on with what they see. */
  void stopWriting() throws IOException {
    for (var shard : days.values()) {
      shard.stopWriting();
    }
  }

  /** Lets go of everything without committing, as a crash would. */
  void abandon() throws IOException {
    for (var shard : days.values()) {
      shard.abandon();
    }
  }

  private void checkpoint(long next) throws IOException {
    new Checkpoint(next, days.values().stream().map(Shard::known).toList()).write(config.folder());
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
    var made = Shard.open(folder, config.bufferBytes(), ground, meters);
    days.put(day, made);
    return made;
  }
}
