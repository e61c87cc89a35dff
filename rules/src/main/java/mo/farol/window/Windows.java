package mo.farol.window;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import mo.farol.event.Micros;
import mo.farol.match.Detection;
import mo.farol.match.FieldMap;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.RuleRef;
import org.jspecify.annotations.Nullable;

/**
 * Counts detections by group in windows of event time. The same detections in the same order give
 * the same crossings. One thread at a time.
 *
 * <p>A window is as long as the rule's timespan at most, both ends with, and stands anywhere. A
 * detection that lacks a group-by or counted field is not counted, but shows in a metric; so does
 * one older than its group's newest by more than the span, which is also handed to whoever takes
 * late hits, and one whose event was sent again. A crossing is handed out when a group reaches its
 * bounds and then, while it grows, each time it doubled or a second of event time went by; {@link
 * #flush} tells of what lies between. What did not come is told by {@link #advance}. What comes out
 * later than its last event says so.
 */
public final class Windows {
  private static final Duration STILL = Duration.ofMinutes(10);
  private static final int LANES = 10_000;

  private final Workshop shop;
  private final Snapshot snapshot;
  private final Map<String, CompiledCorrelation> rules = new LinkedHashMap<>();
  private Map<String, List<CompiledCorrelation>> byRule;
  private final Map<Lane.Key, Lane> lanes = new LinkedHashMap<>(16, 0.75f, true);
  private Snapshot.@Nullable Restored waiting;

  public Windows(RuleBook book, FieldMap fields) {
    this(book, fields, WindowConfig.defaults(), new SimpleMeterRegistry());
  }

  public Windows(RuleBook book, FieldMap fields, WindowConfig config, MeterRegistry meters) {
    this(book, fields, config, meters, Optional.empty(), LateHit.Sink.NONE);
  }

  /**
   * @param file where the windows are kept across restarts; empty where they are not
   * @param late takes hits that came too late to be counted
   */
  public Windows(
      RuleBook book,
      FieldMap fields,
      WindowConfig config,
      MeterRegistry meters,
      Optional<Path> file,
      LateHit.Sink late) {
    this(
        WindowPlan.of(book, RuleSettings.standard().withFields(fields)),
        config,
        meters,
        file,
        late);
  }

  /**
   * @param plan what is counted
   * @param file where the windows are kept across restarts; empty where they are not
   * @param late takes hits that came too late to be counted
   */
  public Windows(
      WindowPlan plan,
      WindowConfig config,
      MeterRegistry meters,
      Optional<Path> file,
      LateHit.Sink late) {
    this(plan, config, new Counts(meters, true), file, late);
  }

  private Windows(
      WindowPlan plan, WindowConfig config, Counts counts, Optional<Path> file, LateHit.Sink late) {
    rules.putAll(plan.rules);
    byRule = plan.byRule;
    snapshot = new Snapshot(file, rules);
    shop = new Workshop(config, counts, new Shares(config, counts), snapshot.hash(), late);
  }

