/**
 * Counts over time, by group.
 *
 * <p>In: {@link mo.farol.match.Detection}s in order, and the time that went by. Out: {@link
 * mo.farol.window.Crossing}s: a group of detections that reached its threshold within its span, or
 * what did not come; {@link mo.farol.window.LateHit}s. Keyed state on event time, kept in a file
 * across restarts; runs on the thread of the detection follower, for a hunt on the hunt's. Follows
 * the Sigma correlation rules specification 2.1.0; {@code docs/correlations.md} says what it leaves
 * open.
 *
 * <p><b>From the outside in.</b> {@link mo.farol.window.Windows} has a {@code Lane} for each agency
 * and import, which knows how far event time has come; a lane has a {@code Table} for each
 * correlation; a table has {@code Groups}, the {@code Deadlines} and the {@code PendingReports} of
 * theirs; most groups keep their hits in a {@code Ring}, which {@code Downsampling} makes room in,
 * and a {@code Tally} reckons. {@code Shares} keeps one agency from taking the room of others.
 */
@NullMarked
package mo.farol.window;

import org.jspecify.annotations.NullMarked;
