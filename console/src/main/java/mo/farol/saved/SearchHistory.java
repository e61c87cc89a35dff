package mo.farol.saved;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.event.Micros;
import mo.farol.ledger.Ledger;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each person searched for last: fifty queries, each once, with the time it was last asked of.
 * Nobody sees another's, and after a move to another agency nobody sees their own from before.
 */
public final class SearchHistory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SearchHistory.class);
  private static final int MOST = 50;
  private static final int MOST_WAITING = 256;

  /** One search and when it was made. */
  public record Past(Wanted wanted, Instant at) {}

  private final Ledger ledger;
  private final InstantSource clock;
  private final Notes notes = new Notes(MOST_WAITING);

  public SearchHistory(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Takes note of a search that was answered, soon and on another thread. One without a query is
   * none to come back to. Where the ledger can't take it, the search matters more.
   */
  public void keep(Wanted wanted, Person person) {
    if (!wanted.query().isBlank()) {
      notes.offer(() -> note(wanted, person));
    }
  }

  private void note(Wanted wanted, Person person) {
    try {
      if (newest(person).filter(wanted::equals).isEmpty()) {
        ledger.change(h -> put(h, wanted, person));
      }
    } catch (RuntimeException e) {
      log.warn("could not keep a search of {} in the history: {}", person.name(), e.toString());
    }
  }

  /** The newest first, those just noted among them. */
  public List<Past> of(Person person) {
    notes.settle();
    return ledger.read(
        h ->
            h
                .createQuery(
                    "select * from search_history where owner = ? and agency = ? order by rank"
                        + " desc")
                .bind(0, person.name())
                .bind(1, SavedSearches.seers(person))
                .map((rs, _) -> past(rs))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  /** Forgets all of a person's. */
  public void clear(Person person) {
    notes.settle();
    ledger.change(h -> h.execute("delete from search_history where owner = ?", person.name()));
  }

  /** Keeps what was noted; before the ledger is closed. */
  @Override
  public void close() {
    notes.close();
  }

  private static Optional<Past> past(ResultSet rs) throws SQLException {
    var at = Micros.toInstant(rs.getLong("at"));
    return Wanted.row(rs).map(wanted -> new Past(wanted, at));
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
                .findOne()
                .flatMap(found -> found));
  }

  // A query may be longer than what a database takes into a key.
  private static String key(String query) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(query.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
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
        "insert into search_history (owner, agency, query_key, query, span, from_at, to_at, at,"
            + " rank) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (owner, agency, query_key) do"
            + " update set span = excluded.span, from_at = excluded.from_at, to_at ="
            + " excluded.to_at, at = excluded.at, rank = excluded.rank",
        owner,
        agency,
        key(wanted.query()),
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
