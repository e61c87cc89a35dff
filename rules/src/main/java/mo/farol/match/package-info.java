/**
 * Events against rules.
 *
 * <p>In: {@link mo.farol.event.EventBatch}. Out: {@link mo.farol.match.Detection}. Runs on the
 * thread of the detection follower, for a hunt on the hunt's. Follows the Sigma specification 2.1.0
 * for what a match is.
 */
@NullMarked
package mo.farol.match;

import org.jspecify.annotations.NullMarked;
