package mo.farol.decision;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mo.farol.alert.DecisionBook;
import mo.farol.alert.DrlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decision rules and tables of a home: read again once a file of theirs has changed, and handed
 * over. Where that brings a fault that was not there before, nothing changes until it is mended:
 * rules that worked go on.
 */
public final class DecisionsInForce implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionsInForce.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int DEPTH = 4;

  private record Stamp(long size, long at) {}

  private final Supplier<List<Path>> folders;
  private final Consumer<DecisionBook> watch;
  private final Thread thread = Thread.ofPlatform().name("decisions").daemon().unstarted(this::go);
  private volatile DecisionBook book;
  private volatile List<DrlFault> held = List.of();
  private volatile boolean closing;
  private Map<Path, Stamp> read = Map.of();

  /**
   * @param folders where they lie; those that are there
   * @param first as they were read at the start
   * @param readAt when that began: what changed since is read again
   * @param watch takes those that come into force; any thread
   */
  public DecisionsInForce(
      Supplier<List<Path>> folders,
      DecisionBook first,
      Instant readAt,
      Consumer<DecisionBook> watch,
      MeterRegistry metrics) {
    this.folders = folders;
    this.watch = watch;
    book = first;
    read = stampsBefore(readAt);
    Gauge.builder(
            "farol_alert_refused_decisions", this, d -> d.book.faults().size() + d.held().size())
        .register(metrics);
  }

  /** Begins to look. What changed since the start is seen too. */
  public DecisionsInForce start() {
    thread.start();
    return this;
  }

  /** What is wrong with files whose change is not in force for it. */
  public List<DrlFault> held() {
    return held;
  }

  private void go() {
    Map<Path, Stamp> last = Map.of();
    try {
      while (!closing) {
        Thread.sleep(LOOK);
        var now = stamps();
        if (!now.equals(read) && now.equals(last)) { // nobody is writing any more
          read = now;
          load();
        }
        last = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void load() {
    try {
      take(DecisionBook.load(folders.get()));
    } catch (RuntimeException | Error e) { // the thread goes on
      LOG.error("decision rules changed but can't be read; those of before hold", e);
    }
  }

  private void take(DecisionBook next) {
    var fresh = next.faults().stream().filter(f -> !book.faults().contains(f)).toList();
    held = fresh;
    if (fresh.isEmpty()) {
      watch.accept(next);
      book = next;
      LOG.info("{} decision rules in force, read again", next.rules().size());
    } else {
      fresh.forEach(f -> LOG.warn("decision rules changed, those of before hold: {}", f));
    }
  }

  private Map<Path, Stamp> stampsBefore(Instant at) {
    var stamps = new HashMap<>(stamps());
    stamps.values().removeIf(stamp -> stamp.at() >= at.toEpochMilli());
    return stamps;
  }

  private Map<Path, Stamp> stamps() {
    var stamps = new HashMap<Path, Stamp>(); // paths of a jar and of a disk have no order
    for (Path folder : folders.get()) {
      try (var files = Files.walk(folder, DEPTH)) {
        for (Path file : files.toList()) {
          var is = Files.readAttributes(file, BasicFileAttributes.class);
          if (is.isRegularFile()) {
            stamps.put(file, new Stamp(is.size(), is.lastModifiedTime().toMillis()));
          }
        }
      } catch (IOException | UncheckedIOException e) { // a file that goes meanwhile
        LOG.debug("the decision rules in {} can't be looked at", folder, e);
        return read;
      }
    }
    return stamps;
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
  }
}
