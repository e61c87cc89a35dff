package mo.farol.store;

/** Whether a value is one that is looked for. */
@FunctionalInterface
public interface ValueTest {
  /**
   * Looks at {@code bytes[from .. to)}.
   *
   * @param bytes UTF-8 in lower case; not to be kept
   * @param isWhole whether this is surely all of the value; the index cuts long ones
   */
  boolean test(byte[] bytes, int from, int to, boolean isWhole);
}
