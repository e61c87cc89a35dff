package mo.farol.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Places for a number of searches. Of those who wait, whoever holds the fewest of them is served
 * next, then what has worked the fewest turns, then whoever was served the longest ago, then what
 * came first: so ten questions of one person, or a long one, keep nobody else waiting for more than
 * one turn. Any thread.
 */
final class Lane {
  private static final class Waiting {
    final Running who;
    final Condition changed;
    boolean isIn;

    Waiting(Running who, Condition changed) {
      this.who = who;
      this.changed = changed;
    }
  }

  private final int places;
  private final int mostOfOne;
  private final long turnNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiting> queue = new ArrayList<>();
  private final Map<Asker.Who, Integer> held = new HashMap<>();
  private final Map<Asker.Who, Long> served = new HashMap<>();
  private int taken;
  private volatile boolean isWanted;
  private long turn;

  /**
   * @param mostOfOne places that one person holds at most
   * @param turnNanos by which work is counted
   */
  Lane(int places, int mostOfOne, long turnNanos) {
    this.places = places;
    this.mostOfOne = mostOfOne;
    this.turnNanos = Math.max(1, turnNanos);
  }

  /** Whether somebody waits for a place. */
  boolean isWanted() {
    return isWanted;
  }

  /**
   * Waits for a place; false where none came by then, or the search was cancelled.
   *
   * @param endNanos of {@link System#nanoTime}
   */
  boolean enter(Running who, long endNanos) {
    lock.lock();
    try {
      var waiting = new Waiting(who, lock.newCondition());
      queue.add(waiting);
      serve();
      await(waiting, endNanos);
      queue.remove(waiting);
      isWanted = !queue.isEmpty();
      return waiting.isIn;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back. */
  void leave(Running who) {
    lock.lock();
    try {
      taken--;
      held.computeIfPresent(who.asker().who(), (_, n) -> n == 1 ? null : n - 1);
      serve();
      if (taken == 0 && queue.isEmpty()) {
        served.clear();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets a search that waits here see that it was cancelled. */
  void wake(Running who) {
    lock.lock();
    try {
      queue.stream().filter(w -> w.who == who).forEach(w -> w.changed.signal());
    } finally {
      lock.unlock();
    }
  }

  // Searches are never interrupted: an interrupt would close the files of index and journal.
  private void await(Waiting waiting, long endNanos) {
    while (!waiting.isIn && !waiting.who.isCancelled()) {
      long left = endNanos - System.nanoTime();
      if (left <= 0) {
        return;
      }
      try {
        if (waiting.changed.awaitNanos(left) <= 0) {
          return;
        }
      } catch (InterruptedException e) {
        return; // nobody does; as if no place had come
      }
    }
  }

  private void serve() {
    while (taken < places) {
      var first = queue.stream().filter(w -> held(w) < mostOfOne).min(order());
      if (first.isEmpty()) {
        break;
      }
      var next = first.get();
      var who = next.who.asker().who();
      taken++;
      held.merge(who, 1, Integer::sum);
      served.put(who, ++turn);
      next.isIn = true;
      queue.remove(next);
      next.changed.signal();
    }
    isWanted = !queue.isEmpty();
  }

  private int held(Waiting waiting) {
    return held.getOrDefault(waiting.who.asker().who(), 0);
  }

  // The first of equal ones is the one that came first.
  private Comparator<Waiting> order() {
    return Comparator.comparingInt(this::held)
        .thenComparingLong(w -> w.who.workedNanos() / turnNanos)
        .thenComparingLong(w -> served.getOrDefault(w.who.asker().who(), 0L));
  }
}
