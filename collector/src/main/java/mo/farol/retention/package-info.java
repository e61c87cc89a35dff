/**
 * How long what is kept.
 *
 * <p>In: a policy by agency, input and class of data. Out: closed segments without the frames whose
 * time is over, packed in groups; an index without their rows; a record of each removal in the
 * seal. One thread, {@code retention}. Only what a signed head covers and every view has seen is
 * removed, so the hash tree stays valid: its leaves are salted, and the salt goes with the frame.
 * The class of a frame is told by reading it again, here and not on its way in.
 */
@NullMarked
package mo.farol.retention;

import org.jspecify.annotations.NullMarked;
