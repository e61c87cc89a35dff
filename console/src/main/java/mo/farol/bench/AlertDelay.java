package mo.farol.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * How late alerts are to a reader while events pour in at a steady rate. {@link Probes} among the
 * lines raise an alert each; a reader follows the live line and, told of an alert, asks for the
 * page of the queue, as an open board does. A delay counts from the moment the line was due to be
 * written, though the socket may have taken it later, until the page that shows its alert was read
 * whole: coordinated omission, where a slow centre slows the clock that measures it, is left no
 * room.
 */
final class AlertDelay {
  /** Probes a second. */
  static final int PROBES = 5;

  // Where nobody tells of an alert, the page is asked for all the same.
  private static final long UNTOLD_MILLIS = 1_000;
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final String QUEUE =
      "/alerts?status=all&text=" + URLEncoder.encode(Probes.TITLE, StandardCharsets.UTF_8);
  private static final Pattern NEXT = Pattern.compile("href=\"([^\"]+)\" rel=\"next\"");

  private final Centre centre;
  private final Semaphore told = new Semaphore(0);
  private final Map<Long, Long> shownAt = new ConcurrentHashMap<>();
  private volatile boolean over;
  private volatile Optional<IOException> failure = Optional.empty();

  AlertDelay(Centre centre) {
    this.centre = centre;
  }

  /**
   * Measures and prints.
   *
   * @param corpus has probes, so many lines from one to the next
   * @param warm chunks sent before the clock runs, as fast as they are taken
   * @param rate lines a second afterwards
   */
  void measure(CentreKeeper keeper, Corpus corpus, int warm, long every, long rate)
      throws IOException, InterruptedException {
    long first = corpus.eventsIn(warm);
    keeper.load(corpus, 0, warm);
    keeper.awaitSearchable(first);
    var before = centre.cost();
    try (var _ = centre.follow(told::release)) {
      var reader = Thread.ofPlatform().name("reader").start(this::read);
      var sent = keeper.load(corpus, warm, corpus.chunks(), rate);
      double seconds = (System.nanoTime() - sent.begunNanos()) / 1e9;
      keeper.awaitSearchable(corpus.events());
      long probes = corpus.events() / every - first / every;
      awaitShown(first, probes);
      over = true;
      reader.join();
      if (failure.isPresent()) {
        throw failure.get();
      }
      double cpu = centre.cost().cpuSeconds() - before.cpuSeconds();
      System.out.printf(
          Locale.ROOT,
          "  %,d events sent in %.1f s where %.1f s was due; the centre used %.2f of a core%n",
          corpus.events() - first,
          seconds,
          (double) (corpus.events() - first) / rate,
          cpu / seconds);
      tell(delays(first, rate, sent.begunNanos()), probes);
    }
  }

  private void read() {
    try {
      while (!over) {
        boolean _ = told.tryAcquire(UNTOLD_MILLIS, TimeUnit.MILLISECONDS);
        told.drainPermits();
        look();
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Further pages only where the first shows nothing but new ones.
  private void look() throws IOException {
    for (String path = QUEUE; !path.isEmpty(); ) {
      String page = centre.page(path);
      long now = System.nanoTime();
      boolean isAllNew = true;
      for (long line : Probes.named(page)) {
        isAllNew &= shownAt.putIfAbsent(line, now) == null;
      }
      var next = NEXT.matcher(page);
      path = isAllNew && next.find() ? next.group(1).replace("&amp;", "&") : "";
    }
  }

  private void awaitShown(long first, long probes) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (shown(first) < probes && failure.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
  }

  private long shown(long first) {
    return shownAt.keySet().stream().filter(line -> line >= first).count();
  }

  private double[] delays(long first, long rate, long begunNanos) {
    double[] millis =
        shownAt.entrySet().stream()
            .filter(shown -> shown.getKey() >= first)
            .mapToDouble(
                shown ->
                    (shown.getValue() - begunNanos - (shown.getKey() - first) * 1e9 / rate) / 1e6)
            .toArray();
    Arrays.sort(millis);
    return millis;
  }

  private static void tell(double[] millis, long probes) {
    System.out.printf("  %,d of %,d alerts shown", millis.length, probes);
    if (millis.length > 0) {
      System.out.printf(
          Locale.ROOT,
          "; from a line due to its alert on the page of the queue: p50 %.0f, p99 %.0f, longest"
              + " %.0f ms (goal: p99 below 1,000)",
          at(millis, 0.5),
          at(millis, 0.99),
          millis[millis.length - 1]);
    }
    System.out.println();
  }

  private static double at(double[] sorted, double part) {
    return sorted[(int) Math.ceil(sorted.length * part) - 1];
  }
}
