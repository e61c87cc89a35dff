/**
 * Brings an agency in: what to paste into its forwarder, and what arrives from it first.
 *
 * <p>In: an agency, how the listeners are reached. Out: snippets of configuration, made of the
 * files in {@code snippets}; the next line of an agency as it was parsed. The caller's thread,
 * which may wait.
 */
@NullMarked
package mo.farol.onboard;

import org.jspecify.annotations.NullMarked;
