package mo.farol.saved;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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

  /**
   * Throws {@link IllegalArgumentException} where it is neither a relative nor an absolute time.
   */
  public Wanted {
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

  static Wanted row(ResultSet rs) throws SQLException {
    String span = rs.getString("span");
    return span.isEmpty()
        ? between(
            rs.getString("query"),
            Micros.toInstant(rs.getLong("from_at")),
            Micros.toInstant(rs.getLong("to_at")))
        : back(rs.getString("query"), span);
  }

  @Nullable Long fromMicros() {
    return from.map(Micros::of).orElse(null);
  }

  @Nullable Long toMicros() {
    return to.map(Micros::of).orElse(null);
  }
}
