package mo.farol.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.match.Detection;
import mo.farol.sigma.RuleRef;
import mo.farol.sigma.Shadow;
import mo.farol.window.Crossing;

/** Counts what rules in shadow find. Belongs to the detection thread. */
final class Shadows {
  private static final int GROUPS = 10_000;

  private record Key(String rule, String version, String agency) {}

  private record Group(Key key, Map<String, String> values) {}

  private static final class Count {
    private long matches;
    private long crossings;
  }

  private final long known; // events below were counted by an earlier run
  private final long groupingMillis;
  private final Map<Key, Count> counts = new LinkedHashMap<>();
  private final Map<Group, Long> told =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Group, Long> eldest) {
          return size() > GROUPS;
        }
      };

  Shadows(long known, DeskConfig config) {
    this.known = known;
    groupingMillis = config.grouping().toMillis();
  }

  void detected(Detection detection) {
    if (detection.event().id().sequence() >= known) {
      of(detection.rule(), detection.agency()).matches++;
    }
  }

  // A group that grows is told again and again; what would be one alert counts once.
  void crossed(Crossing crossing) {
    boolean fresh = isOfTime(crossing) || restsOnNews(crossing);
    var group = new Group(key(crossing.rule(), crossing.agency()), crossing.group());
    long at = crossing.lastAt().toEpochMilli();
    var before = told.put(group, at);
    if (fresh && (before == null || at - before > groupingMillis)) {
      of(crossing.rule(), crossing.agency()).crossings++;
    }
  }

  // What time made of events that an earlier run saw, it made now: of what that run told, nothing
  // comes as timed or overdue again.
  private static boolean isOfTime(Crossing crossing) {
    return crossing.timed() || crossing.overdue();
  }

  private boolean restsOnNews(Crossing crossing) {
    return crossing.events().isEmpty() || crossing.events().getLast().sequence() >= known;
  }

  /** Everything counted since the last time. */
  List<ShadowCount> drain() {
    var all = new ArrayList<ShadowCount>();
    counts.forEach(
        (key, count) ->
            all.add(
                new ShadowCount(
                    key.rule, key.version, key.agency, count.matches, count.crossings)));
    counts.clear();
    return all;
  }

  private Count of(RuleRef rule, String agency) {
    return counts.computeIfAbsent(key(rule, agency), _ -> new Count());
  }

  private static Key key(RuleRef rule, String agency) {
    return new Key(Shadow.plain(rule.id()), rule.version(), agency);
  }
}
