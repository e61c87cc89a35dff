package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All windows of one agency and lane, and how far its event time has come. */
final class Lane {
  /** Whose windows these are; drill data has its own. */
  record Key(String agency, String lane, boolean exercise) {}

  private static final long NEVER = Long.MIN_VALUE / 2;
  private static final long PAUSE = 30_000_000; // microseconds

  private final Key key;
  private final Workshop shop;
  private final SourceClock clock;
  private final Map<CompiledCorrelation, Table> tables =
      new TreeMap<>(Comparator.comparingInt(CompiledCorrelation::order));
  private long watermark = NEVER;
  private long advancedAt = NEVER;
  private boolean paused; // nobody could be heard since it was last advanced
  private long receivedAt = NEVER;
  private boolean touched;
  private Instant stillSince = Instant.MAX;

  Lane(Key key, Workshop shop) {
    this.key = key;
    this.shop = shop;
    clock =
        new SourceClock(
            shop.config().idle().toNanos() / 1_000, shop.config().lag().toNanos() / 1_000);
  }

  /** Knows of a detection: its time is its source's. */
  void heard(Hit hit) {
    touched = true;
    receivedAt = Math.max(receivedAt, hit.receivedAt());
    clock.heard(hit);
  }

  void reached(long latest) {
    touched = true;
    clock.latest(latest);
  }

  void take(CompiledCorrelation rule, Hit hit, Report out) {
    table(rule).take(hit, out);
  }

  Table table(CompiledCorrelation rule) {
    return tables.computeIfAbsent(rule, each -> new Table(each, this, shop));
  }

  /**
   * Moves event time on by the clocks of the sources, and hands out what that makes due. Where no
   * source of live traffic was heard of late, time is that of receipt; an import goes by its events
   * alone. Time does not go back, but where the clock that is ours does by far: then it was wrong
   * before. How often it is moved on changes nothing of where it comes to.
   *
   * @param now time of receipt
   * @param known whether an earlier run came past this time: then sources could be heard in it
   */
  void advance(long now, boolean known, Report out) {
    if (isLive()) {
      goOn(now, known);
      long reached = Math.min(now, clock.reached(advancedAt, now));
      if (watermark > now + shop.config().lag().toNanos() / 1_000) {
        watermark = reached;
        tables().forEach(table -> table.back(reached));
      }
      advancedAt = now;
      moveTo(reached, out);
    } else {
      advancedAt = now;
      moveTo(clock.reachedAt(receivedAt, watermark), out);
    }
  }

  // Who could not be heard for a while may have waited; too short a while makes nobody idle.
  private void goOn(long now, boolean known) {
    if (paused && !known) {
      paused = false;
      long away = now - advancedAt;
      if (away >= PAUSE) {
        clock.pass(away, now);
      }
    }
  }

  // From one group's time to the next, so that what is told by time comes in the order of time.
  private void moveTo(long time, Report out) {
    long come = Math.max(watermark, time);
    for (long next = nextDeadline(); isLive() && next <= come; next = nextDeadline()) {
      watermark = Math.max(watermark, next);
      for (Table table : tables()) {
        if (table.nextDeadline() <= watermark) {
          table.timeUp(watermark, out);
        }
      }
    }
    watermark = come;
    for (Table table : tables()) {
      table.settle(watermark, out);
      table.expire(watermark, out);
    }
  }

  private long nextDeadline() {
    long next = Group.NEVER;
    for (Table table : tables.values()) {
      next = Math.min(next, table.nextDeadline());
    }
    return next;
  }

  /** Moves live event time on at least so far; a replayed one goes by its own events. */
  void reachedBy(long time, Report out) {
    moveTo(isLive() ? time : watermark, out);
  }

  /** Whether there may be something to {@link #tell}. */
  boolean isUntold() {
    return tables.values().stream().anyMatch(Table::isUntold);
  }

  /** Tells how groups stand that grew since they were reported. */
  void tell(Report out) {
    tables.values().forEach(table -> table.tell(out));
  }

  /** Nothing older than a time comes any more. */
  void pass(long time, Report out) {
    moveTo(time, out);
  }

  /**
   * Hands out everything owed and lets go of every group.
   *
   * @param over whether nothing comes any more, so that windows that ended can be judged
   */
  void close(boolean over, Report out) {
    while (!isEmpty()) { // what is handed out may be counted by rules behind
      for (Table table : tables()) {
        if (over) {
          table.end(clock.latest(), out);
        }
        table.clear(out);
      }
    }
  }

  // What is handed out may open a table for a rule that counts it; it comes behind.
  private List<Table> tables() {
    return List.copyOf(tables.values());
  }

  boolean isLive() {
    return key.lane().isEmpty();
  }

  /** Whether this import has had nothing for so long; asked now and then. */
  boolean isStill(Instant now, Duration span) {
    if (touched || stillSince.isAfter(now)) {
      stillSince = now;
    }
    touched = false;
    return !isLive() && !now.isBefore(stillSince.plus(span));
  }

  /** Nothing in it. */
  boolean isEmpty() {
    return tables.values().stream().allMatch(table -> table.size() == 0);
  }

  Key key() {
    return key;
  }

  long watermark() {
    return watermark;
  }

  /** Counts all that it holds. */
  void count() {
    tables.values().forEach(Table::count);
  }

  /** Takes over what another kept of rules that this one knows nothing of. */
  void takeTables(Lane other, Predicate<CompiledCorrelation> which) {
    other.tables.forEach(
        (rule, table) -> {
          if (which.test(rule)) {
            table.moveTo(this);
            tables.put(rule, table);
          }
        });
  }

  /** Another that has come as far, with nothing in it. */
  Lane sameTime(Workshop of) {
    var same = new Lane(key, of);
    same.watermark = watermark;
    same.receivedAt = receivedAt;
    same.advancedAt = advancedAt;
    same.clock.takeOver(clock);
    return same;
  }

  /** The time of receipt that it was last moved on to. */
  long advancedAt() {
    return advancedAt;
  }

  /** Goes on by a plan: what means something else in it is let go. */
  void use(WindowPlan plan, Report out) {
    for (Table table : tables()) {
      if (plan.same(table.rule()) == null) {
        table.clear(out);
      }
    }
    var before = tables();
    tables.clear();
    for (Table table : before) {
      var next = plan.same(table.rule());
      if (next != null) {
        table.use(next);
        tables.put(next, table);
      }
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(key.agency());
    out.writeUTF(key.lane());
    out.writeBoolean(key.exercise());
    out.writeLong(watermark);
    out.writeLong(advancedAt);
    out.writeLong(receivedAt);
    clock.write(out);
    out.writeInt(tables.size());
    for (Table table : tables.values()) {
      out.writeUTF(table.correlation().ref().id());
      out.writeUTF(table.rule().version());
      table.write(out);
    }
  }

  /** Reads what stands before the tables. */
  void readClocks(DataInput in) throws IOException {
    watermark = in.readLong();
    advancedAt = in.readLong();
    receivedAt = in.readLong();
    clock.read(in);
    paused = advancedAt != NEVER;
  }
}
