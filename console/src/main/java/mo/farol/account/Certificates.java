package mo.farol.account;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import mo.farol.event.Micros;
import mo.farol.identity.Authority;
import mo.farol.identity.Bundle;
import mo.farol.identity.Identity;
import mo.farol.identity.Issued;
import mo.farol.identity.OwnFiles;
import mo.farol.identity.Register;
import mo.farol.identity.RevocationList;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.jdbi.v3.core.Handle;

/**
 * The client certificates of agencies: issued, listed, revoked, and the register of all of them.
 */
public final class Certificates implements Register {
  /** How long one is valid unless asked otherwise. */
  public static final Duration LIFETIME = Duration.ofDays(730);

  private static final int LONGEST_DAYS = 3_650;

  private final Ledger ledger;
  private final Deeds deeds;
  private final InstantSource clock;
  private final Path keys;
  private final Optional<OwnFiles> listeners;
  private final List<Runnable> hearers = new CopyOnWriteArrayList<>();

  /**
   * @param keys folder of the authority, made at its first use
   * @param listeners the operator's own certificate, which agencies then have to trust too
   */
  public Certificates(
      Ledger ledger, Deeds deeds, InstantSource clock, Path keys, Optional<OwnFiles> listeners) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.clock = clock;
    this.keys = keys;
    this.listeners = listeners;
  }

  /** Makes a key and a certificate for an agency; the key is in the bundle and nowhere else. */
  public Bundle issue(String agency, Duration lifetime, String by) {
    var authority = Authority.open(keys, clock);
    var trusted = Identity.trusted(authority, listeners);
    return entered(Bundle.made(authority, agency, checked(lifetime), trusted), by);
  }

  /** Signs an agency's own request, PEM or DER; only its key counts. */
  public Bundle sign(String agency, byte[] request, Duration lifetime, String by) {
    var authority = Authority.open(keys, clock);
    var trusted = Identity.trusted(authority, listeners);
    return entered(Bundle.signed(authority, agency, request, checked(lifetime), trusted), by);
  }

  /** Whom an agency has to trust in order to trust our listeners. */
  public List<X509Certificate> trusted() {
    return Identity.trusted(Authority.open(keys, clock), listeners);
  }

  /** Adds somebody who is told at once when this process issues or revokes one. */
  public void onChange(Runnable hearer) {
    hearers.add(hearer);
  }

  /** All of an agency's, newest first. */
  public List<Certificate> of(String agency) {
    return ledger.read(
        h ->
            h.createQuery(
                    "select * from certificate where agency = ? order by issued_at desc, serial")
                .bind(0, agency)
                .map((rs, _) -> row(rs))
                .list());
  }

  /** When the last certificate of each agency ends or ended, those revoked left out. */
  public Map<String, Instant> lastEnds() {
    return ledger.read(
        h ->
            h
                .createQuery(
                    "select agency, max(until_at) as last from certificate where revoked_at is null"
                        + " group by agency")
                .map(
                    (rs, _) ->
                        Map.entry(rs.getString("agency"), Micros.toInstant(rs.getLong("last"))))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** Those not revoked that end after one time and not after another, the first to end first. */
  public List<Certificate> ending(Instant after, Instant until) {
    return ledger.read(
        h ->
            h.createQuery(
                    "select * from certificate where revoked_at is null and until_at > ? and"
                        + " until_at <= ? order by until_at, serial")
                .bind(0, Micros.of(after))
                .bind(1, Micros.of(until))
                .map((rs, _) -> row(rs))
                .list());
  }

  /** One by its serial, with or without colons. */
  public Optional<Certificate> find(String serial) {
    return ledger.read(
        h ->
            h.createQuery("select * from certificate where serial = ?")
                .bind(0, plain(serial))
                .map((rs, _) -> row(rs))
                .findOne());
  }

  @Override
  public List<Issued> standing() {
    return ledger.read(
        h ->
            h.createQuery(
                    "select * from certificate where revoked_at is null and until_at > ? order by"
                        + " serial")
                .bind(0, Micros.of(clock.instant()))
                .map((rs, _) -> issued(rs))
                .list());
  }

  /** Takes one back. False when it is unknown or was taken back before. */
  public boolean revoke(String serial, String by) {
    return revoked("serial = ?", plain(serial), by) > 0;
  }

  /** Takes back all of an agency's; says how many. */
  public int revokeAll(String agency, String by) {
    return revoked("agency = ?", agency, by);
  }

  /** Writes the list of what was revoked and has not ended by itself. */
  public void publish() {
    RevocationList.write(
        Authority.open(keys, clock),
        ledger.read(
            h ->
                h.createQuery(
                        "select serial, revoked_at from certificate where revoked_at is not null"
                            + " and until_at > ? order by revoked_at, serial")
                    .bind(0, Micros.of(clock.instant()))
                    .map(
                        (rs, _) ->
                            new RevocationList.Revoked(
                                rs.getString("serial"), Micros.toInstant(rs.getLong("revoked_at"))))
                    .list()));
  }

  // In the register before anybody has it: what is not there opens nothing.
  private Bundle entered(Bundle bundle, String by) {
    var issued = bundle.issued();
    ledger.change(
        h -> {
          mustBeFree(h, issued);
          h.execute(
              "insert into certificate (serial, key, agency, from_at, until_at, issued_at,"
                  + " issued_by) values (?, ?, ?, ?, ?, ?, ?)",
              issued.serial(),
              issued.key(),
              issued.agency(),
              Micros.of(issued.from()),
              Micros.of(issued.until()),
              Micros.of(clock.instant()),
              by);
          deeds.record(
              h,
              by,
              "certificate.issued",
              issued.agency(),
              "serial %s, until %s".formatted(issued.serial(), issued.until()));
        });
    hearers.forEach(Runnable::run);
    return bundle;
  }

  private static void mustBeFree(Handle h, Issued issued) {
    boolean taken =
        h.createQuery(
                    "select count(*) from certificate where key = ? and (agency <> ? or revoked_at"
                        + " is not null)")
                .bind(0, issued.key())
                .bind(1, issued.agency())
                .mapTo(Integer.class)
                .one()
            > 0;
    if (taken) {
      throw new IllegalArgumentException(
          "this key is another agency's or was revoked; make a new key and a new request");
    }
  }

  private int revoked(String which, String value, String by) {
    int count =
        ledger.write(
            h -> {
              var rows =
                  h.createQuery("select * from certificate where revoked_at is null and " + which)
                      .bind(0, value)
                      .map((rs, _) -> row(rs))
                      .list();
              for (var row : rows) {
                h.execute(
                    "update certificate set revoked_at = ? where serial = ?",
                    Micros.of(clock.instant()),
                    row.serial());
                deeds.record(h, by, "certificate.revoked", row.agency(), "serial " + row.serial());
              }
              return rows.size();
            });
    if (count > 0) {
      hearers.forEach(Runnable::run);
      publish();
    }
    return count;
  }

  private static Duration checked(Duration lifetime) {
    if (lifetime.toDays() < 1 || lifetime.toDays() > LONGEST_DAYS) {
      throw new IllegalArgumentException(
          "a certificate is valid for 1 to %d days".formatted(LONGEST_DAYS));
    }
    return lifetime;
  }

  private static String plain(String serial) {
    return serial.replace(":", "").toLowerCase(Locale.ROOT);
  }

  private static Issued issued(ResultSet rs) throws SQLException {
    return new Issued(
        rs.getString("serial"),
        rs.getString("key"),
        rs.getString("agency"),
        Micros.toInstant(rs.getLong("from_at")),
        Micros.toInstant(rs.getLong("until_at")));
  }

  private static Certificate row(ResultSet rs) throws SQLException {
    long revoked = rs.getLong("revoked_at");
    Optional<Instant> revokedAt =
        rs.wasNull() ? Optional.empty() : Optional.of(Micros.toInstant(revoked));
    return new Certificate(
        rs.getString("serial"),
        rs.getString("key"),
        rs.getString("agency"),
        Micros.toInstant(rs.getLong("until_at")),
        Micros.toInstant(rs.getLong("issued_at")),
        rs.getString("issued_by"),
        revokedAt);
  }
}
