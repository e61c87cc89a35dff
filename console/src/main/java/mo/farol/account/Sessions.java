package mo.farol.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import mo.farol.event.Micros;
import mo.farol.ledger.Ledger;

/**
 * Who is signed in to the console. The id is known to the browser only; the ledger keeps its hash.
 */
public final class Sessions {
  /** How long a session may stand unused. */
  public static final Duration IDLE = Duration.ofHours(8);

  private static final Duration LONGEST = Duration.ofHours(16);
  private static final Duration TOUCH = Duration.ofMinutes(1);

  /**
   * A session under way.
   *
   * @param id what the cookie holds
   * @param person who
   * @param csrf what every form must send back
   */
  public record Session(String id, Person person, String csrf) {}

  private final Ledger ledger;
  private final InstantSource clock;

  public Sessions(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Begins a session with an id of its own. */
  public Session begin(Person person) {
    String id = Secrets.random();
    String csrf = Secrets.random();
    var now = clock.instant();
    ledger.change(
        h -> {
          h.execute("delete from session where expires_at < ?", Micros.of(now));
          h.execute(
              "insert into session (id_hash, account, csrf, created_at, last_seen_at, expires_at)"
                  + " values (?, ?, ?, ?, ?, ?)",
              Secrets.hash(id),
              person.name(),
              csrf,
              Micros.of(now),
              Micros.of(now),
              Micros.of(now.plus(LONGEST)));
        });
    return new Session(id, person, csrf);
  }

  /**
   * The session of an id; empty for one that never was, ended, expired or stood unused too long.
   */
  public Optional<Session> find(String id) {
    String hash = Secrets.hash(id);
    long now = Micros.of(clock.instant());
    long idle = now - IDLE.toNanos() / 1000;
    record Kept(String account, String csrf, long seen) {}
    var kept =
        ledger.read(
            h ->
                h.createQuery(
                        "select account, csrf, last_seen_at from session where id_hash = ? and"
                            + " expires_at > ? and last_seen_at > ?")
                    .bind(0, hash)
                    .bind(1, now)
                    .bind(2, idle)
                    .map(
                        (rs, _) ->
                            new Kept(
                                rs.getString("account"),
                                rs.getString("csrf"),
                                rs.getLong("last_seen_at")))
                    .findOne());
    kept.filter(k -> isStale(k.seen()))
        .ifPresent(
            _ ->
                ledger.change(
                    h ->
                        h.execute(
                            "update session set last_seen_at = ? where id_hash = ?", now, hash)));
    return kept.flatMap(
        k ->
            ledger.read(h -> Accounts.find(h, k.account())).map(p -> new Session(id, p, k.csrf())));
  }

  /** Ends a session; its id is worth nothing afterwards. */
  public void end(String id) {
    ledger.change(h -> h.execute("delete from session where id_hash = ?", Secrets.hash(id)));
  }

  private boolean isStale(long seenMicros) {
    Instant seen = Micros.toInstant(seenMicros);
    return seen.plus(TOUCH).isBefore(clock.instant());
  }
}
