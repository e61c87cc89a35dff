package mo.farol.hunt;

import java.util.HashSet;
import java.util.Set;
import mo.farol.event.EventBatch;
import mo.farol.event.EventId;
import mo.farol.indicator.Indicator;
import mo.farol.indicator.IndicatorHit;
import mo.farol.indicator.IndicatorMatcher;
import mo.farol.indicator.IndicatorSet;

/** The matcher of indicators in live events. */
final class IndicatorJudge implements Judge {
  private final IndicatorMatcher matcher;
  private final Tally tally;
  private final Set<String> seen = new HashSet<>();
  private String host = "";

  IndicatorJudge(IndicatorSet set, Tally tally) {
    matcher = new IndicatorMatcher(() -> set);
    this.tally = tally;
  }

  @Override
  public void look(EventBatch events, int i) {
    seen.clear();
    matcher.match(events, i, hit -> take(events, i, hit));
  }

  // An indicator that stands in several fields of one event is one hit.
  private void take(EventBatch events, int i, IndicatorHit hit) {
    if (seen.isEmpty()) {
      tally.event(hit.agency(), hit.occurredAt());
      host = events.event(i).source().host();
    }
    var indicator = hit.indicator();
    if (seen.add(indicator.kind() + indicator.value())) {
      tally.hit(
          new HuntHit(
              indicator.value(),
              new EventId(hit.sequence()),
              hit.agency(),
              host,
              hit.occurredAt(),
              hit.field() + "=" + hit.value()),
          title(indicator));
    }
  }

  private static String title(Indicator indicator) {
    String labels = String.join(", ", indicator.labels());
    return indicator.kind().word() + (labels.isEmpty() ? "" : ": " + labels);
  }
}
