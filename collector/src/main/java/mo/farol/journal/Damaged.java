package mo.farol.journal;

/**
 * Where the bytes of a segment are no longer those that were written. They stay in their file, and
 * readers step over them; the newest segment's are {@link Quarantined} at the next start.
 *
 * @param segment file they lie in
 * @param firstSequence sequence of the first event that may lie there
 * @param endSequence sequence before which all of them lie
 */
public record Damaged(String segment, long firstSequence, long endSequence) {}
