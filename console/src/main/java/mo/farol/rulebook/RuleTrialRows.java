package mo.farol.rulebook;

import java.time.InstantSource;
import java.util.List;
import mo.farol.alert.ShadowCount;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.ledger.Ledger;

/** What rules in shadow would have said, in the ledger. */
public final class RuleTrialRows {
  /** What a rule in shadow would have said at one agency. */
  public record Found(String rule, String version, String agency, long matches, long crossings) {}

  private final Ledger ledger;
  private final InstantSource clock;

  RuleTrialRows(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Adds what shadows found. */
  void add(List<ShadowCount> counts) {
    if (counts.isEmpty()) {
      return;
    }
    long now = Micros.of(clock.instant());
    ledger.change(
        h ->
            counts.forEach(
                c ->
                    h.execute(
                        """
                        insert into rule_shadow (rule, version, agency, matches, crossings,
                          first_at, last_at) values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (rule, version, agency) do update set
                          matches = matches + excluded.matches,
                          crossings = crossings + excluded.crossings, last_at = excluded.last_at
                        """,
                        c.rule(),
                        c.version(),
                        c.agency(),
                        c.matches(),
                        c.crossings(),
                        now,
                        now)));
  }

  /** What the shadow of a rule's version found at the agencies of a scope. */
  List<Found> found(String rule, String version, Scope scope) {
    return ledger.read(
        h ->
            h
                .createQuery(
                    "select * from rule_shadow where rule = ? and version = ? order by agency")
                .bind(0, rule)
                .bind(1, version)
                .map(
                    (rs, _) ->
                        new Found(
                            rs.getString("rule"),
                            rs.getString("version"),
                            rs.getString("agency"),
                            rs.getLong("matches"),
                            rs.getLong("crossings")))
                .list()
                .stream()
                .filter(found -> scope.sees(found.agency()))
                .toList());
  }
}
