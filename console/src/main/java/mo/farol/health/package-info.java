/**
 * What is wrong with the centre itself, for those who run it.
 *
 * <p>In: what the collector's rooms say of themselves now. Out: a list of {@link
 * mo.farol.health.Trouble}, empty when all is well; pages show it above everything else, {@code
 * /status} and {@code /healthz} tell it. What the committee must know, a broken seal and damage, is
 * a {@link mo.farol.alert.Finding} too, once. What ends is read once a minute, on the caller's
 * thread, and kept for who asks. No thread of its own.
 */
@NullMarked
package mo.farol.health;

import org.jspecify.annotations.NullMarked;
