package mo.farol.hunt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mo.farol.event.EventBatch;
import mo.farol.match.Detection;
import mo.farol.window.Crossing;
import org.jspecify.annotations.Nullable;

/** The matcher and windows of live events, and beside them those of rules as they were before. */
final class RuleJudge implements Judge {
  private final HuntOrder order;
  private final Tally tally;
  private final HuntRules now;
  private final @Nullable HuntRules before;
  private final List<HuntRules> packs = new ArrayList<>();
  private final Comparing comparing = new Comparing();
  private final @Nullable Counting counting;

  RuleJudge(HuntTarget.Rules rules, HuntOrder order, Tally tally, Counting.Bounds bounds) {
    this.order = order;
    this.tally = tally;
    now = new HuntRules(rules, rules.book(), order, Hunter.MOST_HITS, this::begun);
    before =
        rules
            .against()
            .map(book -> new HuntRules(rules, book, order, Hunter.MOST_HITS, (_, _) -> {}))
            .orElse(null);
    packs.add(now);
    if (before != null) {
      packs.add(before);
    }
    counting = rules.counts() ? new Counting(packs, order, bounds) : null;
  }

  @Override
  public void look(EventBatch events, int i) {
    for (HuntRules pack : packs) {
      pack.look(events, i);
    }
    if (counting != null) {
      counting.take(events, i);
    }
    if (counting == null || isOfTheTime(events.occurredAtMicros(i))) {
      tell();
    }
  }

  // What is counted begins before it.
  private boolean isOfTheTime(long at) {
    return at >= order.fromMicros() && at < order.toMicros();
  }

  private void tell() {
    var found = now.told();
    if (before != null) {
      comparing.event(hits(found), hits(before.told()));
    }
    if (!found.isEmpty()) {
      var event = found.getFirst().event();
      tally.event(event.source().agency(), event.occurredAt());
      hits(found).forEach(hit -> tally.hit(hit, now.title(hit.what())));
    }
  }

  private static List<HuntHit> hits(List<Detection> some) {
    return some.stream().map(RuleJudge::hit).toList();
  }

  private static HuntHit hit(Detection detection) {
    var event = detection.event();
    return new HuntHit(
        detection.rule().id(),
        event.id(),
        event.source().agency(),
        event.source().host(),
        event.occurredAt(),
        String.join("; ", detection.because()));
  }

  private void begun(Crossing first, String title) {
    tally.event(first.agency(), first.lastAt());
    tally.count(first.rule().id(), title);
  }

  @Override
  public Optional<Counting> counting() {
    return Optional.ofNullable(counting);
  }

  @Override
  public void counted() {
    now.rows().hits().forEach(tally::keep);
    if (before != null) {
      comparing.groups(now, before);
    }
  }

  @Override
  public long groups() {
    return now.rows().count();
  }

  @Override
  public Optional<HuntResult.Comparison> comparison() {
    return before == null ? Optional.empty() : Optional.of(comparing.result());
  }

  @Override
  public void shortfalls(Consumer<HuntResult.Shortfall> out) {
    for (HuntRules pack : packs) {
      note(pack.isFailing(), HuntResult.Shortfall.RULES, out);
      note(pack.isBounded() || isCrowded(), HuntResult.Shortfall.WINDOWS, out);
      note(pack.isLate(), HuntResult.Shortfall.LATE, out);
      note(before != null && !pack.rows().areAllKept(), HuntResult.Shortfall.COMPARED, out);
    }
    note(counting != null && counting.isFull(), HuntResult.Shortfall.HITS, out);
  }

  private boolean isCrowded() {
    return counting != null && counting.isCrowded();
  }

  private static void note(
      boolean isSo, HuntResult.Shortfall shortfall, Consumer<HuntResult.Shortfall> out) {
    if (isSo) {
      out.accept(shortfall);
    }
  }
}
