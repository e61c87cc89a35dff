/**
 * Rules, correlations and indicators against all that is kept.
 *
 * <p>In: a {@link mo.farol.hunt.HuntTarget}, a time, a scope. Out: a {@link
 * mo.farol.hunt.HuntResult}: hits and groups with counts by agency and hour, and a {@link
 * mo.farol.hunt.Coverage}: which sources and hours could have shown it. The index is asked for all
 * events that may match ({@link mo.farol.hunt.Superset}); those are read back from the journal, and
 * the matcher of live events decides. What correlations count is handed to the windows of live
 * detection in the order of the events' times, with the time before that they need. A hunt works on
 * a thread of the search room, among heavy searches; {@link mo.farol.hunt.Hunts} has a thread of
 * its own for each that waits for it. Follows Sigma 2.1 as {@code match} does.
 */
@NullMarked
package mo.farol.hunt;

import org.jspecify.annotations.NullMarked;
