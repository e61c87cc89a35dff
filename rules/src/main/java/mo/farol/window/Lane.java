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

  private final Key key;
  private final Workshop shop;
  private final SourceClock clock;
  private final Map<CompiledCorrelation, Table> tables =
      new TreeMap<>(Comparator.comparingInt(CompiledCorrelation::order));
  private long watermark = NEVER;
  private long advancedAt = NEVER;
  private boolean paused; // nobody could be heard since it was last advanced
  private long receivedAt = NEVER;
  private boolean idle;
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
    idle = false;
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
   * before.
   *
   * @param now time of receipt
   */
  void advance(long now, Report out) {
    if (isLive()) {
      if (paused) {
        clock.pass(Math.max(0, now - advancedAt), now);
      }
      long reached = Math.min(now, clock.reached(now, now));
      if (watermark > now + shop.config().lag().toNanos() / 1_000) {
        watermark = reached;
        tables().forEach(table -> table.back(reached));
      }
      watermark = Math.max(watermark, reached);
    } else {
      watermark = Math.max(watermark, clock.reached(receivedAt, watermark));
    }
    paused = false;
    advancedAt = now;
    for (Table table : tables()) {
      if (isLive()) {
        table.timeUp(watermark, out);
      }
      table.settle(watermark, false, out);
      table.expire(watermark, out);
    }
  }

  /**
   * Hands out what is owed and lets go of what is over.
   *
   * @param time live lanes have come at least so far; a replayed one goes by its own events
   * @param all everything owed, whatever its pace
   */
  void flush(long time, boolean all, Report out) {
    watermark = isLive() ? Math.max(watermark, time) : watermark;
    for (Table table : tables()) {
      if (isLive()) {
        table.timeUp(watermark, out);
      }
      table.settle(watermark, all || idle, out);
      table.expire(watermark, out);
    }
    idle = true;
  }

  /** Nothing older than a time comes any more. */
  void pass(long time, Report out) {
    watermark = Math.max(watermark, time);
    for (Table table : tables()) {
      if (isLive()) {
        table.timeUp(watermark, out);
      }
      table.settle(watermark, false, out);
      table.expire(watermark, out);
    }
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
  void takeOver(Lane other, Predicate<CompiledCorrelation> which) {
    other.tables.forEach(
        (rule, table) -> {
          if (which.test(rule)) {
            table.moveTo(this);
            tables.put(rule, table);
          }
        });
    watermark = Math.max(watermark, other.watermark);
    receivedAt = Math.max(receivedAt, other.receivedAt);
    advancedAt = paused ? advancedAt : other.advancedAt;
    clock.takeOver(other.clock);
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
    clock.read(in);
    paused = advancedAt != NEVER;
  }
}
