package mo.farol.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import mo.farol.search.Asker;

/**
 * How many bytes of answers are held at once until their readers have taken them: of one reader at
 * most a part, and as many again wait for their turn. What is larger than one reader's part counts
 * as that. Any thread.
 */
final class Turns {
  private final long all;
  private final long ofOne;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Asker.Who, Long> held = new HashMap<>();
  private long taken;
  private long waiting;

  Turns(long all, long ofOne) {
    this.all = all;
    this.ofOne = ofOne;
  }

  /** Waits for a turn; false where there was none in that time, or too many wait already. */
  boolean enter(Asker.Who who, long bytes, Duration time) {
    long weight = weight(bytes);
    lock.lock();
    try {
      if (waiting + weight > all) {
        return false;
      }
      waiting += weight;
      try {
        if (!await(who, weight, time.toNanos())) {
          return false;
        }
      } finally {
        waiting -= weight;
      }
      taken += weight;
      held.merge(who, weight, Long::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean await(Asker.Who who, long weight, long nanos) {
    long left = nanos;
    while (taken + weight > all || held.getOrDefault(who, 0L) + weight > ofOne) {
      if (left <= 0) {
        return false;
      }
      try {
        left = changed.awaitNanos(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Gives a turn back. */
  void leave(Asker.Who who, long bytes) {
    long weight = weight(bytes);
    lock.lock();
    try {
      taken -= weight;
      held.computeIfPresent(who, (_, had) -> had == weight ? null : had - weight);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether anybody waits. */
  boolean isWanted() {
    lock.lock();
    try {
      return waiting > 0;
    } finally {
      lock.unlock();
    }
  }

  private long weight(long bytes) {
    return Math.min(bytes, ofOne);
  }
}
