/**
 * From a question to events, counts over time and most frequent values.
 *
 * <p>In: a query in Lucene syntax over ECS names, a time range and a {@link mo.farol.event.Scope}.
 * Out: {@link mo.farol.search.Hits}, tables of stages after {@code |} ({@link
 * mo.farol.search.Answer}), {@link mo.farol.search.Histogram}, {@link mo.farol.search.TopValues}.
 * Runs on the caller's thread, bounded by a deadline.
 */
@NullMarked
package mo.farol.search;

import org.jspecify.annotations.NullMarked;
