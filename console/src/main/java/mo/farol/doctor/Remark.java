package mo.farol.doctor;

/**
 * What was found of one thing.
 *
 * @param about the thing, in one word or two
 * @param said what was found; where it is not as it should be, also what to do
 */
public record Remark(Level level, String about, String said) {
  /** How it stands. */
  public enum Level {
    /** As it should be. */
    OK,
    /** It works, and should be seen to. */
    WARN,
    /** It does not work, or will not for long. */
    FAIL
  }
}
