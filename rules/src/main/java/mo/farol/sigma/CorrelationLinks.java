package mo.farol.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns the names in correlations into ids and puts them in order, those referred to first. What
 * refers to nothing, or to itself in a circle, is refused.
 */
final class CorrelationLinks {
  private final List<SigmaCorrelation> correlations;
  private final List<Refusal> refusals;
  private final LinkPlaces places;
  private final Map<String, String> ids = new HashMap<>();
  private final Set<String> doubtful = new HashSet<>();
  private final Set<String> ready = new HashSet<>();

  /**
   * @param resolved whose names are ids already: others may refer to them
   */
  CorrelationLinks(
      List<SigmaRule> rules,
      List<SigmaCorrelation> resolved,
      List<SigmaCorrelation> correlations,
      List<Refusal> refusals,
      LinkPlaces places) {
    this.correlations = correlations;
    this.refusals = refusals;
    this.places = places;
    for (var rule : rules) {
      know(rule.ref().id(), rule.name());
      ready.add(rule.ref().id());
    }
    for (var each : resolved) {
      know(each.ref().id(), each.name());
      ready.add(each.ref().id());
    }
    correlations.forEach(correlation -> know(correlation.ref().id(), correlation.name()));
  }

  private void know(String id, String name) {
    ids.put(id, id);
    if (!name.isEmpty()
        && !Shadow.is(id)
        && !name.equals(id)
        && ids.putIfAbsent(name, id) != null) {
      doubtful.add(name);
    }
  }

  List<SigmaCorrelation> resolve() {
    var waiting = new ArrayList<SigmaCorrelation>();
    for (var correlation : correlations) {
      try {
        waiting.add(named(correlation));
      } catch (IllegalArgumentException e) {
        refuse(correlation, String.valueOf(e.getMessage()));
      }
    }
    var ordered = new ArrayList<SigmaCorrelation>();
    for (boolean moved = true; moved; ) {
      moved = waiting.removeIf(each -> ready.containsAll(each.rules()) && take(each, ordered));
    }
    waiting.forEach(
        each -> refuse(each, "it refers to itself in a circle, or to what was refused"));
    return ordered;
  }

  private boolean take(SigmaCorrelation correlation, List<SigmaCorrelation> ordered) {
    ready.add(correlation.ref().id());
    return ordered.add(correlation);
  }

  private SigmaCorrelation named(SigmaCorrelation c) {
    var aliases = new LinkedHashMap<String, Map<String, String>>();
    c.aliases()
        .forEach(
            (alias, fields) -> {
              var byId = new TreeMap<String, String>();
              fields.forEach((rule, field) -> byId.put(id(rule), field));
              aliases.put(alias, byId);
            });
    return c.resolved(c.rules().stream().map(this::id).toList(), aliases);
  }

  private String id(String name) {
    String id = ids.get(name);
    if (id == null) {
      throw new IllegalArgumentException("there is no rule '" + name + "'");
    }
    if (doubtful.contains(name)) {
      throw new IllegalArgumentException("several rules are named '" + name + "'");
    }
    return id;
  }

  private void refuse(SigmaCorrelation correlation, String reason) {
    refusals.add(places.refusal(correlation, "correlation: " + reason));
  }
}
