package mo.farol.journal;

/**
 * Bytes in the middle of a segment that can't be trusted and were set aside.
 *
 * @param segment file they lay in
 * @param offset where, in bytes
 * @param length how many
 */
public record Quarantined(String segment, long offset, long length) {}
