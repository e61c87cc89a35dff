/**
 * From a question to events, counts over time and most frequent values.
 *
 * <p>In: a query in Lucene syntax over ECS names, a time range, a {@link mo.farol.event.Scope} and
 * who asks. Out: {@link mo.farol.search.Hits}, tables of stages after {@code |} ({@link
 * mo.farol.search.Answer}), {@link mo.farol.search.Histogram}, {@link mo.farol.search.TopValues};
 * what is under way ({@link mo.farol.search.UnderWay}), and what comes in from now on ({@link
 * mo.farol.search.Tail}). Each search runs on a thread of this room, named {@code search-N}, while
 * its caller waits; bounded in number, in time by a deadline, and in memory by {@link
 * mo.farol.search.SearchConfig}. It can be cancelled, and what takes long waits for one of a few
 * places, so that it keeps neither short questions nor the event path from the processor.
 */
@NullMarked
package mo.farol.search;

import org.jspecify.annotations.NullMarked;
