/**
 * The commands people type.
 *
 * <p>In: arguments. Out: text on standard output, one clear line on standard error where something
 * is wrong, and an exit status: 0 done, 1 a finding, 2 wrong usage, 3 an answer that is not whole.
 * One class a command, on the main thread.
 */
@NullMarked
package mo.farol.app;

import org.jspecify.annotations.NullMarked;
