/**
 * What follows a query after {@code |}: stages that make a table of events and work on its rows.
 *
 * <p>In: a {@link mo.farol.pipe.Pipe} for each stage, and the table of the stage before. Out: a
 * {@link mo.farol.pipe.Table}, on a screen, as CSV (RFC 4180) or as JSON lines. Knows neither index
 * nor journal: what counts events is asked of the index by {@code search}. Stateless; runs on the
 * caller's thread.
 */
@NullMarked
package mo.farol.pipe;

import org.jspecify.annotations.NullMarked;
