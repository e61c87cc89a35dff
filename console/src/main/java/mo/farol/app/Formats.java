package mo.farol.app;

import mo.farol.centre.Usage;
import mo.farol.parse.Parser;

/** Formats of log lines as people name them. */
final class Formats {
  private Formats() {}

  /** The name itself, once it is empty or every part of it is known. */
  static String check(String asked) {
    try {
      return asked.isEmpty() ? asked : Parser.checked(asked);
    } catch (IllegalArgumentException e) {
      throw new Usage(String.valueOf(e.getMessage()));
    }
  }
}
