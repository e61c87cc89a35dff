package mo.farol.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mo.farol.alert.Alert;
import mo.farol.alert.Suppression;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.sigma.Level;

/**
 * What a cover would have hidden.
 *
 * @param hidden alerts
 * @param of alerts looked at: the newest, at most 20,000
 * @param critical of the hidden ones, critical; a maintenance does not hide these
 * @param incidents of the hidden ones, those that became part of a case
 * @param real of the hidden ones, those that people found to be true
 * @param newest at most ten of them
 */
public record SuppressionPreview(
    long hidden, long of, long critical, long incidents, long real, List<AlertRow> newest) {
  private static final int LOOKED_AT = 20_000;
  private static final int SHOWN = 10;

  public SuppressionPreview {
    newest = List.copyOf(newest);
  }

  static SuppressionPreview of(Ledger ledger, SuppressionRule cover, Scope scope, Instant since) {
    var fitted = FittedCover.of(cover);
    var counts = new long[5];
    var newest = new ArrayList<AlertRow>();
    ledger.read(
        h -> {
          var where = Where.seen(scope).and("raised_at >= ?", Micros.of(since)).and("exercise = 0");
          if (!cover.agency().equals("*")) {
            where.and("agency = ?", cover.agency());
          }
          try (var rows =
              where
                  .query(h, "select * from alert", "order by raised_at desc, id limit ?", LOOKED_AT)
                  .map(AlertRows::row)
                  .stream()) {
            rows.forEach(row -> count(fitted, row, counts, newest));
          }
          return 0;
        });
    return new SuppressionPreview(counts[0], counts[1], counts[2], counts[3], counts[4], newest);
  }

  private static void count(
      FittedCover fitted, AlertRow row, long[] counts, List<AlertRow> newest) {
    var alert = row.alert();
    counts[1]++;
    if (!fitted.fits(alert.agency(), alert.rule().id(), alert.entities(), alert.lastAt())) {
      return;
    }
    boolean critical = alert.severity() == Level.CRITICAL;
    counts[2] += critical ? 1 : 0;
    if (critical && fitted.cover().kind() == Suppression.Kind.MAINTENANCE) {
      return;
    }
    counts[0]++;
    counts[3] += row.incident().isPresent() ? 1 : 0;
    counts[4] += row.verdict().filter(v -> v == Verdict.TRUE_POSITIVE).isPresent() ? 1 : 0;
    if (newest.size() < SHOWN) {
      newest.add(row);
    }
  }

  /** Of these, for a list of ids. */
  public List<Alert> alerts() {
    return newest.stream().map(AlertRow::alert).toList();
  }
}
