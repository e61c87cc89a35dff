package mo.farol.search;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Works searches out on threads of their own, a bounded number, each of which can be seen and
 * cancelled. A search waits for a light place, which is given soon, for nobody holds one for long;
 * who takes long waits for one of the few heavy ones. Any thread.
 */
final class Searches implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration FAREWELL = Duration.ofSeconds(5);
  private static final int ID_BYTES = 12;

  private final LaneConfig config;
  private final Lanes lanes;
  private final InstantSource clock;
  private final MeterRegistry metrics;
  private final Counter cancelled;
  private final Counter refused;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final ExecutorService threads;

  /**
   * @param tables with stages worked out at once
   */
  Searches(LaneConfig config, int tables, InstantSource clock, MeterRegistry metrics) {
    this.config = config;
    this.clock = clock;
    this.metrics = metrics;
    lanes =
        new Lanes(
            lane(config.light(), config.light()),
            lane(config.heavy(), config.heavy()),
            lane(tables, Math.max(1, tables - 1)),
            config.lightTime().toNanos(),
            config.turn().toNanos());
    // One thread for each search under way, which are bounded: those that wait hold one too.
    threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name("search-", 1).daemon().factory());
    cancelled = metrics.counter("farol_search_cancelled_total");
    refused = metrics.counter("farol_search_refused_total");
    metrics.gauge("farol_search_running", this, s -> s.count(false));
    metrics.gauge("farol_search_waiting", this, s -> s.count(true));
  }

  /**
   * Does some work of a search on a thread of its own, and waits for it.
   *
   * @param time to wait for its turn, after which it is refused
   * @throws Busy where too many are under way, or its turn did not come
   * @throws Cancelled where it was
   */
  <T> T run(Asker asker, String query, Duration time, Function<Running, T> work) {
    var mine = begin(asker, query);
    var answer = new CompletableFuture<T>();
    try {
      threads.execute(() -> work(mine, time, work, answer));
    } catch (RejectedExecutionException e) { // closed
      running.remove(mine.id());
      refused.increment();
      throw Busy.all();
    } catch (RuntimeException | Error e) { // no thread to be had
      running.remove(mine.id());
      throw e;
    }
    return await(mine, answer);
  }

  /** Those that somebody may know of, the one asked first first. */
  List<UnderWay> seenBy(Asker asker) {
    return running.values().stream()
        .filter(r -> asker.maySee(r.asker()))
        .map(r -> r.told(asker.seesAll()))
        .sorted((one, other) -> other.took().compareTo(one.took()))
        .toList();
  }

  /** Ends one soon; false where there is none, or none that this person may know of. */
  boolean cancel(String id, Asker by) {
    var found = Optional.ofNullable(running.get(id)).filter(r -> by.maySee(r.asker()));
    found.ifPresent(r -> r.cancel(by.name()));
    return found.isPresent();
  }

  /** Cancels all and waits for their threads. */
  @Override
  public void close() {
    threads.shutdown();
    running.values().forEach(r -> r.cancel(""));
    try {
      threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Running begin(Asker asker, String query) {
    long others = ofOne(running.values(), asker);
    boolean isFirst = !asker.isCentre() && others == 0;
    if (running.size() >= (isFirst ? config.most() * 5 / 4 : config.most())) {
      refused.increment();
      throw Busy.all();
    }
    if (!asker.isCentre() && others >= config.mostOfOne()) {
      refused.increment();
      throw Busy.ofOne(config.mostOfOne());
    }
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    var made = new Running(HexFormat.of().formatHex(id), asker, query, clock.instant(), lanes);
    running.put(made.id(), made);
    return made;
  }

  private Lane lane(int places, int mostOfOne) {
    return new Lane(places, mostOfOne, config.turn().toNanos());
  }

  private static long ofOne(Collection<Running> all, Asker asker) {
    return all.stream().filter(r -> r.asker().who().equals(asker.who())).count();
  }

  // Whatever is thrown goes to who waits for the answer.
  private <T> void work(
      Running mine, Duration time, Function<Running, T> work, CompletableFuture<T> answer) {
    try {
      mine.begin(time);
      T given = work.apply(mine);
      done(mine);
      answer.complete(given);
    } catch (Cancelled e) {
      cancelled.increment();
      fail(mine, answer, e);
    } catch (Busy e) {
      refused.increment();
      fail(mine, answer, e);
    } catch (RuntimeException | Error e) {
      fail(mine, answer, e);
    }
  }

  private void fail(Running mine, CompletableFuture<?> answer, Throwable fault) {
    done(mine);
    answer.completeExceptionally(fault);
  }

  private void done(Running mine) {
    mine.end();
    running.remove(mine.id());
    metrics
        .timer("farol_search_seconds", "lane", mine.isHeavy() ? "heavy" : "light")
        .record(mine.took());
  }

  // Waits to the end even where it is no longer wanted, for the work may use what the caller holds.
  private static <T> T await(Running mine, CompletableFuture<T> answer) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (hasLeft(mine.asker())) {
            mine.cancel("");
          }
        } catch (InterruptedException e) {
          interrupted = true;
          mine.cancel("");
        }
      }
    } catch (ExecutionException e) {
      throw rethrown(Objects.requireNonNull(e.getCause()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // Whoever can't be asked is not there.
  private static boolean hasLeft(Asker asker) {
    try {
      return asker.hasLeft().getAsBoolean();
    } catch (RuntimeException | Error e) {
      return true;
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof RuntimeException fault) {
      return fault;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(cause);
  }

  private double count(boolean waiting) {
    return running.values().stream()
        .filter(r -> (r.state() == UnderWay.State.WAITING) == waiting)
        .count();
  }
}
