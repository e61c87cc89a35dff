package mo.farol.saved;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import mo.farol.account.Person;
import mo.farol.event.Excerpt;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.jdbi.v3.core.Handle;

/**
 * Searches people keep. Each is seen by its owner, or where it is shared by everybody who sees what
 * its owner saw then: the same agency, or the whole centre. Nobody of another scope ever sees one,
 * not even its owner where they were moved.
 */
public final class SavedSearches {
  private static final int MOST = 500;
  private static final int LONGEST_NAME = 120;
  private static final int TOLD = 300;
  private static final String CENTRE = "*";
  private static final String SEEN = " where agency = ? and (shared = 1 or owner = ?)";

  /**
   * What is to be another; what is empty stays.
   *
   * @param shared with everybody of the scope, or not
   */
  public record Change(Optional<String> name, Optional<Wanted> wanted, Optional<Boolean> shared) {}

  private final Ledger ledger;
  private final Deeds deeds;
  private final InstantSource clock;

  public SavedSearches(Ledger ledger, Deeds deeds, InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.clock = clock;
  }

  /** Those this person sees, by name. */
  public List<SavedSearch> of(Person person) {
    return ledger.read(
        h ->
            h
                .createQuery("select * from saved_search" + SEEN + " order by lower(name), number")
                .bind(0, seers(person))
                .bind(1, person.name())
                .map((rs, _) -> row(rs))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  /** One, where this person sees it. */
  public Optional<SavedSearch> find(long number, Person person) {
    return ledger.read(h -> find(h, number, person));
  }

  /**
   * Keeps one. Throws {@link IllegalArgumentException} where the name is none, or 500 are kept
   * already.
   */
  public SavedSearch add(String name, Wanted wanted, boolean shared, Person by) {
    String called = checked(name);
    return ledger.write(
        h -> {
          mustHaveRoom(h, by);
          long now = Micros.of(clock.instant());
          long number =
              h.createUpdate(
                      "insert into saved_search (name, query, span, from_at, to_at, owner, agency,"
                          + " shared, created_at, changed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?,"
                          + " ?)")
                  .bind(0, called)
                  .bind(1, wanted.query())
                  .bind(2, wanted.span())
                  .bind(3, wanted.fromMicros())
                  .bind(4, wanted.toMicros())
                  .bind(5, by.name())
                  .bind(6, seers(by))
                  .bind(7, shared ? 1 : 0)
                  .bind(8, now)
                  .bind(9, now)
                  .executeAndReturnGeneratedKeys("number")
                  .mapTo(Long.class)
                  .one();
          var added = row(h, number);
          if (shared) {
            tell(h, by, "search.shared", added);
          }
          return added;
        });
  }

  /**
   * Changes one; empty where this person sees none, or may not change it. Throws {@link
   * IllegalArgumentException} where the name is none.
   */
  public Optional<SavedSearch> change(long number, Change change, Person by) {
    var name = change.name().map(SavedSearches::checked);
    return ledger.write(
        h -> {
          var old = find(h, number, by).filter(saved -> saved.isChangedBy(by));
          old.ifPresent(
              saved -> {
                var wanted = change.wanted().orElse(saved.wanted());
                h.execute(
                    "update saved_search set name = ?, query = ?, span = ?, from_at = ?, to_at ="
                        + " ?, shared = ?, changed_at = ? where number = ?",
                    name.orElse(saved.name()),
                    wanted.query(),
                    wanted.span(),
                    wanted.fromMicros(),
                    wanted.toMicros(),
                    change.shared().orElse(saved.shared()) ? 1 : 0,
                    Micros.of(clock.instant()),
                    number);
                tellChange(h, by, saved, row(h, number));
              });
          return old.map(saved -> row(h, number));
        });
  }

  /** Removes one; false where this person sees none, or may not change it. */
  public boolean remove(long number, Person by) {
    return ledger.write(
        h -> {
          var old = find(h, number, by).filter(saved -> saved.isChangedBy(by));
          old.ifPresent(
              saved -> {
                h.execute("delete from saved_search where number = ?", number);
                if (saved.shared()) {
                  tell(h, by, "search.removed", saved);
                }
              });
          return old.isPresent();
        });
  }

  /** How rows name those of a person's scope. */
  static String seers(Person person) {
    return switch (person.scope()) {
      case Scope.National _ -> CENTRE;
      case Scope.Agencies(var ids) -> String.join(",", new TreeSet<>(ids));
    };
  }

  private void tellChange(Handle h, Person by, SavedSearch before, SavedSearch after) {
    if (before.shared() != after.shared()) {
      tell(h, by, after.shared() ? "search.shared" : "search.unshared", after);
    } else if (after.shared()) {
      tell(h, by, "search.changed", after);
    }
  }

  private void tell(Handle h, Person by, String what, SavedSearch saved) {
    String told = Excerpt.shown(saved.wanted().query(), TOLD);
    deeds.record(
        h,
        by.name(),
        what,
        "search " + saved.number(),
        "'%s' of %s for %s: %s"
            .formatted(
                saved.name(),
                saved.owner(),
                saved.agency().equals(CENTRE) ? "the centre" : saved.agency(),
                told));
  }

  // Those of another scope, from before they were moved or of another of that name, they could
  // neither see nor remove.
  private static void mustHaveRoom(Handle h, Person person) {
    long kept =
        h.createQuery("select count(*) from saved_search where owner = ? and agency = ?")
            .bind(0, person.name())
            .bind(1, seers(person))
            .mapTo(Long.class)
            .one();
    if (kept >= MOST) {
      throw new IllegalArgumentException(
          "you keep %d searches already; remove some first".formatted(MOST));
    }
  }

  private static String checked(String name) {
    String called = name.strip();
    if (called.isEmpty()
        || called.length() > LONGEST_NAME
        || called.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "give the search a name of 1 to %d characters on one line".formatted(LONGEST_NAME));
    }
    return called;
  }

  private static Optional<SavedSearch> find(Handle h, long number, Person person) {
    return h.createQuery("select * from saved_search" + SEEN + " and number = ?")
        .bind(0, seers(person))
        .bind(1, person.name())
        .bind(2, number)
        .map((rs, _) -> row(rs))
        .findOne()
        .flatMap(found -> found);
  }

  private static SavedSearch row(Handle h, long number) {
    return h.createQuery("select * from saved_search where number = ?")
        .bind(0, number)
        .map((rs, _) -> row(rs))
        .one()
        .orElseThrow();
  }

  private static Optional<SavedSearch> row(ResultSet rs) throws SQLException {
    var wanted = Wanted.row(rs);
    return wanted.isEmpty() ? Optional.empty() : Optional.of(row(rs, wanted.get()));
  }

  private static SavedSearch row(ResultSet rs, Wanted wanted) throws SQLException {
    return new SavedSearch(
        rs.getLong("number"),
        rs.getString("name"),
        wanted,
        rs.getString("owner"),
        rs.getString("agency"),
        rs.getInt("shared") == 1,
        Micros.toInstant(rs.getLong("created_at")),
        Micros.toInstant(rs.getLong("changed_at")));
  }
}
