package mo.farol.decision;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mo.farol.alert.DecisionBook;
import mo.farol.alert.DrlFault;
import mo.farol.folder.FolderWatch;
import mo.farol.folder.Stamps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decision rules and tables of a home: read again once a file of theirs has changed, and handed
 * over. Where that brings a fault that was not there before, nothing changes until it is mended:
 * rules that worked go on.
 */
public final class DecisionsInForce implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionsInForce.class);
  private static final int DEPTH = 4;

  private final Supplier<List<Path>> folders;
  private final Consumer<DecisionBook> watch;
  private final FolderWatch folder = new FolderWatch("decisions", this::look, this::load);
  private volatile DecisionBook book;
  private volatile List<DrlFault> held = List.of();

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
    folder.takeBefore(readAt);
    Gauge.builder(
            "farol_alert_refused_decisions", this, d -> d.book.faults().size() + d.held().size())
        .register(metrics);
  }

  /** Begins to look. What changed since the start is seen too. */
  public DecisionsInForce start() {
    folder.start();
    return this;
  }

  /** What is wrong with files whose change is not in force for it. */
  public List<DrlFault> held() {
    return held;
  }

  private void load(Stamps stamps) {
    folder.take(stamps);
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

  private Stamps look() throws IOException {
    var stamps = new Stamps();
    for (Path each : folders.get()) {
      stamps.with(each, DEPTH, _ -> true);
    }
    return stamps;
  }

  @Override
  public void close() {
    folder.close();
  }
}
