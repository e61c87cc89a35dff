package mo.farol.account;

import java.time.Duration;
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

  /** How long a session lasts however much it is used. */
  public static final Duration LONGEST = Duration.ofHours(16);

  private static final Duration TOUCH = Duration.ofMinutes(1);

  /**
   * A session under way.
   *
   * @param id what the cookie holds
   * @param person who
   * @param csrf what every form must send back
   */
  public record Session(String id, Person person, String csrf) {}

  private record Kept(String account, String csrf, long seenMicros) {}

  private final Ledger ledger;
  private final InstantSource clock;

  public Sessions(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Begins a session with an id of its own, never one the browser brought. */
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

  /** The session of an id; empty for one that never was, ended, expired or stood unused. */
  public Optional<Session> find(String id) {
    String hash = Secrets.hash(id);
    var kept = kept(hash);
    kept.filter(this::isStale).ifPresent(_ -> touch(hash));
    return kept.flatMap(
        k ->
            ledger
                .read(h -> Accounts.find(h, k.account()))
                .map(person -> new Session(id, person, k.csrf())));
  }

  /** Whether a session still lives; asking is not using it. */
  public boolean isAlive(String id) {
    return kept(Secrets.hash(id)).isPresent();
  }

  /** Ends a session; its id is worth nothing afterwards. */
  public void end(String id) {
    ledger.change(h -> h.execute("delete from session where id_hash = ?", Secrets.hash(id)));
  }

  /** Ends every session of an account, as when its password changed or it was closed. */
  public void endAll(String account) {
    ledger.change(h -> h.execute("delete from session where account = ?", account));
  }

  private Optional<Kept> kept(String hash) {
    long now = micros();
    return ledger.read(
        h ->
            h.createQuery(
                    "select account, csrf, last_seen_at from session where id_hash = ? and"
                        + " expires_at > ? and last_seen_at > ?")
                .bind(0, hash)
                .bind(1, now)
                .bind(2, now - IDLE.toNanos() / 1000)
                .map(
                    (rs, _) ->
                        new Kept(
                            rs.getString("account"),
                            rs.getString("csrf"),
                            rs.getLong("last_seen_at")))
                .findOne());
  }

  private boolean isStale(Kept kept) {
    return Micros.toInstant(kept.seenMicros()).plus(TOUCH).isBefore(clock.instant());
  }

  private void touch(String hash) {
    long now = micros();
    ledger.change(
        h -> h.execute("update session set last_seen_at = ? where id_hash = ?", now, hash));
  }

  private long micros() {
    return Micros.of(clock.instant());
  }
}
