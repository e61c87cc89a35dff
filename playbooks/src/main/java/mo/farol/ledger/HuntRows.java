package mo.farol.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Micros;
import mo.farol.hunt.HuntBook;
import mo.farol.hunt.HuntEntry;

/** Hunts as rows; who began or removed one is a deed. The newest 1,000 of a scope are kept. */
public final class HuntRows implements HuntBook {
  private static final int KEPT = 1_000;
  private static final String BRIEF =
      "select id, title, kind, '' as text, by_whom, seers, agency, from_at, to_at, asked_at,"
          + " ended_at, state, '' as result from hunt";

  private final Ledger ledger;
  private final Deeds deeds;

  /** What was under way when the centre stopped is said to have been interrupted. */
  public HuntRows(Ledger ledger, Deeds deeds, InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    ledger.change(
        h ->
            h.execute(
                "update hunt set state = ?, ended_at = ? where state = ?",
                HuntEntry.State.INTERRUPTED.word(),
                Micros.of(clock.instant()),
                HuntEntry.State.RUNNING.word()));
  }

  @Override
  public void begun(HuntEntry entry) {
    ledger.change(
        h -> {
          h.execute(
              "insert into hunt (id, title, kind, text, by_whom, seers, agency, from_at, to_at,"
                  + " asked_at, ended_at, state, result) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                  + " null, ?, '')",
              entry.id(),
              entry.title(),
              entry.kind(),
              entry.text(),
              entry.by(),
              entry.seers(),
              entry.agency(),
              entry.from().map(Micros::of).orElse(null),
              entry.to().map(Micros::of).orElse(null),
              Micros.of(entry.askedAt()),
              entry.state().word());
          h.execute(
              "delete from hunt where seers = ? and state <> ? and id not in (select id from hunt"
                  + " where seers = ? order by asked_at desc limit ?)",
              entry.seers(),
              HuntEntry.State.RUNNING.word(),
              entry.seers(),
              KEPT);
          deeds.record(
              h, entry.by(), "hunt.begun", entry.id(), entry.kind() + ": " + entry.title());
        });
  }

  @Override
  public void ended(HuntEntry entry) {
    ledger.change(
        h ->
            h.execute(
                "update hunt set state = ?, ended_at = ?, result = ? where id = ?",
                entry.state().word(),
                entry.endedAt().map(Micros::of).orElse(null),
                entry.result(),
                entry.id()));
  }

  @Override
  public List<HuntEntry> of(String seers, int most) {
    return ledger.read(
        h ->
            h.createQuery(BRIEF + " where seers = ? order by asked_at desc, id limit ?")
                .bind(0, seers)
                .bind(1, most)
                .map((rs, _) -> row(rs))
                .list());
  }

  @Override
  public Optional<HuntEntry> find(String id, String seers) {
    return ledger.read(
        h ->
            h.createQuery("select * from hunt where id = ? and seers = ?")
                .bind(0, id)
                .bind(1, seers)
                .map((rs, _) -> row(rs))
                .findOne());
  }

  @Override
  public boolean remove(String id, String seers, String by) {
    return ledger.write(
        h -> {
          int removed =
              h.execute(
                  "delete from hunt where id = ? and seers = ? and state <> ?",
                  id,
                  seers,
                  HuntEntry.State.RUNNING.word());
          if (removed > 0) {
            deeds.record(h, by, "hunt.removed", id, "");
          }
          return removed > 0;
        });
  }

  private static HuntEntry row(ResultSet rs) throws SQLException {
    return new HuntEntry(
        rs.getString("id"),
        rs.getString("title"),
        rs.getString("kind"),
        rs.getString("text"),
        rs.getString("by_whom"),
        rs.getString("seers"),
        rs.getString("agency"),
        time(rs, "from_at"),
        time(rs, "to_at"),
        Micros.toInstant(rs.getLong("asked_at")),
        time(rs, "ended_at"),
        HuntEntry.State.of(rs.getString("state")),
        rs.getString("result"));
  }

  private static Optional<Instant> time(ResultSet rs, String name) throws SQLException {
    long micros = rs.getLong(name);
    return rs.wasNull() ? Optional.empty() : Optional.of(Micros.toInstant(micros));
  }
}
