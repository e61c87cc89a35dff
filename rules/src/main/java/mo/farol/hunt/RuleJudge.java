package mo.farol.hunt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.match.Detection;
import mo.farol.match.Matcher;
import mo.farol.match.RuleStanding;
import mo.farol.sigma.SigmaRule;
import org.jspecify.annotations.Nullable;

/** The matcher of live events, and beside it the one of rules as they were before. */
final class RuleJudge implements Judge {
  private static final int MOST_COMPARED = 1_000;

  private final Matcher matcher;
  private final @Nullable Matcher before;
  private final Tally tally;
  private final Map<String, String> titles = new HashMap<>();
  private final List<Detection> found = new ArrayList<>();
  private final List<Detection> foundBefore = new ArrayList<>();
  private final List<HuntHit> gainedHits = new ArrayList<>();
  private final List<HuntHit> lostHits = new ArrayList<>();
  private long matchedBefore;
  private long gained;
  private long lost;

  RuleJudge(Quarry.Rules rules, Tally tally) {
    matcher = Matcher.ofThePast(rules.book(), rules.settings());
    before = rules.against().map(b -> Matcher.ofThePast(b, rules.settings())).orElse(null);
    this.tally = tally;
    for (SigmaRule rule : rules.book().rules()) {
      titles.put(rule.ref().id(), rule.ref().title());
    }
  }

  @Override
  public boolean look(EventBatch events, int i) {
    found.clear();
    matcher.match(events, i, found::add);
    if (before != null) {
      compare(before, events, i);
    }
    if (found.isEmpty()) {
      return false;
    }
    var event = found.getFirst().event();
    tally.event(event.source().agency(), event.occurredAt());
    found.forEach(each -> tally.hit(hit(each), titles.getOrDefault(each.rule().id(), "")));
    return true;
  }

  private void compare(Matcher old, EventBatch events, int i) {
    foundBefore.clear();
    old.match(events, i, foundBefore::add);
    matchedBefore += foundBefore.isEmpty() ? 0 : 1;
    if (found.isEmpty() && !foundBefore.isEmpty()) {
      lost++;
      keep(lostHits, foundBefore);
    } else if (foundBefore.isEmpty() && !found.isEmpty()) {
      gained++;
      keep(gainedHits, found);
    }
  }

  private static void keep(List<HuntHit> into, List<Detection> some) {
    if (into.size() < MOST_COMPARED) {
      into.add(hit(some.getFirst()));
    }
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

  @Override
  public Optional<HuntResult.Comparison> comparison() {
    return before == null
        ? Optional.empty()
        : Optional.of(new HuntResult.Comparison(matchedBefore, gained, lost, gainedHits, lostHits));
  }

  @Override
  public boolean isShort() {
    return isShort(matcher) || before != null && isShort(before);
  }

  private static boolean isShort(Matcher one) {
    return one.standings().stream().anyMatch(s -> s.state() != RuleStanding.State.AT_WORK);
  }
}
