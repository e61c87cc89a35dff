package mo.farol.alert;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.journal.EventLog;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detection anew over what a journal holds, without a centre: the same parser, rules, windows and
 * decisions, time being that of receipt. What time alone told, a source gone quiet, the centre's
 * own troubles and sightings of indicators are not told again.
 */
public final class Retelling implements AutoCloseable {
  /**
   * Decisions that rest on time, on the centre or on the indicators of a day, not on events and
   * rules alone.
   */
  public static final Set<String> NOT_OF_EVENTS =
      Set.of(
          "source-silent",
          "agency-silent",
          "seal-broken",
          "journal-damaged",
          "indicator-seen",
          "indicator-came",
          "indicator-with-behaviour");

  private static final Logger LOG = LoggerFactory.getLogger(Retelling.class);
  private static final int FRAMES = 4096; // as much as a centre hands over at once

  private final Told book;
  private final Watch watch;
  private final Parser parser = new Parser(ParseConfig.defaults());
  private final EventBatch events = new EventBatch();
  private Instant now = Instant.EPOCH;
  private long failed;

  /**
   * @param closed alerts that people closed, as they were then: what comes to their groups
   *     afterwards is another alert
   */
  public Retelling(RuleSet rules, DecisionBook decisions, Map<String, Alert> closed) {
    book = new Told(closed);
    watch = Aside.watch(rules, decisions, book, () -> now);
  }

  /** Says who is asked about an alert before it goes out; before anything is taken. */
  public void heed(Circumstances circumstances) {
    watch.heed(circumstances);
  }

  /** Takes the next block of the journal. */
  public void take(EventLog.Block block) {
    var receivedAt = Micros.toInstant(block.frames().receivedAtMicros());
    now = receivedAt.isAfter(now) ? receivedAt : now;
    for (int from = 0; from < block.frames().count(); from += FRAMES) {
      var frames = block.frames().slice(from, FRAMES);
      long first = block.firstSequence() + from;
      try {
        hand(frames, first, block.position());
      } catch (RuntimeException | StackOverflowError e) {
        oneByOne(frames, first, block.position());
      }
    }
    watch.pulse(false);
  }

  // As a centre does: an event that detection fails on is left out, the others are not.
  private void oneByOne(FrameBatch frames, long first, long position) {
    for (int i = 0; i < frames.count(); i++) {
      try {
        hand(frames.slice(i, 1), first + i, position);
      } catch (RuntimeException | StackOverflowError e) {
        failed++;
        LOG.warn("detection failed on event {}", first + i, e);
      }
    }
  }

  private void hand(FrameBatch frames, long first, long position) {
    parser.parse(frames, first, position, events);
    watch.accept(events);
  }

  /** Nothing more comes; every alert there is, the oldest first. */
  public List<Alert> end() {
    watch.end();
    now = now.plusSeconds(1);
    watch.pulse(false);
    return List.copyOf(book.alerts.values());
  }

  /** Events that detection failed on. */
  public long failed() {
    return failed;
  }

  @Override
  public void close() {
    watch.close();
  }

  /** Alerts kept in memory. */
  private static final class Told implements AlertBook {
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, Alert> closed;

    Told(Map<String, Alert> closed) {
      this.closed = closed;
    }

    @Override
    public long next() {
      return 0;
    }

    @Override
    public List<Alert> growing() {
      return List.of();
    }

    // It was closed when it was as it is in the ledger, and not before.
    @Override
    public boolean isClosed(String id) {
      var then = closed.get(id);
      var told = alerts.get(id);
      return then != null && told != null && told.count() >= then.count();
    }

    @Override
    public void save(Alert alert) {
      alerts.put(alert.id(), alert);
    }

    @Override
    public void checkpoint(long next) {
      // memory is as durable as this gets
    }
  }
}
