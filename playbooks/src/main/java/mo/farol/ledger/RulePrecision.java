package mo.farol.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.Scope;

/**
 * How often rules were right, by what people found their alerts to be. Benign ones and duplicates
 * say nothing about a rule.
 */
public final class RulePrecision {
  private static final int ENOUGH = 5;
  private static final String TABLE =
      """
      select rule, sum(verdict = 'TRUE_POSITIVE') as good, sum(verdict = 'FALSE_POSITIVE') as bad
      from alert\
      """;
  private static final String BY_AGENCY =
      """
      select rule, sum(verdict = 'TRUE_POSITIVE'), sum(verdict = 'FALSE_POSITIVE'), agency
      from alert where verdict in ('TRUE_POSITIVE', 'FALSE_POSITIVE') group by rule, agency
      """;

  /**
   * Of one rule.
   *
   * @param right alerts found true
   * @param judged alerts found true or false
   */
  public record Precision(String rule, long right, long judged) {
    /** The share that was right, drawn towards a half as long as few were judged. */
    public double smoothed() {
      return (right + 1.0) / (judged + 2.0);
    }
  }

  private final Ledger ledger;
  private volatile Map<String, Judged> known = Map.of();

  /** Of one rule: each agency's own figures, and the sum of their precisions. */
  private record Judged(Map<String, Precision> byAgency, double sum) {
    double of(String agency) {
      var own = byAgency.get(agency);
      if (own != null && own.judged() >= ENOUGH) {
        return own.smoothed();
      }
      return own == null ? (sum + 0.5) / (byAgency.size() + 1) : sum / byAgency.size();
    }
  }

  RulePrecision(Ledger ledger) {
    this.ledger = ledger;
    renew();
  }

  /** Of every rule that was judged, the worst first; of what a scope sees. */
  public List<Precision> list(Scope scope) {
    return ledger.read(
        h ->
            Where.seen(scope)
                .and("verdict in ('TRUE_POSITIVE', 'FALSE_POSITIVE')")
                .query(
                    h,
                    TABLE,
                    "group by rule order by (good + 1.0) / (good + bad + 2.0), rule limit 5000")
                .map(
                    (rs, _) ->
                        new Precision(
                            rs.getString(1), rs.getLong(2), rs.getLong(2) + rs.getLong(3)))
                .list());
  }

  /** Of one rule; of what a scope sees. */
  public Precision of(String rule, Scope scope) {
    return ledger.read(
        h ->
            Where.seen(scope)
                .and("rule = ?", rule)
                .and("verdict in ('TRUE_POSITIVE', 'FALSE_POSITIVE')")
                .query(h, TABLE, "")
                .map((rs, _) -> new Precision(rule, rs.getLong(2), rs.getLong(2) + rs.getLong(3)))
                .one());
  }

  /**
   * Of one rule for an agency, from memory: its own where it judged five or more, else the mean
   * over the agencies that judged and itself, each counting once, however much it judged.
   */
  public double smoothed(String agency, String rule) {
    var judged = known.get(rule);
    return judged == null ? 0.5 : judged.of(agency);
  }

  /** After people judged. */
  void renew() {
    var all = new HashMap<String, Map<String, Precision>>();
    ledger.read(
        h ->
            h.createQuery(BY_AGENCY)
                .map(
                    (rs, _) ->
                        all.computeIfAbsent(rs.getString(1), _ -> new HashMap<>())
                            .put(
                                rs.getString(4),
                                new Precision(
                                    rs.getString(1), rs.getLong(2), rs.getLong(2) + rs.getLong(3))))
                .list()
                .size());
    var judged = new HashMap<String, Judged>();
    all.forEach(
        (rule, byAgency) ->
            judged.put(
                rule,
                new Judged(
                    byAgency, byAgency.values().stream().mapToDouble(Precision::smoothed).sum())));
    known = Map.copyOf(judged);
  }
}
