/**
 * How long what is kept.
 *
 * <p>In: a policy by agency and input. Out: closed segments without the blocks whose time is over,
 * an index without their rows, a record of each removal in the seal. One thread, {@code retention}.
 * Only what a signed head covers and every view has seen is removed, so the hash tree stays valid:
 * its leaves are salted, and the salt goes with the block.
 */
@NullMarked
package mo.farol.retention;

import org.jspecify.annotations.NullMarked;
