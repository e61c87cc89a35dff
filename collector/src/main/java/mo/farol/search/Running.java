package mo.farol.search;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import mo.farol.store.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * One search under way. Watches its own work: wherever that looks at the clock, it is ended if the
 * search was cancelled, and held up if it took long and no place among the heavy ones is free. Told
 * of by any thread.
 */
final class Running implements Deadline.Watcher {
  private final String id;
  private final Asker asker;
  private final String query;
  private final Instant since;
  private final Lanes lanes;
  private final boolean isTable;
  private final long askedNanos = System.nanoTime();
  private final AtomicLong of = new AtomicLong();
  private final AtomicLong passed = new AtomicLong();
  private final AtomicLong within = new AtomicLong();
  private final AtomicLong found = new AtomicLong();
  private volatile UnderWay.State state = UnderWay.State.WAITING;
  private volatile @Nullable String cancelledBy;

  // Of the thread that works.
  private @Nullable Lane place;
  private boolean isAmongTables;
  private boolean isTimed;
  private boolean isHeavy;
  private long turnNanos;

  Running(String id, Asker asker, String query, Instant since, Lanes lanes) {
    this.id = id;
    this.asker = asker;
    this.query = query;
    this.since = since;
    this.lanes = lanes;
    this.isTable = !Splitting.stages(query).isEmpty();
  }

  String id() {
    return id;
  }

  Asker asker() {
    return asker;
  }

  /** Waits for its turn, for so long at most. Throws {@link Busy}, {@link Cancelled}. */
  void begin(Duration time) {
    long end = askedNanos + time.toNanos();
    if (isTable) {
      isAmongTables = entered(lanes.tables(), end);
    }
    if (entered(lanes.light(), end)) {
      place = lanes.light();
    }
    turnNanos = System.nanoTime();
    state = UnderWay.State.LIGHT;
  }

  private boolean entered(Lane lane, long end) {
    boolean isIn = lane.enter(this, end);
    if (!isIn) {
      mustGoOn();
      throw Busy.noTurn();
    }
    return true;
  }

  /** Gives back whatever places it holds. */
  void end() {
    leave();
    if (isAmongTables) {
      lanes.tables().leave(this);
      isAmongTables = false;
    }
  }

  /** The time of its next step, which ends so long from now; the first includes the wait. */
  Deadline deadline(Duration time) {
    long from = isTimed ? System.nanoTime() : askedNanos;
    isTimed = true;
    return Deadline.at(from + time.toNanos(), this);
  }

  /** Ends the work soon. */
  void cancel(String by) {
    if (cancelledBy == null) {
      cancelledBy = by;
    }
    lanes.wake(this);
  }

  boolean isCancelled() {
    return cancelledBy != null;
  }

  /** Whether it took so long that it had to stand among the heavy ones. */
  boolean isHeavy() {
    return isHeavy;
  }

  Duration took() {
    return Duration.ofNanos(System.nanoTime() - askedNanos);
  }

  UnderWay told() {
    long all = of.get();
    long done = Math.min(all, passed.get() + within.get());
    return new UnderWay(
        id,
        query,
        asker.name(),
        since,
        state,
        all == 0 ? 0 : (double) done / all,
        all,
        found.get(),
        took());
  }

  @Override
  public void check(long endNanos) {
    mustGoOn();
    if (place == lanes.heavy() || !isHeavy && System.nanoTime() - turnNanos < lanes.lightNanos()) {
      return;
    }
    // What is light is left first, so that nothing light waits for what is heavy.
    isHeavy = true;
    state = UnderWay.State.WAITING;
    leave();
    if (lanes.heavy().enter(this, endNanos)) {
      place = lanes.heavy();
      state = UnderWay.State.HEAVY;
    }
    mustGoOn();
  }

  @Override
  public void ahead(long events) {
    of.addAndGet(events);
  }

  @Override
  public void passed(long events) {
    within.set(0);
    passed.addAndGet(events);
  }

  @Override
  public void within(long events) {
    within.set(events);
  }

  @Override
  public void found(long events) {
    found.set(events);
  }

  private void mustGoOn() {
    String by = cancelledBy;
    if (by != null) {
      throw new Cancelled(by);
    }
  }

  private void leave() {
    var held = place;
    if (held != null) {
      place = null;
      held.leave(this);
    }
  }
}
