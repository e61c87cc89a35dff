package mo.farol.parse;

/**
 * Bounds of the parser.
 *
 * @param depth objects and arrays inside one another in JSON, at most
 * @param pairs values taken of one event, or one JSON object with all it holds, at most; the others
 *     are left in the message alone, and {@code farol.note} says so
 * @param nameBytes length of a field name; a longer one becomes {@code farol.overflow}
 */
public record ParseConfig(int depth, int pairs, int nameBytes) {
  public ParseConfig {
    if (depth < 1 || pairs < 1 || nameBytes < 16) {
      throw new IllegalArgumentException("the parser's bounds must be positive");
    }
  }

  /** 32 levels, 1,000 pairs, names of up to 256 bytes. */
  public static ParseConfig defaults() {
    return new ParseConfig(32, 1000, 256);
  }
}
