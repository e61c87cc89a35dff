package mo.farol.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mo.farol.event.Micros;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;

/**
 * Tokens for programs: {@code api} tokens act as a person, {@code ingest} tokens bring an agency's
 * events. Shown once; kept as a hash.
 */
public final class Tokens {
  private static final String PREFIX = "farol_";
  private static final int LONGEST = 200;
  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final int REMEMBERED_TOKENS = 10_000;
  private static final String ALIVE = " and revoked = 0 and (expires_at is null or expires_at > ?)";

  private record Known(Optional<String> agency, Instant until) {}

  private record Making(
      String kind,
      Optional<Person> person,
      Optional<String> agency,
      String label,
      Optional<Duration> lifetime) {}

  private final Ledger ledger;
  private final Deeds deeds;
  private final InstantSource clock;
  private final Map<String, Known> ingest = new ConcurrentHashMap<>();

  public Tokens(Ledger ledger, Deeds deeds, InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.clock = clock;
  }

  /** Makes a token that acts as a person, within their role and scope; empty: for ever. */
  public String api(Person person, String label, Optional<Duration> lifetime, String by) {
    String token = PREFIX + Secrets.random();
    insert(token, new Making("api", Optional.of(person), person.agency(), label, lifetime), by);
    return token;
  }

  /** Makes a token that brings an agency's events. */
  public String ingest(String agency, String label, String by) {
    String token = PREFIX + "in_" + Secrets.random();
    var making =
        new Making("ingest", Optional.empty(), Optional.of(agency), label, Optional.empty());
    insert(token, making, by);
    return token;
  }

  /**
   * Whom an api token acts as, with the role and agency that the account has now; empty for one
   * that is unknown, expired, revoked, or whose account is closed.
   */
  public Optional<Person> person(String token) {
    if (!looksLikeOne(token)) {
      return Optional.empty();
    }
    return ledger.read(
        h ->
            h.createQuery(
                    """
                    select t.account as name, t.account as full_name,
                      case when a.name is null then t.role else a.role end as role,
                      case when a.name is null then t.agency else a.agency end as agency
                    from token t left join account a on a.name = t.account
                    where t.hash = ? and t.kind = 'api' and coalesce(a.disabled, 0) = 0
                      and t.revoked = 0 and (t.expires_at is null or t.expires_at > ?)
                    """)
                .bind(0, Secrets.hash(token))
                .bind(1, Micros.of(clock.instant()))
                .map((rs, _) -> Rows.person(rs))
                .findOne());
  }

  /**
   * The agency of an ingest token. Called on the intake's event loop: an answer is remembered for
   * ten seconds, one that was found is used while it is looked up anew beside it, and what can't be
   * a token is not looked up at all.
   */
  public Optional<String> agencyOf(String token) {
    if (!looksLikeOne(token)) {
      return Optional.empty();
    }
    String hash = Secrets.hash(token);
    var known = ingest.get(hash);
    if (known == null || known.agency().isEmpty() && !isFresh(known)) {
      return learn(hash);
    }
    if (!isFresh(known)) {
      remember(hash, known.agency()); // so that one look-up is under way, not one a request
      Thread.ofVirtual().name("tokens").start(() -> learn(hash));
    }
    return known.agency();
  }

  /** Tokens that still open something, newest first. */
  public List<Token> all() {
    return ledger.read(
        h ->
            h.createQuery("select * from token where 1 = 1" + ALIVE + " order by created_at desc")
                .bind(0, Micros.of(clock.instant()))
                .map((rs, _) -> row(rs))
                .list());
  }

  /** Revokes the token of an id; it opens nothing from now on. False when there is none. */
  public boolean revoke(String id, String by) {
    if (!id.matches("[0-9a-f]{16}")) {
      return false;
    }
    boolean revoked =
        ledger.write(
            h -> {
              int changed =
                  h.execute(
                      "update token set revoked = 1 where substr(hash, 1, 16) = ? and revoked = 0",
                      id);
              if (changed > 0) {
                deeds.record(h, by, "token.revoked", id, "");
              }
              return changed > 0;
            });
    ingest.clear();
    return revoked;
  }

  private boolean isFresh(Known known) {
    return known.until().isAfter(clock.instant());
  }

  private Optional<String> learn(String hash) {
    var agency =
        ledger.read(
            h ->
                h.createQuery("select agency from token where hash = ? and kind = 'ingest'" + ALIVE)
                    .bind(0, hash)
                    .bind(1, Micros.of(clock.instant()))
                    .mapTo(String.class)
                    .findOne());
    remember(hash, agency);
    return agency;
  }

  private void remember(String hash, Optional<String> agency) {
    if (ingest.size() > REMEMBERED_TOKENS) {
      ingest.clear();
    }
    ingest.put(hash, new Known(agency, clock.instant().plus(REMEMBERED)));
  }

  private void insert(String token, Making making, String by) {
    var now = clock.instant();
    ledger.change(
        h -> {
          h.execute("delete from token where expires_at < ?", Micros.of(now));
          h.execute(
              "insert into token (hash, kind, account, role, agency, label, created_at, expires_at)"
                  + " values (?, ?, ?, ?, ?, ?, ?, ?)",
              Secrets.hash(token),
              making.kind(),
              making.person().map(Person::name).orElse(null),
              making.person().map(p -> p.role().name()).orElse(null),
              making.agency().orElse(null),
              making.label(),
              Micros.of(now),
              making.lifetime().map(d -> Micros.of(now.plus(d))).orElse(null));
          deeds.record(h, by, "token.made", making.kind(), making.label());
        });
    ingest.remove(Secrets.hash(token));
  }

  private static boolean looksLikeOne(String token) {
    return token.startsWith(PREFIX) && token.length() <= LONGEST;
  }

  private static Token row(ResultSet rs) throws SQLException {
    long expires = rs.getLong("expires_at");
    boolean forever = rs.wasNull();
    return new Token(
        rs.getString("hash").substring(0, 16),
        rs.getString("kind"),
        Optional.ofNullable(rs.getString("account")),
        Optional.ofNullable(rs.getString("role")),
        Optional.ofNullable(rs.getString("agency")),
        rs.getString("label"),
        Micros.toInstant(rs.getLong("created_at")),
        forever ? Optional.empty() : Optional.of(Micros.toInstant(expires)));
  }
}
