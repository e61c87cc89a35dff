/**
 * From the journal to the views, in order.
 *
 * <p>In: blocks of an {@link mo.farol.journal.EventLog}. Out: {@link mo.farol.event.EventBatch}es
 * to a {@link mo.farol.event.Sink}. Each sink has a follower of its own, on a thread with the
 * sink's name, so that none waits for another. Also the way back: from a sequence to the event and
 * its frame.
 */
@NullMarked
package mo.farol.flow;

import org.jspecify.annotations.NullMarked;
