package mo.farol.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import mo.farol.event.Micros;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Who did what, when, to what: rows that are only ever added, each holding the SHA-256 of the one
 * before.
 */
public final class Deeds {
  /**
   * One deed.
   *
   * @param number counted from 1
   * @param by account name, or {@code farol} for the centre itself
   * @param what verb of the field, such as {@code alert.acknowledged}
   * @param on id of the thing
   * @param detail more, for people; never a secret
   * @param hash SHA-256 over this row and the hash before
   */
  public record Deed(
      long number, Instant at, String by, String what, String on, String detail, String hash) {}

  private static final String NOTHING_BEFORE = "0".repeat(64);
  private final Ledger ledger;
  private final InstantSource clock;

  public Deeds(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Adds a deed within a transaction of the ledger. */
  public void record(Handle handle, String by, String what, String on, String detail) {
    String previous =
        handle
            .createQuery("select hash from deed order by number desc limit 1")
            .mapTo(String.class)
            .findOne()
            .orElse(NOTHING_BEFORE);
    long at = Micros.of(clock.instant());
    handle.execute(
        "insert into deed (at, by_whom, what, on_what, detail, previous, hash) values (?, ?, ?, ?,"
            + " ?, ?, ?)",
        at,
        by,
        what,
        on,
        detail,
        previous,
        hash(previous, at, by, what, on, detail));
  }

  /** Adds a deed by itself, such as a sign-in. */
  public void record(String by, String what, String on, String detail) {
    ledger.change(handle -> record(handle, by, what, on, detail));
  }

  /** The latest deeds, newest first. */
  public List<Deed> latest(int count) {
    return ledger.read(
        h ->
            h.createQuery("select * from deed order by number desc limit ?")
                .bind(0, count)
                .map(Deeds::deed)
                .list());
  }

  /** What was done to one thing, oldest first. */
  public List<Deed> of(String thing) {
    return ledger.read(
        h ->
            h.createQuery("select * from deed where on_what = ? order by number")
                .bind(0, thing)
                .map(Deeds::deed)
                .list());
  }

  private static Deed deed(ResultSet rs, StatementContext context) throws SQLException {
    return new Deed(
        rs.getLong("number"),
        Micros.toInstant(rs.getLong("at")),
        rs.getString("by_whom"),
        rs.getString("what"),
        rs.getString("on_what"),
        rs.getString("detail"),
        rs.getString("hash"));
  }

  /**
   * Walks the chain; the number of the first deed that is not as it was written, empty when all
   * are.
   */
  public OptionalLong firstBroken() {
    return ledger.read(
        h -> {
          var chain = new Chain();
          h
              .createQuery("select * from deed order by number")
              .map(
                  (rs, _) ->
                      chain.holds(
                          rs.getLong("number"),
                          rs.getString("previous"),
                          rs.getString("hash"),
                          hash(
                              rs.getString("previous"),
                              rs.getLong("at"),
                              rs.getString("by_whom"),
                              rs.getString("what"),
                              rs.getString("on_what"),
                              rs.getString("detail"))))
              .stream()
              .forEach(_ -> {});
          return chain.broken;
        });
  }

  private static final class Chain {
    private String last = NOTHING_BEFORE;
    private long expected = 1;
    private OptionalLong broken = OptionalLong.empty();

    boolean holds(long number, String previous, String hash, String computed) {
      boolean good = number == expected && previous.equals(last) && hash.equals(computed);
      if (!good && broken.isEmpty()) {
        broken = OptionalLong.of(number);
      }
      last = hash;
      expected = number + 1;
      return good;
    }
  }

  private static String hash(
      String previous, long at, String by, String what, String on, String detail) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (String part : new String[] {previous, Long.toString(at), by, what, on, detail}) {
        byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
        digest.update((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(utf8);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
