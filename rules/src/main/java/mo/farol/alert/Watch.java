package mo.farol.alert;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import mo.farol.event.EventBatch;
import mo.farol.event.Sink;
import mo.farol.match.Detection;
import mo.farol.match.Matcher;
import mo.farol.sigma.RuleBook;
import mo.farol.silence.Sources;
import mo.farol.window.Windows;

/**
 * The whole of detection on one thread: rules against events, counts over time, decisions. A view
 * of the journal; its offset is the alert book's. After a restart it reads again a while before the
 * offset, so that windows and sessions remember: facts from before it fill their memory and say
 * nothing new, for an alert knows how far it has counted.
 */
public final class Watch implements Sink, AutoCloseable {
  /** The longest memory of windows and sessions that a restart fills again. */
  public static final Duration MEMORY = Duration.ofMinutes(20);

  // Live events are waited for this long before a window counts as over.
  private static final Duration LATENESS = Duration.ofMinutes(5);
  private static final long CHECKPOINT_MILLIS = 200;
  private final Matcher matcher;
  private final Windows windows;
  private final AlertDesk desk;
  private final Sources sources;
  private final AlertBook book;
  private final LookBack lookBack;
  private final InstantSource clock;
  private final Consumer<Alert> raised;
  private final Map<String, Alert> unkept = new LinkedHashMap<>();
  private long next;
  private long kept;
  private long checkedAt;
  private volatile long detected;

  /**
   * @param rules the book that matcher and windows were made of
   * @param raised told of every new or changed alert, once it is durable
   */
  public Watch(
      RuleBook rules,
      Matcher matcher,
      Windows windows,
      DecisionBook decisions,
      DeskConfig config,
      Sources sources,
      AlertBook book,
      LookBack lookBack,
      InstantSource clock,
      MeterRegistry metrics,
      Consumer<Alert> raised) {
    this.matcher = matcher;
    this.windows = windows;
    this.sources = sources;
    this.book = book;
    this.lookBack = lookBack;
    this.clock = clock;
    this.raised = raised;
    desk = new AlertDesk(decisions, Cards.of(rules), config, clock, metrics, this::keep);
    kept = book.next();
    next = kept;
    detected = kept;
    desk.resume(book.growing(), kept);
  }

  @Override
  public String name() {
    return "detect";
  }

  @Override
  public long next() {
    return Math.min(kept, lookBack.earlier(kept, MEMORY));
  }

  /** Sequence up to which every event was watched and its alerts are durable. */
  public long detected() {
    return detected;
  }

  @Override
  public void accept(EventBatch batch) {
    for (int i = batch.first(); i < batch.count(); i++) {
      matcher.match(batch, i, this::detected);
    }
    sources.accept(batch);
    next = Math.max(next, batch.nextSequence());
  }

  @Override
  public void pulse(boolean caughtUp) {
    long now = clock.millis();
    if (now - checkedAt < CHECKPOINT_MILLIS && !(caughtUp && next > kept)) {
      return;
    }
    windows.flush(clock.instant().minus(LATENESS), desk::crossed);
    if (caughtUp) {
      sources.due(clock.instant()).forEach(desk::silent);
      if (checkedAt > 0 && next == kept) {
        desk.idle(Duration.ofMillis(now - checkedAt));
      }
    }
    desk.flush();
    checkedAt = now;
    checkpoint();
  }

  @Override
  public void close() {
    desk.close();
  }

  private void detected(Detection detection) {
    windows.accept(detection, desk::crossed);
    desk.detected(detection);
  }

  private void keep(Alert alert) {
    unkept.put(alert.id(), alert);
    book.save(alert);
  }

  private void checkpoint() {
    if (next == kept && unkept.isEmpty()) {
      return;
    }
    book.checkpoint(next);
    kept = next;
    unkept.values().forEach(raised);
    unkept.clear();
    detected = kept;
  }
}
