package mo.farol.alert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mo.farol.match.Detection;
import mo.farol.sigma.RuleRef;
import mo.farol.sigma.Shadow;

/**
 * Counts what filters in shadow would have taken away, and of which alerts. Belongs to the
 * detection thread.
 */
final class FilterTrials {
  private static final int REMEMBERED = 50_000; // events, of all filters together

  private record Trial(String filter, String version) {}

  private record Key(Trial trial, String rule, String agency) {}

  private record Taken(Trial trial, long sequence) {}

  private record Touched(Trial trial, String alert) {}

  private static final class Count {
    private long detections;
    private long taken;
  }

  private final long known; // events below were counted by an earlier run
  private final Set<Trial> trials = new HashSet<>();
  private final Map<Key, Count> counts = new LinkedHashMap<>();
  private final Map<Touched, Filtered.OfAlert> alerts = new LinkedHashMap<>();
  private final Map<Taken, Set<String>> taken =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Taken, Set<String>> eldest) {
          return size() > REMEMBERED;
        }
      };

  FilterTrials(long known) {
    this.known = known;
  }

  /** Takes note of a detection on which filters were tried. */
  void detected(Detection detection) {
    long sequence = detection.event().id().sequence();
    String rule = detection.rule().id();
    for (var tried : detection.tried()) {
      var trial = trial(tried.filter());
      if (tried.takes()) {
        trials.add(trial);
        taken.computeIfAbsent(new Taken(trial, sequence), _ -> new HashSet<>()).add(rule);
      }
      if (sequence >= known) {
        var count =
            counts.computeIfAbsent(new Key(trial, rule, detection.agency()), _ -> new Count());
        count.detections++;
        count.taken += tried.takes() ? 1 : 0;
      }
    }
  }

  /**
   * Takes note of an alert that was raised or grew.
   *
   * @param isRule whether a rule that matches single events speaks in it: then a detection of
   *     another rule on the same event says nothing
   */
  void raised(Alert alert, boolean isRule) {
    for (var trial : trials) {
      long gone =
          alert.events().stream()
              .map(id -> taken.getOrDefault(new Taken(trial, id.sequence()), Set.of()))
              .filter(rules -> isRule ? rules.contains(alert.rule().id()) : !rules.isEmpty())
              .count();
      if (gone > 0) {
        alerts.put(
            new Touched(trial, alert.id()),
            new Filtered.OfAlert(
                trial.filter,
                trial.version,
                alert.id(),
                alert.agency(),
                gone,
                alert.events().size()));
      }
    }
  }

  /** Forgets filters that are in shadow no more. */
  void keep(Set<String> filters) {
    trials.removeIf(trial -> !filters.contains(Shadow.of(trial.filter)));
    taken.keySet().removeIf(each -> !trials.contains(each.trial));
  }

  /** Everything counted since the last time. */
  Filtered drain() {
    var all = new ArrayList<Filtered.Count>();
    counts.forEach(
        (key, count) ->
            all.add(
                new Filtered.Count(
                    key.trial.filter,
                    key.trial.version,
                    key.rule,
                    key.agency,
                    count.detections,
                    count.taken)));
    var filtered = new Filtered(all, List.copyOf(alerts.values()));
    counts.clear();
    alerts.clear();
    return filtered;
  }

  private static Trial trial(RuleRef filter) {
    return new Trial(Shadow.plain(filter.id()), filter.version());
  }
}
