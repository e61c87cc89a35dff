/**
 * Raw bytes on disk, in order, before anything else happens to them.
 *
 * <p>In: {@link mo.farol.event.FrameBatch}. Out: {@link mo.farol.journal.EventLog.Block}s with
 * sequences, read back in order or by position. One writer thread, {@code journal}; readers bring
 * their own. Acknowledged means {@code fsync}ed. Closed segments can be written anew: blocks packed
 * in groups, without what is over.
 */
@NullMarked
package mo.farol.journal;

import org.jspecify.annotations.NullMarked;
