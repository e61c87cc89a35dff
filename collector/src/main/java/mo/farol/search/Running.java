package mo.farol.search;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import mo.farol.store.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * One search under way. Watches its own work: wherever that looks at the clock, it is ended if the
 * search was cancelled, and held up if it took long and no place among the heavy ones is free, or
 * others wait for the one it has had for a while. Told of by any thread.
 */
final class Running implements Deadline.Watcher {
  private final String id;
  private final Asker asker;
  private final String query;
  private final Instant since;
  private final Lanes lanes;
  private final long askedNanos = System.nanoTime();
  private final AtomicLong of = new AtomicLong();
  private final AtomicLong most = new AtomicLong();
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
  private boolean isHeavyOnce;
  private long turnNanos;
  private long heldNanos;
  private long workedNanos;
  private long endNanos;
  private long budgetNanos;

  Running(String id, Asker asker, String query, Instant since, Lanes lanes) {
    this.id = id;
    this.asker = asker;
    this.query = query;
    this.since = since;
    this.lanes = lanes;
  }

  String id() {
    return id;
  }

  Asker asker() {
    return asker;
  }

  /** Waits for its turn, for so long at most. Throws {@link Busy}, {@link Cancelled}. */
  void begin(Duration time) {
    enterLight(askedNanos + time.toNanos());
    turnNanos = heldNanos;
  }

  private void enterLight(long end) {
    enter(lanes.light(), end);
    place = lanes.light();
    heldNanos = System.nanoTime();
    state = UnderWay.State.LIGHT;
  }

  private void enter(Lane lane, long end) {
    if (!lane.enter(this, end)) {
      mustGoOn();
      throw Busy.noTurn();
    }
  }

  /**
   * Does the work of stages while holding a place among tables, waited for without any other, until
   * the time of the step begun last is over. Throws {@link Busy}, {@link Cancelled}.
   */
  <T> T amongTables(Supplier<T> work) {
    leave();
    state = UnderWay.State.WAITING;
    enter(lanes.tables(), endNanos);
    isAmongTables = true;
    try {
      if (!isHeavy) {
        enterLight(endNanos);
      }
      return work.get();
    } finally {
      leaveTables();
    }
  }

  /** Gives back whatever places it holds. */
  void end() {
    leave();
    leaveTables();
  }

  private void leaveTables() {
    if (isAmongTables) {
      isAmongTables = false;
      lanes.tables().leave(this);
    }
  }

  /**
   * The time of its next step, which ends so long from now; the first includes the wait, and all
   * together end after twice the time.
   */
  Deadline deadline(Duration time) {
    budgetNanos = time.toNanos();
    long last = askedNanos + 2 * budgetNanos;
    long from = isTimed ? Math.min(System.nanoTime(), last - budgetNanos) : askedNanos;
    isTimed = true;
    endNanos = from + budgetNanos;
    return Deadline.at(endNanos, this);
  }

  /** How long it worked; right while it holds no place, and on its own thread. */
  long workedNanos() {
    return place == null ? workedNanos : workedNanos + System.nanoTime() - heldNanos;
  }

  /** Whether it had at least half of its time to work in, and waited no longer than that. */
  boolean hadItsTime() {
    return workedNanos() >= budgetNanos / 2;
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

  UnderWay.State state() {
    return state;
  }

  /**
   * How it is.
   *
   * @param whole whether whoever is told may know how many events there are, whosesoever: what is
   *     looked at is not only theirs
   */
  UnderWay told(boolean whole) {
    long all = of.get();
    long done = Math.min(all, passed.get() + within.get());
    return new UnderWay(
        id,
        query,
        asker.name(),
        since,
        state,
        all == 0 ? 0 : (double) done / all,
        whole ? OptionalLong.of(most.get()) : OptionalLong.empty(),
        found.get(),
        took());
  }

  @Override
  public void check(long endNanos) {
    mustGoOn();
    if (mayStay()) {
      return;
    }
    // What is held is left first, so that nothing light waits for what is heavy.
    isHeavy = true;
    state = UnderWay.State.WAITING;
    leave();
    if (lanes.heavy().enter(this, endNanos)) {
      isHeavyOnce = true;
      place = lanes.heavy();
      heldNanos = System.nanoTime();
      state = UnderWay.State.HEAVY;
    }
    mustGoOn();
    // What had its turns before is answered with what it has.
    if (place == null && !isHeavyOnce) {
      throw Busy.noTurn();
    }
  }

  private boolean mayStay() {
    if (place == lanes.heavy()) {
      return !lanes.heavy().isWanted() || System.nanoTime() - heldNanos < lanes.turnNanos();
    }
    return !isHeavy && System.nanoTime() - turnNanos < lanes.lightNanos();
  }

  @Override
  public void ahead(long events) {
    of.addAndGet(events);
    most.accumulateAndGet(events, Math::max); // what is gone through twice is there once
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
      workedNanos += System.nanoTime() - heldNanos;
      place = null;
      held.leave(this);
    }
  }
}
