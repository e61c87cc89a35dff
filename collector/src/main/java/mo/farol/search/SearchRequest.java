package mo.farol.search;

import java.time.Instant;
import java.util.Optional;
import mo.farol.event.Scope;

/**
 * One question.
 *
 * @param query Lucene syntax over ECS names; empty finds everything
 * @param scope the agencies the reader may see; enforced in the store
 * @param from first instant of {@code occurredAt}, inclusive
 * @param to last instant, exclusive
 * @param limit rows wanted, 1 to 10,000
 * @param cursor {@link Hits#next} of the page before, for the rows after it
 * @param countTo matches after which counting may end, so that a total is "at least"; {@link
 *     Long#MAX_VALUE} for all
 */
public record SearchRequest(
    String query,
    Scope scope,
    Instant from,
    Instant to,
    int limit,
    Optional<String> cursor,
    long countTo) {
  /** One that counts all matches. */
  public SearchRequest(
      String query, Scope scope, Instant from, Instant to, int limit, Optional<String> cursor) {
    this(query, scope, from, to, limit, cursor, Long.MAX_VALUE);
  }

  /** The same, counted so far at least. */
  public SearchRequest countedTo(long least) {
    return new SearchRequest(query, scope, from, to, limit, cursor, least);
  }
}
