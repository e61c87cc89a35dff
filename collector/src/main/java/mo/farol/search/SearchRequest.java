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
 */
public record SearchRequest(
    String query, Scope scope, Instant from, Instant to, int limit, Optional<String> cursor) {}
