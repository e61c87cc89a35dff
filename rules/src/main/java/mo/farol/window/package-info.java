/**
 * Counts over time, by group.
 *
 * <p>In: {@link mo.farol.match.Detection}s in order. Out: {@link mo.farol.window.Crossing}s: a
 * group of detections that reached its threshold within its span. Keyed state on event time; runs
 * on the thread of the detection follower. Follows the Sigma correlation rules specification 2.1.0.
 */
@NullMarked
package mo.farol.window;

import org.jspecify.annotations.NullMarked;
