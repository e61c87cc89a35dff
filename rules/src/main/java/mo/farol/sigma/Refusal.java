package mo.farol.sigma;

import java.nio.file.Path;

/**
 * A document that did not become a rule.
 *
 * @param file where it stands
 * @param line from 1
 * @param column from 1
 * @param reason what is wrong and, where known, what to write instead
 * @param waiting whether nothing is wrong with it but that a placeholder has no values yet
 */
public record Refusal(Path file, int line, int column, String reason, boolean waiting) {
  /** A document that is wrong. */
  public Refusal(Path file, int line, int column, String reason) {
    this(file, line, column, reason, false);
  }

  /** One line for a terminal: {@code file:line:column: reason}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + reason;
  }
}
