package mo.farol.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final int REMEMBERED_TOKENS = 10_000;

  private record Known(Optional<String> agency, Instant until) {}

  private final Ledger ledger;
  private final Deeds deeds;
  private final InstantSource clock;
  private final Map<String, Known> ingest = new ConcurrentHashMap<>();

  public Tokens(Ledger ledger, Deeds deeds, InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.clock = clock;
  }

  /**
   * Makes a token that acts as a person, within their role and scope; empty lifetime means for
   * ever.
   */
  public String api(Person person, String label, Optional<Duration> lifetime, String by) {
    String token = PREFIX + Secrets.random();
    insert(
        token,
        "api",
        person.name(),
        person.role().name(),
        person.agency().orElse(null),
        label,
        lifetime,
        by);
    return token;
  }

  /** Makes a token that brings an agency's events. */
  public String ingest(String agency, String label, String by) {
    String token = PREFIX + "in_" + Secrets.random();
    insert(token, "ingest", null, null, agency, label, Optional.empty(), by);
    return token;
  }

  /** Whom an api token acts as; empty for one that is unknown, expired or revoked. */
  public Optional<Person> person(String token) {
    return ledger.read(
        h ->
            h.createQuery(
                    "select account, role, agency from token where hash = ? and kind = 'api' and"
                        + " revoked = 0 and (expires_at is null or expires_at > ?)")
                .bind(0, Secrets.hash(token))
                .bind(1, Micros.of(clock.instant()))
                .map(
                    (rs, _) ->
                        new Person(
                            rs.getString("account"),
                            rs.getString("account"),
                            Role.valueOf(rs.getString("role")),
                            Optional.ofNullable(rs.getString("agency"))))
                .findOne());
  }

  /**
   * The agency of an ingest token. What was asked lately is remembered for ten seconds, so that a
   * revocation bites within them.
   */
  public Optional<String> agencyOf(String token) {
    String hash = Secrets.hash(token);
    var now = clock.instant();
    var known = ingest.get(hash);
    if (known != null && known.until().isAfter(now)) {
      return known.agency();
    }
    var agency = agencyOfHash(hash);
    if (ingest.size() > REMEMBERED_TOKENS) {
      ingest.clear();
    }
    ingest.put(hash, new Known(agency, now.plus(REMEMBERED)));
    return agency;
  }

  private Optional<String> agencyOfHash(String hash) {
    return ledger.read(
        h ->
            h.createQuery(
                    "select agency from token where hash = ? and kind = 'ingest' and revoked = 0"
                        + " and (expires_at is null or expires_at > ?)")
                .bind(0, hash)
                .bind(1, Micros.of(clock.instant()))
                .mapTo(String.class)
                .findOne());
  }

  private void insert(
      String token,
      String kind,
      @org.jspecify.annotations.Nullable String account,
      @org.jspecify.annotations.Nullable String role,
      @org.jspecify.annotations.Nullable String agency,
      String label,
      Optional<Duration> lifetime,
      String by) {
    var now = clock.instant();
    ledger.change(
        h -> {
          h.execute(
              "insert into token (hash, kind, account, role, agency, label, created_at, expires_at)"
                  + " values (?, ?, ?, ?, ?, ?, ?, ?)",
              Secrets.hash(token),
              kind,
              account,
              role,
              agency,
              label,
              Micros.of(now),
              lifetime.map(d -> Micros.of(now.plus(d))).orElse(null));
          deeds.record(h, by, "token.made", kind, label);
        });
  }
}
