/**
 * A home, kept elsewhere as of one moment, and put back.
 *
 * <p>In: a home, running or stopped, and a folder on another disk. Out: a folder a backup, with
 * every file of the home and a signed manifest; from it a home that proves itself. Runs in the
 * process of a command, on its thread, and asks the centre nothing: hard links hold what the centre
 * would replace meanwhile. What refers to the journal is taken before the journal, so that nothing
 * in a backup speaks of an event that is not in it. Signatures follow C2SP signed-note.
 */
@NullMarked
package mo.farol.backup;

import org.jspecify.annotations.NullMarked;