  /**
   * Windows for events of the past, to be handed over in the order of their times, with {@link
   * #pass} between them. The log says nothing of bounds that they meet.
   *
   * @param meters where they count what they met
   */
  public static Windows ofThePast(
      WindowPlan plan, WindowConfig config, MeterRegistry meters, LateHit.Sink late) {
    return new Windows(plan, config, new Counts(meters, false), Optional.empty(), late);
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
      shop.counts().repeated.increment();
      return;
    }
    var key = new Lane.Key(detection.agency(), detection.lane(), detection.exercise());
    var lane = lanes.get(key);
    if (lane == null) {
      makeRoom(out);
      lane = new Lane(key, shop);
      lanes.put(key, lane);
    }
    var hit = Hit.of(detection);
    shop.shares().next();
    lane.heard(hit);
    take(lane, hit, true, out);
    shop.shares().makeRoom(report(out));
  }

  /**
   * Tells how far the events of an import have come, those that no rule counts among them: so its
   * end is known.
   *
   * @param latest event time in microseconds
   */
  public void reached(String agency, String lane, boolean exercise, long latest) {
    var imported = lane.isEmpty() ? null : lanes.get(new Lane.Key(agency, lane, exercise));
    if (imported != null) {
      imported.reached(latest);
    }
  }

  private void makeRoom(Consumer<Crossing> out) {
    if (lanes.size() >= LANES) {
      var oldest = lanes.values().iterator().next();
      oldest.close(false, report(out));
      lanes.remove(oldest.key());
    }
  }

  /** Growth of what was counted before is news for an order of things, but not one more. */
  private void take(Lane lane, Hit hit, boolean fresh, Consumer<Crossing> out) {
    for (CompiledCorrelation rule : byRule.getOrDefault(hit.ruleId(), List.of())) {
      if (fresh || !rule.countsEachOnce()) {
        lane.take(rule, hit, report(out));
      }
    }
  }

  /** A crossing is itself something that other correlations may count. */
  private Report report(Consumer<Crossing> out) {
    return new Report() {
      @Override
      public void crossed(Lane lane, Crossing crossing, boolean fresh) {
        out.accept(crossing);
        count(lane, crossing, fresh);
      }

      @Override
      public void count(Lane lane, Crossing crossing, boolean fresh) {
        if (byRule.containsKey(crossing.rule().id())) {
          take(lane, Hit.of(crossing), fresh, out);
        }
      }

      @Override
      public void told(Crossing crossing) {
        out.accept(crossing);
      }
    };
  }

  /**
   * Moves event time on, and hands out what that makes due: what did not come, windows that are
   * over, groups whose pace went by. To be called before the first event of each second of receipt,
   * and once a second where nothing comes: where it comes to, and what it hands out, is the same
   * however often it is called between two events.
   *
   * @param now time of receipt, no later than that of any event that is still to come
   */
  public void advance(Instant now, Consumer<Crossing> out) {
    advance(now, false, out);
  }

  /** The same of a time that an earlier run had come past, when all could be heard. */
  public void retrace(Instant now, Consumer<Crossing> out) {
    advance(now, true, out);
  }

  private void advance(Instant now, boolean known, Consumer<Crossing> out) {
    long micros = Micros.of(now);
    for (Lane lane : List.copyOf(lanes.values())) {
      lane.advance(micros, known, report(out));
      dropIfEmpty(lane);
    }
    shop.shares().makeRoom(report(out));
  }

  /** The time of receipt that event time was last moved on to, in microseconds. */
  public long advancedAt() {
    return lanes.values().stream().mapToLong(Lane::advancedAt).max().orElse(Long.MIN_VALUE);
  }

  /**
   * All that happened up to a time was handed over: what is due by then is handed out, and groups
   * that are over are let go, in imports too. What did not come in an import is told at its end.
   */
  public void pass(Instant time, Consumer<Crossing> out) {
    long micros = Micros.of(time);
    for (Lane lane : List.copyOf(lanes.values())) {
      lane.pass(micros, report(out));
    }
    shop.shares().makeRoom(report(out));
  }

  /**
   * Hands out the last state of groups that grew since they were reported. Other correlations don't
   * count it: what is reported, and when, hangs on events and their time alone.
   *
   * @param watermark live event time has come so far, for windows that nobody advances; {@link
   *     Instant#MAX} moves no time on, and hands out everything owed
   */
  public void flush(Instant watermark, Consumer<Crossing> out) {
    for (Lane lane : List.copyOf(lanes.values())) {
      if (watermark.equals(Instant.MAX)) {
        lane.tell(report(out));
      } else {
        lane.reachedBy(Micros.of(watermark), report(out));
      }
      dropIfEmpty(lane);
    }
  }

  /** Whether groups may have grown since they were reported, and nobody was told. */
  public boolean isUntold() {
    return lanes.values().stream().anyMatch(Lane::isUntold);
  }

  // Live lanes keep their time.
  private void dropIfEmpty(Lane lane) {
    if (!lane.isLive() && lane.isEmpty()) {
      lanes.remove(lane.key());
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
        lane.close(true, report(out));
        lanes.remove(lane.key());
      }
    }
  }

  /**
   * Nothing comes any more, in no lane: judges every window that has ended by its lane's events.
   */
  public void end(Consumer<Crossing> out) {
    for (Lane lane : List.copyOf(lanes.values())) {
      lane.close(true, report(out));
      lanes.remove(lane.key());
    }
  }

  /**
   * Counts by another plan from now on. Correlations that mean the same in both keep their groups;
   * the others begin anew. What is owed is to be handed out before, by {@link #flush}; nothing may
   * wait to be adopted.
   */
  public void use(WindowPlan plan, Consumer<Crossing> out) {
    for (Lane lane : List.copyOf(lanes.values())) {
      lane.use(plan, report(out));
      dropIfEmpty(lane);
    }
    rules.clear(); // the snapshot looks at the same map
    rules.putAll(plan.rules);
    byRule = plan.byRule;
  }

  /** Groups held now. */
  public long groups() {
    return shop.counts().groups.get();
  }

  /**
   * Reads what was kept. It stays aside until {@link #adopt}. What is damaged, or of rules that
   * mean something else by now, is left out, which the log says.
   *
   * @param limit events up to this sequence were handled for good; what was kept of later ones is
   *     left out too
   * @return the sequence of the first event that is not in it; empty where nothing was kept
   */
  public Optional<Long> restore(long limit) {
    waiting = snapshot.read(limit, shop);
    return Optional.ofNullable(waiting).map(Snapshot.Restored::next);
  }

  /**
   * Takes up what was read, in place of what was counted of the same rules since the start; to be
   * called before the event of that sequence.
   */
  public void adopt() {
    var restored = waiting;
    if (restored == null) {
      return;
    }
    waiting = null;
    var before = List.copyOf(lanes.values());
    lanes.clear();
    restored.lanes().forEach(lane -> lanes.put(lane.key(), lane));
    for (Lane each : before) {
      var lane = lanes.computeIfAbsent(each.key(), key -> each.sameTime(shop));
      lane.takeTables(each, rule -> !restored.rules().contains(rule));
      dropIfEmpty(lane);
    }
    shop.shares().clear();
    lanes.values().forEach(Lane::count);
  }

  /**
   * Keeps all windows in their file, whole or not at all. To be called when nothing is owed, behind
   * {@link #flush}. What can't be written is logged, and the file of before stays.
   *
   * @param next sequence of the first event that was not counted
   */
  public void save(long next) {
    snapshot.write(next, lanes.values());
  }
}
