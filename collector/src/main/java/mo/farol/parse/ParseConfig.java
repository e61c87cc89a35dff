package mo.farol.parse;

/**
 * Bounds of the parser.
 *
 * @param depth objects and arrays inside one another in JSON, at most
 * @param keys keys in one JSON object with all it holds, at most
 * @param nameBytes length of a field name; a longer one becomes {@code farol.overflow}
 */
public record ParseConfig(int depth, int keys, int nameBytes) {
  public ParseConfig {
    if (depth < 1 || keys < 1 || nameBytes < 16) {
      throw new IllegalArgumentException("the parser's bounds must be positive");
    }
  }

  /** 32 levels, 1,000 keys, names of up to 256 bytes. */
  public static ParseConfig defaults() {
    return new ParseConfig(32, 1000, 256);
  }
}
