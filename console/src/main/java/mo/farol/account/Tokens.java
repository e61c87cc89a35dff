package mo.farol.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import mo.farol.event.Micros;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.wire.IngestTokens;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tokens for programs: {@code api} tokens act as a person, {@code ingest} tokens bring an agency's
 * events. Shown once; kept as a hash.
 */
public final class Tokens implements IngestTokens {
  private static final String PREFIX = "farol_";
  private static final int LONGEST = 200;
  private static final int ID_DIGITS = 16;
  private static final String REPLACED = "token.ends";
  private static final long DAY_MICROS = Duration.ofDays(1).toNanos() / 1_000;
  private static final Duration REMEMBERED = Duration.ofDays(31);
  // Who has an account acts with the role and agency that it has now.
  private static final String ACTS =
      """
      (case when exists (select 1 from account a where a.name = token.account)
        then (select a.role from account a where a.name = token.account)
        else role end) as role,
      (case when exists (select 1 from account a where a.name = token.account)
        then (select a.agency from account a where a.name = token.account)
        else agency end) as agency
      """;
  static final String ALIVE = " and revoked = 0 and (expires_at is null or expires_at > ?)";

  private record Making(
      String kind, Optional<Person> person, Optional<String> agency, IngestTerms terms) {}

  private final Ledger ledger;
  private final Deeds deeds;
  private final InstantSource clock;
  private final Bearers bearers;

  public Tokens(Ledger ledger, Deeds deeds, InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.clock = clock;
    this.bearers = new Bearers(ledger, clock);
  }

  /** Makes a token that acts as a person, within their role and scope; empty: for ever. */
  public String api(Person person, String label, Optional<Duration> lifetime, String by) {
    String token = PREFIX + Secrets.random();
    var terms = new IngestTerms(label, lifetime, List.of());
    insert(token, new Making("api", Optional.of(person), person.agency(), terms), by);
    return token;
  }

  /** Makes a token that brings an agency's events from anywhere, until it is revoked. */
  public String ingest(String agency, String label, String by) {
    return ingest(agency, IngestTerms.labelled(label), by);
  }

