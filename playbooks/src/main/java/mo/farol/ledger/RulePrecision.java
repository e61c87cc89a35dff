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
  private static final String TABLE =
      """
      select rule, sum(verdict = 'TRUE_POSITIVE') as good, sum(verdict = 'FALSE_POSITIVE') as bad
      from alert\
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
  private volatile Map<String, Double> known = Map.of();

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

  /** Of one rule, over all agencies, from memory; a half where nobody judged. */
  public double smoothed(String rule) {
    return known.getOrDefault(rule, 0.5);
  }

  /** After people judged. */
  void renew() {
    var all = new HashMap<String, Double>();
    list(Scope.national()).forEach(p -> all.put(p.rule(), p.smoothed()));
    known = Map.copyOf(all);
  }
}
