package mo.farol.store;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which days may be damaged: those that gave no answer, and by and by each of the others, are read
 * through by a thread of their own, one at a time. Any thread asks.
 */
final class Doubts {
  private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);

  private final Set<Shard> doubted = ConcurrentHashMap.newKeySet();
  private final Set<Shard> sound = ConcurrentHashMap.newKeySet();
  private final Set<String> looked = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Map<String, String> damaged = new ConcurrentHashMap<>();

  /**
   * Has a day read through that gave no answer; once, for it takes a while.
   *
   * @return false where it was found sound before, so that the fault must lie elsewhere
   */
  boolean doubt(Shard shard) {
    if (doubted.add(shard)) {
      LOG.warn("the index of {} could not be read; it is looked through", shard.day());
      start(() -> look(shard));
    }
    return !sound.contains(shard);
  }

  /** Has the next of the days read through that nobody writes to, unless one is just now. */
  void lookAtNext(Collection<Shard> days) {
    if (days.stream().allMatch(shard -> shard.isWriting() || looked.contains(shard.day()))) {
      looked.clear();
    }
    for (var shard : days) {
      boolean isNext = !shard.isWriting() && !looked.contains(shard.day());
      if (isNext && looking.compareAndSet(false, true)) {
        looked.add(shard.day());
        start(() -> lookByTheWay(shard));
        return;
      }
    }
  }

  private static void start(Runnable look) {
    Thread.ofPlatform().daemon().name("store-look").start(look);
  }

  private void lookByTheWay(Shard shard) {
    try {
      Damage.of(shard).ifPresent(what -> damaged.put(shard.day(), what));
    } finally {
      looking.set(false);
    }
  }

  private void look(Shard shard) {
    var wrong = Damage.of(shard);
    if (wrong.isEmpty()) {
      LOG.warn("the index of {} is as it was written", shard.day());
      sound.add(shard);
    }
    wrong.ifPresent(what -> damaged.put(shard.day(), what));
  }

  /** Throws where a day was found damaged. */
  void check() throws IOException {
    for (var each : damaged.entrySet()) {
      throw new IOException(
          "the day %s is damaged (%s): it is set aside and made again"
              .formatted(each.getKey(), each.getValue()));
    }
  }

  /**
   * Days that are damaged, by name and with what is wrong: found by now, or told by a failure to
   * write, where this reads them through.
   */
  Map<String, String> damaged(Collection<Shard> days, Throwable failure) {
    var all = new LinkedHashMap<>(damaged);
    boolean told = Damage.isToldBy(failure);
    for (var shard : days) {
      var tragedy = shard.tragedy();
      boolean isSuspect =
          tragedy != null && Damage.isToldBy(tragedy) || told && isNamed(shard, failure);
      if (isSuspect && !all.containsKey(shard.day())) {
        Damage.of(shard).ifPresent(what -> all.put(shard.day(), what));
      }
    }
    return all;
  }

  private static boolean isNamed(Shard shard, Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(shard.day())) {
        return true;
      }
    }
    return false;
  }
}
