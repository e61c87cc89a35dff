package mo.farol.alert;

/**
 * A decision file that was left out.
 *
 * @param file its name
 * @param line from 1, or 0 where the compiler names none
 * @param message what is wrong, on one line
 */
public record DrlFault(String file, int line, String message) {
  @Override
  public String toString() {
    return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
  }
}