  /** Makes a token that brings an agency's events. */
  public String ingest(String agency, IngestTerms terms, String by) {
    String token = PREFIX + "in_" + Secrets.random();
    insert(token, new Making("ingest", Optional.empty(), Optional.of(agency), terms), by);
    refresh();
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

  @Override
  public Optional<String> agencyOf(String token) {
    return agencyOf(token, "");
  }

  @Override
  public Optional<String> agencyOf(String token, String peer) {
    return looksLikeOne(token) ? bearers.agencyOf(token, peer) : Optional.empty();
  }

  /** Reads anew which ingest tokens stand: another process may have made or revoked some. */
  public void refresh() {
    bearers.refresh();
  }

  /** An agency's ingest tokens that stand, newest first. */
  public List<Token> ofAgency(String agency) {
    return all().stream()
        .filter(t -> t.kind().equals("ingest") && t.agency().equals(Optional.of(agency)))
        .toList();
  }

  /** Lets a token end after a while, so that its successor can take over. False: there is none. */
  public boolean endAfter(String id, Duration grace, String by) {
    var end = clock.instant().plus(grace);
    long micros = Micros.of(end);
    return changed(
        h ->
            h.execute(
                "update token set expires_at = ? where substr(hash, 1, 16) = ?" + ALIVE,
                micros,
                id,
                micros),
        h -> deeds.record(h, by, REPLACED, id, end.toString()));
  }

  /** Revokes every ingest token of an agency; says how many. */
  public int revokeAll(String agency, String by) {
    return (int) ofAgency(agency).stream().filter(t -> revoke(t.id(), by)).count();
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

  /**
   * Those not revoked that end after one time and not after another, with the role and agency that
   * their account has now. Left out are those made for less than a day, and those whose successor
   * was made by {@link #endAfter}.
   */
  public List<Token> ending(Instant after, Instant until) {
    return ledger.read(
        h ->
            h.createQuery(
                    "select hash, kind, account, label, created_at, expires_at, networks, "
                        + ACTS
                        + " from token where revoked = 0 and expires_at > ? and expires_at <= ?"
                        + " and expires_at - created_at >= ? and not exists (select 1 from deed"
                        + " where on_what = substr(token.hash, 1, 16) and what = '"
                        + REPLACED
                        + "') order by expires_at")
                .bind(0, Micros.of(after))
                .bind(1, Micros.of(until))
                .bind(2, DAY_MICROS)
                .map((rs, _) -> row(rs))
                .list());
  }

  /** Revokes the token of an id; it opens nothing from now on. False when there is none. */
  public boolean revoke(String id, String by) {
    if (!id.matches("[0-9a-f]{16}")) {
      return false;
    }
    return changed(
        h ->
            h.execute(
                "update token set revoked = 1 where substr(hash, 1, 16) = ? and revoked = 0", id),
        h -> deeds.record(h, by, "token.revoked", id, ""));
  }

  /** Revokes a token by itself: for whoever made it for one errand. */
  public void end(String token, String by) {
    revoke(id(token), by);
  }

  // A change of one row and its deed, in one transaction; the event loops see it at once.
  private boolean changed(ToIntFunction<Handle> change, Consumer<Handle> deed) {
    boolean changed =
        ledger.write(
            h -> {
              boolean found = change.applyAsInt(h) > 0;
              if (found) {
                deed.accept(h);
              }
              return found;
            });
    refresh();
    return changed;
  }

  private static String id(String token) {
    return Secrets.hash(token).substring(0, ID_DIGITS);
  }

  private void insert(String token, Making making, String by) {
    var now = clock.instant();
    ledger.change(
        h -> {
          forgetOld(h, now);
          h.execute(
              "insert into token (hash, kind, account, role, agency, label, created_at, expires_at,"
                  + " networks) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
              Secrets.hash(token),
              making.kind(),
              making.person().map(Person::name).orElse(null),
              making.person().map(p -> p.role().name()).orElse(null),
              making.agency().orElse(null),
              making.terms().label(),
              Micros.of(now),
              making.terms().lifetime().map(d -> Micros.of(now.plus(d))).orElse(null),
              networks(making.terms()));
          deeds.record(
              h,
              by,
              "token.made",
              id(token),
              "%s %s %s"
                  .formatted(making.kind(), making.agency().orElse("-"), making.terms().label()));
        });
  }

  // One that ended by itself is told for a while, so that who still shows it is understood.
  private static void forgetOld(Handle h, Instant now) {
    h.execute(
        "delete from token where expires_at < ? and (revoked = 1 or expires_at < ? or expires_at -"
            + " created_at < ?)",
        Micros.of(now),
        Micros.of(now.minus(REMEMBERED)),
        DAY_MICROS);
  }

  private static @Nullable String networks(IngestTerms terms) {
    return terms.from().isEmpty()
        ? null
        : terms.from().stream().map(Network::text).collect(Collectors.joining(" "));
  }

  private static boolean looksLikeOne(String token) {
    return token.startsWith(PREFIX) && token.length() <= LONGEST;
  }

  private static Token row(ResultSet rs) throws SQLException {
    long expires = rs.getLong("expires_at");
    boolean forever = rs.wasNull();
    return new Token(
        rs.getString("hash").substring(0, ID_DIGITS),
        rs.getString("kind"),
        Optional.ofNullable(rs.getString("account")),
        Optional.ofNullable(rs.getString("role")),
        Optional.ofNullable(rs.getString("agency")),
        rs.getString("label"),
        Micros.toInstant(rs.getLong("created_at")),
        forever ? Optional.empty() : Optional.of(Micros.toInstant(expires)),
        networks(rs));
  }

  static List<String> networks(ResultSet rs) throws SQLException {
    String text = rs.getString("networks");
    return text == null ? List.of() : List.of(text.split(" ", -1));
  }
}
