package mo.farol.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the watch has come, and what of it is durable: the alerts that are new or changed go into
 * their book together with the sequence up to which events were handled. Belongs to the detection
 * thread.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Duration EVERY = Duration.ofMillis(200);

  private final KeptWindows windows;
  private final AlertDesk desk;
  private final AlertBook book;
  private final Consumer<List<Alert>> raised;
  private final Map<String, Alert> changed = new LinkedHashMap<>();
  private final Interval interval = new Interval(EVERY);
  private boolean heldBack;
  private long next;
  private volatile long durable;

  /**
   * @param raised told of new and changed alerts, once they are durable
   */
  Checkpoints(
      KeptWindows windows,
      AlertDesk desk,
      AlertBook book,
      Consumer<List<Alert>> raised,
      long next) {
    this.windows = windows;
    this.desk = desk;
    this.book = book;
    this.raised = raised;
    this.next = next;
    durable = next;
  }

  /** Sequence below which everything is durable. Any thread may ask. */
  long durable() {
    return durable;
  }

  /** Events below a sequence were handled. */
  void reached(long sequence) {
    next = Math.max(next, sequence);
  }

  /** An alert is new, or not as it was. */
  void changed(Alert alert) {
    changed.put(alert.id(), alert);
  }

  /** Something may be held back to be merged though no new event was handled. */
  void heldBack() {
    heldBack = true;
  }

  boolean isDue(Instant now) {
    return interval.isOver(now);
  }

  /** What the windows know, and what they told, is durable here as well. */
  boolean isSettled() {
    return durable == next && changed.isEmpty() && !windows.spoke();
  }

  /**
   * Makes everything durable. What is held back to be merged goes out first, so that the sequence
   * tells the whole truth.
   */
  void take(Instant now) {
    if (next > durable || heldBack || windows.spoke()) {
      heldBack = false;
      windows.flush();
      desk.flush();
    }
    if (next > durable || !changed.isEmpty()) {
      changed.values().forEach(book::save);
      book.checkpoint(next);
      durable = next;
      interval.begin(now);
      tell();
    }
  }

  private void tell() {
    var told = List.copyOf(changed.values());
    changed.clear();
    if (told.isEmpty()) {
      return;
    }
    try {
      raised.accept(told);
    } catch (RuntimeException e) {
      LOG.error("{} alerts are kept, but what follows from them failed", told.size(), e);
    }
  }
}
