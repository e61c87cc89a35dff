package mo.farol.parse;

/**
 * Bounds of the parser.
 *
 * @param jsonDepth deepest JSON nesting read; deeper frames are rejected
 * @param jsonKeys most pairs taken from one JSON object
 */
public record ParseConfig(int jsonDepth, int jsonKeys) {
  /** Depth 32, 1,000 keys. */
  public static ParseConfig defaults() {
    return new ParseConfig(32, 1_000);
  }
}
