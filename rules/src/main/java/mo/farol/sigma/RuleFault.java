package mo.farol.sigma;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Why a document can't become a rule, and where it says so. Ends as a {@link Refusal}. */
final class RuleFault extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;
  private final boolean waiting;

  RuleFault(int line, int column, String reason) {
    this(line, column, reason, false);
  }

  private RuleFault(int line, int column, String reason, boolean waiting) {
    super(reason);
    this.line = line;
    this.column = column;
    this.waiting = waiting;
  }

  static RuleFault at(Node node, String reason) {
    return at(node.getStartMark(), reason);
  }

  static RuleFault at(Mark mark, String reason) {
    return new RuleFault(mark.getLine() + 1, mark.getColumn() + 1, reason);
  }

  /** Nothing is wrong but that something the rule needs is not given yet. */
  static RuleFault waiting(Node node, String reason) {
    var mark = node.getStartMark();
    return new RuleFault(mark.getLine() + 1, mark.getColumn() + 1, reason, true);
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  boolean isWaiting() {
    return waiting;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
