package mo.farol.window;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import mo.farol.event.Micros;
import mo.farol.match.Detection;
import mo.farol.match.FieldMap;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.RuleRef;
import mo.farol.sigma.SigmaCorrelation;

/**
 * Counts detections by group in sliding windows of event time. The same detections in the same
 * order give the same crossings. One thread at a time.
 *
 * <p>A window is as long as the rule's timespan at most, both ends with, and stands anywhere. A
 * detection that lacks a group-by or counted field is not counted, but shows in a metric; so does
 * one older than its group's newest by more than the span, and one whose event was sent again. A
 * crossing is handed out when a group reaches its bounds and then, while it grows, each time it
 * doubled or a second of event time went by; {@link #flush} hands out what lies between.
 */
public final class Windows {
  private static final Duration STILL = Duration.ofMinutes(10);
  private static final int LANES = 10_000;

  private final WindowConfig config;
  private final Counts counts;
  private final long ahead;
  private final Map<String, List<CompiledCorrelation>> byRule = new HashMap<>();
  private final Map<Lane.Key, Lane> lanes = new LinkedHashMap<>(16, 0.75f, true);

  public Windows(RuleBook book, FieldMap fields) {
    this(book, fields, WindowConfig.defaults(), new SimpleMeterRegistry());
  }

  public Windows(RuleBook book, FieldMap fields, WindowConfig config, MeterRegistry meters) {
    this.config = config;
    counts = Counts.in(meters);
    ahead = config.ahead().toNanos() / 1_000;
    var sources = new HashMap<String, LogSource>();
    book.rules().forEach(rule -> sources.put(rule.ref().id(), rule.logSource()));
    for (SigmaCorrelation each : book.correlations()) {
      var compiled = new CompiledCorrelation(each, fields, sources);
      for (String rule : new java.util.LinkedHashSet<>(each.rules())) {
        byRule.computeIfAbsent(rule, _ -> new ArrayList<>()).add(compiled);
      }
    }
  }

  /** Whether detections of a rule are counted here. */
  public boolean counts(RuleRef rule) {
    return byRule.containsKey(rule.id());
  }

  /** Counts a detection and hands out the crossings it makes due. */
  public void accept(Detection detection, Consumer<Crossing> out) {
    if (!counts(detection.rule())) {
      return;
    }
    if (detection.isRepeat()) {
      counts.repeated().increment();
      return;
    }
    var key = new Lane.Key(detection.agency(), detection.lane(), detection.exercise());
    var lane = lanes.get(key);
    if (lane == null) {
      makeRoom(out);
      lane = new Lane(key, config, counts);
      lanes.put(key, lane);
    }
    take(lane, Hit.of(detection, ahead), true, out);
  }

  private void makeRoom(Consumer<Crossing> out) {
    if (lanes.size() >= LANES) {
      var oldest = lanes.values().iterator().next();
      oldest.close(report(oldest, out));
      lanes.remove(oldest.key());
    }
  }

  /** Growth of what was counted before is news for an order of things, but not one more. */
  private void take(Lane lane, Hit hit, boolean fresh, Consumer<Crossing> out) {
    for (CompiledCorrelation rule : byRule.getOrDefault(hit.ruleId(), List.of())) {
      boolean counts = rule.correlation().type() == SigmaCorrelation.Type.EVENT_COUNT;
      if (fresh || !counts) {
        lane.take(rule, hit, report(lane, out));
      }
    }
  }

  /** A crossing is itself something that other correlations may count. */
  private Report report(Lane lane, Consumer<Crossing> out) {
    return (crossing, fresh) -> {
      out.accept(crossing);
      if (byRule.containsKey(crossing.rule().id())) {
        take(lane, Hit.of(crossing), fresh, out);
      }
    };
  }

  /**
   * Hands out the last state of groups that grew since they were reported, and lets go of groups
   * that are over. To be called after every batch, and at least once a second.
   *
   * @param watermark live event time has come so far; {@link Instant#MAX} hands out everything owed
   */
  public void flush(Instant watermark, Consumer<Crossing> out) {
    boolean all = watermark.equals(Instant.MAX);
    long time = all ? Long.MIN_VALUE / 2 : Micros.of(watermark);
    for (Lane lane : List.copyOf(lanes.values())) {
      lane.flush(time, all, report(lane, out));
      if (lane.isEmpty()) {
        lanes.remove(lane.key());
      }
    }
  }

  /**
   * Lets go of imports that have been still for a while: their last groups are over.
   *
   * @param now by the clock, not by events
   */
  public void letGo(Instant now, Consumer<Crossing> out) {
    for (Lane lane : List.copyOf(lanes.values())) {
      if (lane.isStill(now, STILL)) {
        lane.close(report(lane, out));
        lanes.remove(lane.key());
      }
    }
  }

  /** Groups held now. */
  public long groups() {
    return counts.groups().get();
  }
}
