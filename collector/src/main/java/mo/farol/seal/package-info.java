/**
 * A hash tree over the journal and signed tree heads: what was received can be proved, and nothing
 * can be changed, dropped, put in or moved without being seen.
 *
 * <p>In: blocks of an {@link mo.farol.journal.EventLog}. Out: leaf hashes in {@code tree}, heads in
 * {@code heads.jsonl}, signed removals in {@code removals.jsonl}, proofs from them. One thread,
 * {@code seal}, follows the journal beside the other views; any thread may ask. Hashing and proofs
 * follow RFC 9162 section 2.1; heads are checkpoints and witnesses' lines cosignatures as C2SP
 * tlog-checkpoint and tlog-cosignature write them; time stamps are RFC 3161 tokens.
 */
@NullMarked
package mo.farol.seal;

import org.jspecify.annotations.NullMarked;
