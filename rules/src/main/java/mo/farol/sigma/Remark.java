package mo.farol.sigma;

import java.nio.file.Path;

/**
 * Something about a document that became a rule or a filter and yet may not do what its author
 * meant.
 *
 * @param file where it stands
 * @param line from 1
 * @param column from 1
 * @param text what Farol makes of it and, where known, what to write instead
 */
public record Remark(Path file, int line, int column, String text) {
  /** One line for a terminal: {@code file:line:column: text}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + text;
  }
}
