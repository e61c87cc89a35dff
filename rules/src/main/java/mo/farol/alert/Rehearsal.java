package mo.farol.alert;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.match.MatchCounts;
import mo.farol.match.RuleSettings;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.sigma.RuleBook;

/**
 * Lines of a log through the real parser, rules, windows and decisions, without a centre: what
 * {@code farol rules test} runs.
 */
public final class Rehearsal implements AutoCloseable {
  private static final int LINES = 200;
  private final Memory kept = new Memory();
  private final Watch watch;
  private final Parser parser = new Parser(ParseConfig.defaults());
  private final EventBatch events = new EventBatch();
  private long sequence;
  // Every look at the clock is a second later, so that each batch is a checkpoint.
  private Instant now = Instant.EPOCH;

  public Rehearsal(RuleBook book, DecisionBook decisions) {
    var counts = new MatchCounts(new SimpleMeterRegistry());
    InstantSource clock = () -> now = now.plusSeconds(1);
    watch =
        OfflineWatch.watch(
            RuleSet.compile(book, RuleSettings.standard(), counts), decisions, kept, clock);
  }

  /**
   * Plays lines in order as an import of an agency received at a time; gives every alert there is
   * afterwards.
   */
  public List<Alert> play(String agency, Instant receivedAt, int year, List<byte[]> lines) {
    var origin = new Origin(agency, "rehearsal", "", "rehearsal", false, "", year, "UTC");
    var frames = new FrameBatch.Builder();
    for (byte[] line : lines) {
      if (line.length > 0) {
        frames.add(line, 0, line.length, (byte) 0);
      }
      if (frames.count() == LINES) {
        hand(frames.build(origin, Micros.of(receivedAt)));
      }
    }
    if (frames.count() > 0) {
      hand(frames.build(origin, Micros.of(receivedAt)));
    }
    watch.end();
    watch.pulse(true);
    return List.copyOf(kept.alerts.values());
  }

  @Override
  public void close() {
    watch.close();
  }

  private void hand(FrameBatch frames) {
    parser.parse(frames, sequence, 0, events);
    sequence += frames.count();
    watch.accept(events);
    watch.pulse(true);
  }

  /** Alerts kept in memory. */
  private static final class Memory implements AlertBook {
    private final Map<String, Alert> alerts = new LinkedHashMap<>();

    @Override
    public long next() {
      return 0;
    }

    @Override
    public List<Alert> growing() {
      return new ArrayList<>();
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
