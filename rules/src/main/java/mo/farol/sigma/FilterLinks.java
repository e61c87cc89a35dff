package mo.farol.sigma;

import java.util.ArrayList;
import java.util.List;

/**
 * Applies filters to rules, once all files are read: the order of files says nothing. A filter
 * applies to a rule that it names, or to all where it names none, and whose log source its own
 * covers.
 */
final class FilterLinks {
  private final List<SigmaFilter> filters;
  private final List<SigmaCorrelation> correlations;
  private final List<Remark> remarks;

  FilterLinks(
      List<SigmaFilter> filters, List<SigmaCorrelation> correlations, List<Remark> remarks) {
    this.filters =
        filters.stream().sorted(java.util.Comparator.comparing(f -> f.ref().id())).toList();
    this.correlations = correlations;
    this.remarks = remarks;
  }

  List<SigmaRule> apply(List<SigmaRule> rules) {
    for (var filter : filters) {
      tell(filter, rules);
    }
    var filtered = new ArrayList<SigmaRule>();
    for (var rule : rules) {
      var now = rule;
      for (var filter : filters) {
        if (filter.appliesTo(rule)) {
          now = now.filteredBy(filter);
        }
      }
      filtered.add(now);
    }
    return filtered;
  }

  /** Says of which rules a filter names nothing comes. */
  private void tell(SigmaFilter filter, List<SigmaRule> rules) {
    for (String name : filter.rules()) {
      var meant =
          rules.stream()
              .filter(
                  rule -> Shadow.plain(rule.ref().id()).equals(name) || rule.name().equals(name))
              .toList();
      if (meant.isEmpty()) {
        remark(
            filter,
            isCorrelation(name)
                ? "'" + name + "' is a correlation; name the rules it counts"
                : "there is no rule '" + name + "' here");
      }
      for (var rule : meant) {
        if (!filter.logSource().covers(rule.logSource())) {
          remark(
              filter,
              "does not apply to '%s': its log source %s is not within %s"
                  .formatted(name, rule.logSource(), filter.logSource()));
        }
      }
    }
  }

  private boolean isCorrelation(String name) {
    return correlations.stream()
        .anyMatch(each -> each.ref().id().equals(name) || each.name().equals(name));
  }

  private void remark(SigmaFilter filter, String text) {
    remarks.add(new Remark(filter.path(), filter.line(), filter.column(), "filter: " + text));
  }
}
