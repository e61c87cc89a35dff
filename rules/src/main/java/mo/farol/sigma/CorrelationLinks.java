package mo.farol.sigma;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns the names in correlations into ids and puts them in order, those referred to first. A name
 * is "per correlation unique": one that a rule of the same file bears means that rule. What refers
 * to nothing, or to itself in a circle, is refused.
 */
final class CorrelationLinks {
  private final List<SigmaCorrelation> correlations;
  private final List<Refusal> refusals;
  private final LinkPlaces places;
  private final Map<String, String> ids = new HashMap<>();
  private final Set<String> doubtful = new HashSet<>();
  private final Map<Path, Map<String, Set<String>>> nearby = new HashMap<>(); // file, name, ids
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
      know(rule.ref().id(), rule.name(), rule.path());
      ready.add(rule.ref().id());
    }
    for (var each : resolved) {
      know(each.ref().id(), each.name(), each.path());
      ready.add(each.ref().id());
    }
    correlations.forEach(each -> know(each.ref().id(), each.name(), each.path()));
  }

  private void know(String id, String name, Path file) {
    ids.put(id, id);
    if (!Shadow.is(id)) {
      nearby
          .computeIfAbsent(file, _ -> new HashMap<>())
          .computeIfAbsent(name, _ -> new HashSet<>())
          .add(id);
    }
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
              fields.forEach((rule, field) -> byId.put(id(rule, c.path()), field));
              aliases.put(alias, byId);
            });
    var rules = c.rules().stream().map(rule -> id(rule, c.path())).toList();
    boolean isOrdered = c.type() == SigmaCorrelation.Type.TEMPORAL_ORDERED; // a, b, a is an order
    if (!isOrdered && Set.copyOf(rules).size() < rules.size()) {
      throw new IllegalArgumentException("it names a rule twice; each stands there once");
    }
    return c.resolved(rules, aliases);
  }

  private String id(String name, Path file) {
    String id = ids.get(name);
    var near = nearby.getOrDefault(file, Map.of()).getOrDefault(name, Set.of());
    if (near.size() == 1 && !name.equals(id)) {
      return near.iterator().next();
    }
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
