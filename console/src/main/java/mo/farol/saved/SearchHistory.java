package mo.farol.saved;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.event.Micros;
import mo.farol.ledger.Ledger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each person searched for last: fifty queries, each once, with the time it was last asked of.
 * Nobody sees another's, and after a move to another agency nobody sees their own from before.
 */
public final class SearchHistory {
  private static final Logger log = LoggerFactory.getLogger(SearchHistory.class);
  private static final int MOST = 50;

  /** One search and when it was made. */
  public record Past(Wanted wanted, Instant at) {}

  private final Ledger ledger;
  private final InstantSource clock;

  public SearchHistory(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Takes note of a search that was answered. One without a query is none to come back to. Where
   * the ledger can't take it, the search matters more.
   */
  public void keep(Wanted wanted, Person person) {
    if (wanted.query().isBlank()) {
      return;
    }
    try {
      if (newest(person).filter(wanted::equals).isEmpty()) {
        ledger.change(h -> put(h, wanted, person));
      }
    } catch (JdbiException e) {
      log.warn("could not keep a search of {} in the history: {}", person.name(), e.toString());
    }
  }

  /** The newest first. */
  public List<Past> of(Person person) {
    return ledger.read(
        h ->
            h.createQuery(
                    "select * from search_history where owner = ? and agency = ? order by rank"
                        + " desc")
                .bind(0, person.name())
                .bind(1, SavedSearches.seers(person))
                .map((rs, _) -> new Past(Wanted.row(rs), Micros.toInstant(rs.getLong("at"))))
                .list());
  }

  /** Forgets all of a person's. */
  public void clear(Person person) {
    ledger.change(h -> h.execute("delete from search_history where owner = ?", person.name()));
  }

  private Optional<Wanted> newest(Person person) {
    return ledger.read(
        h ->
            h.createQuery(
                    "select * from search_history where owner = ? and agency = ? order by rank"
                        + " desc limit 1")
                .bind(0, person.name())
                .bind(1, SavedSearches.seers(person))
                .map((rs, _) -> Wanted.row(rs))
                .findOne());
  }

  private void put(Handle h, Wanted wanted, Person person) {
    String owner = person.name();
    String agency = SavedSearches.seers(person);
    long rank =
        h.createQuery("select coalesce(max(rank), 0) + 1 from search_history where owner = ?")
            .bind(0, owner)
            .mapTo(Long.class)
            .one();
    h.execute(
        "insert into search_history (owner, agency, query, span, from_at, to_at, at, rank) values"
            + " (?, ?, ?, ?, ?, ?, ?, ?) on conflict (owner, agency, query) do update set span ="
            + " excluded.span, from_at = excluded.from_at, to_at = excluded.to_at, at ="
            + " excluded.at, rank = excluded.rank",
        owner,
        agency,
        wanted.query(),
        wanted.span(),
        wanted.fromMicros(),
        wanted.toMicros(),
        Micros.of(clock.instant()),
        rank);
    h.execute(
        "delete from search_history where owner = ? and rank not in (select rank from"
            + " search_history where owner = ? order by rank desc limit "
            + MOST
            + ")",
        owner,
        owner);
  }
}
