/**
 * Proofs that travel, and their check without Farol.
 *
 * <p>In: sequences of events, a sealed home or a package. Out: packages of frames with all that
 * leads to a signed head; a verdict that names what was changed, dropped, put in or moved.
 * Stateless; runs on the caller's thread. Follows RFC 9162 section 2.1 by way of {@link
 * mo.farol.seal.Merkle}.
 */
@NullMarked
package mo.farol.proof;

import org.jspecify.annotations.NullMarked;
