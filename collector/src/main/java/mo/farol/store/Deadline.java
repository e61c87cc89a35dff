package mo.farol.store;

import java.time.Duration;

/**
 * When an answer must be given, complete or not; and the way in which whoever watches the work may
 * hold or end it. Belongs to the thread that works.
 */
public final class Deadline {
  /** Watches work from within: asked on the thread that works, wherever the clock is looked at. */
  public interface Watcher {
    /**
     * Returns once the work may go on, or its time is over; ends it by an exception of its own.
     *
     * @param endNanos end of its time, of {@link System#nanoTime}
     */
    void check(long endNanos);

    /** So many events more are to be looked at. */
    void ahead(long events);

    /** So many were looked at, or need not be, since this was said last. */
    void passed(long events);

    /** Of those not passed yet, so many were looked at. */
    void within(long events);

    /** So many matches were counted by now. */
    void found(long events);
  }

  private static final Watcher NOBODY =
      new Watcher() {
        @Override
        public void check(long endNanos) {}

        @Override
        public void ahead(long events) {}

        @Override
        public void passed(long events) {}

        @Override
        public void within(long events) {}

        @Override
        public void found(long events) {}
      };

  private final long endNanos;
  private final Watcher watcher;
  private boolean missed;

  private Deadline(long endNanos, Watcher watcher) {
    this.endNanos = endNanos;
    this.watcher = watcher;
  }

  /** A deadline so long from now, watched by nobody. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos(), NOBODY);
  }

  /** A deadline at an instant of {@link System#nanoTime}, of work that somebody watches. */
  public static Deadline at(long endNanos, Watcher watcher) {
    return new Deadline(endNanos, watcher);
  }

  /**
   * Whether it has passed; once it has, the answer is marked as not exact. May wait, and may end
   * the work by an exception, as the watcher wants: no lock may be held here.
   */
  public boolean isOver() {
    watcher.check(endNanos);
    if (System.nanoTime() - endNanos >= 0) {
      missed = true;
    }
    return missed;
  }

  /** Lets the watcher hold or end the work, as {@link #isOver} does; the clock is not looked at. */
  public void check() {
    watcher.check(endNanos);
  }

  /** Whether work was cut short. */
  public boolean missed() {
    return missed;
  }

  /** Who is told how far the work has come. */
  Watcher watcher() {
    return watcher;
  }

  /** For work inside Lucene, which can't be told to stop: throws where the time is over. */
  void demand() {
    if (isOver()) {
      throw new Late();
    }
  }

  /** The time ran out in the middle of something; caught where a segment is looked at. */
  static final class Late extends RuntimeException {
    private static final long serialVersionUID = 1;

    Late() {
      super("the time is over", null, false, false);
    }
  }
}
