package mo.farol.rulebook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.Shadow;

/** Which version of each rule, correlation and filter a book holds, those in shadow too. */
record RuleVersions(Map<String, String> byRule) {
  private static final int NAMED = 20;

  static RuleVersions of(RuleBook book) {
    var versions = new HashMap<String, String>();
    book.rules().forEach(rule -> versions.put(rule.ref().id(), rule.ref().version()));
    book.correlations().forEach(rule -> versions.put(rule.ref().id(), rule.ref().version()));
    book.filters().forEach(rule -> versions.put(rule.ref().id(), rule.ref().version()));
    return new RuleVersions(versions);
  }

  /** How many there are, without those in shadow. */
  int inForce() {
    return (int) byRule.keySet().stream().filter(id -> !Shadow.is(id)).count();
  }

  /** What is new, changed or gone, in words after a sentence; empty where nothing is. */
  String changesSince(RuleVersions before) {
    var changed =
        byRule.entrySet().stream()
            .filter(e -> !e.getValue().equals(before.byRule.get(e.getKey())))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    var gone =
        before.byRule.keySet().stream().filter(id -> !byRule.containsKey(id)).sorted().toList();
    return named("; new or changed: ", changed) + named("; gone: ", gone);
  }

  private static String named(String words, List<String> ids) {
    if (ids.isEmpty()) {
      return "";
    }
    String more = ids.size() > NAMED ? " and %d more".formatted(ids.size() - NAMED) : "";
    return words + String.join(", ", ids.subList(0, Math.min(NAMED, ids.size()))) + more;
  }
}
