package mo.farol.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which days may be damaged: those that gave no answer, and by and by each of the others, are read
 * through one after the other by a thread of their own. Any thread asks.
 */
final class Doubts {
  private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);
  private static final long REST_SECONDS = 10;

  /** So long a day is believed that was read through. */
  private static final long SOUND_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Ground ground;
  private final Path folder;
  private final LongSupplier nanos;
  private final ThreadPoolExecutor thread;
  private final Set<Shard> waiting = ConcurrentHashMap.newKeySet();
  private final Map<Shard, Long> sound = new ConcurrentHashMap<>();
  private final Set<String> looked = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Map<String, String> damaged = new ConcurrentHashMap<>();

  /**
   * @param folder the folders of days lie in
   * @param nanos passes however the clock is set, in nanoseconds
   */
  Doubts(Ground ground, Path folder, LongSupplier nanos) {
    this.ground = ground;
    this.folder = folder;
    this.nanos = nanos;
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            REST_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // no longer than there are days
            Thread.ofPlatform().daemon().name("store-look").factory());
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * Has days read through that gave no answer, each unless it waits for that already.
   *
   * @return false where one of them was found sound within the last hour, so that the fault must
   *     lie elsewhere
   */
  boolean doubt(Collection<Shard> days) {
    boolean areDoubtful = true;
    for (var shard : days) {
      areDoubtful &= doubt(shard);
    }
    return areDoubtful;
  }

  private boolean doubt(Shard shard) {
    Long since = sound.get(shard);
    if (since != null && nanos.getAsLong() - since < SOUND_NANOS) {
      return false;
    }
    if (!damaged.containsKey(shard.day()) && waiting.add(shard)) {
      LOG.warn("the index of {} could not be read; it is looked through", shard.day());
      thread.execute(() -> lookAtDoubted(shard));
    }
    return true;
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
        thread.execute(() -> lookByTheWay(shard));
        return;
      }
    }
  }

  private void lookByTheWay(Shard shard) {
    try {
      look(shard);
    } finally {
      looking.set(false);
    }
  }

  private void lookAtDoubted(Shard shard) {
    try {
      if (look(shard) instanceof Damage.Look.Sound) {
        LOG.warn("the index of {} is as it was written", shard.day());
        long now = nanos.getAsLong();
        sound.values().removeIf(since -> now - since >= SOUND_NANOS);
        sound.put(shard, now);
      }
    } finally {
      waiting.remove(shard);
    }
  }

  private Damage.Look look(Shard shard) {
    var look = lookOf(shard);
    switch (look) {
      case Damage.Look.Damaged found -> damaged.put(shard.day(), found.what());
      case Damage.Look.Untold found ->
          LOG.warn(
              "the index of {} could not be looked through: {}",
              shard.day(),
              String.valueOf(found.why()));
      case Damage.Look.Sound _ -> {
        // nothing to be told
      }
    }
    return look;
  }

  private Damage.Look lookOf(Shard shard) {
    return Damage.of(shard, ground, folder.resolve(shard.day()));
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
        if (lookOf(shard) instanceof Damage.Look.Damaged found) {
          all.put(shard.day(), found.what());
        }
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
