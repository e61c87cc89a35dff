package mo.farol.sigma;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Why a document can't become a rule, and where it says so. Ends as a {@link Refusal}. */
final class RuleFault extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;

  RuleFault(int line, int column, String reason) {
    super(reason);
    this.line = line;
    this.column = column;
  }

  static RuleFault at(Node node, String reason) {
    return at(node.getStartMark(), reason);
  }

  static RuleFault at(Mark mark, String reason) {
    return new RuleFault(mark.getLine() + 1, mark.getColumn() + 1, reason);
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
