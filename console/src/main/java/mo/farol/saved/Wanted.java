package mo.farol.saved;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for, and of which time.
 *
 * @param query as it was written, stages included; at most 16,384 characters
 * @param span how long back from now, such as {@code 24h}; empty where the time is absolute
 * @param from first instant of an absolute time
 * @param to end of an absolute time, not included
 */
public record Wanted(String query, String span, Optional<Instant> from, Optional<Instant> to) {
  /** Characters of a query at most, as the query language has it. */
  public static final int LONGEST_QUERY = 16_384;

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  /**
   * Throws {@link IllegalArgumentException} where it is neither a relative nor an absolute time.
   * Instants are kept to the microsecond, within the years 1 to 9999.
   */
  public Wanted {
    from = from.map(Wanted::kept);
    to = to.map(Wanted::kept);
    if (query.length() > LONGEST_QUERY) {
      throw new IllegalArgumentException(
          "a query has at most %,d characters".formatted(LONGEST_QUERY));
    }
    boolean isRelative = span.matches("\\d{1,5}[mhd]") && from.isEmpty() && to.isEmpty();
    boolean isAbsolute =
        span.isEmpty() && from.isPresent() && to.isPresent() && from.get().isBefore(to.get());
    if (!isRelative && !isAbsolute) {
      throw new IllegalArgumentException(
          "give a time: either a span such as 15m, 24h or 7d back from now, or from and a later"
              + " to");
    }
  }

  /** Of the time back from now. */
  public static Wanted back(String query, String span) {
    return new Wanted(query, span, Optional.empty(), Optional.empty());
  }

  /** Of a time between two instants. */
  public static Wanted between(String query, Instant from, Instant to) {
    return new Wanted(query, "", Optional.of(from), Optional.of(to));
  }

  /** The same; empty where it is neither a relative nor an absolute time. */
  public static Optional<Wanted> ifAny(
      String query, String span, Optional<Instant> from, Optional<Instant> to) {
    try {
      return Optional.of(new Wanted(query, span, from, to));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What a row holds; empty where that makes no sense. */
  static Optional<Wanted> row(ResultSet rs) throws SQLException {
    String query = rs.getString("query");
    String span = rs.getString("span");
    return span.isEmpty()
        ? ifAny(
            query,
            "",
            Optional.of(Micros.toInstant(rs.getLong("from_at"))),
            Optional.of(Micros.toInstant(rs.getLong("to_at"))))
        : ifAny(query, span, Optional.empty(), Optional.empty());
  }

  /** An instant, or the nearest to it within the years 1 to 9999. */
  public static Instant near(Instant instant) {
    return instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
  }

  private static Instant kept(Instant instant) {
    return near(instant).truncatedTo(ChronoUnit.MICROS);
  }

  @Nullable Long fromMicros() {
    return from.map(Micros::of).orElse(null);
  }

  @Nullable Long toMicros() {
    return to.map(Micros::of).orElse(null);
  }
}
