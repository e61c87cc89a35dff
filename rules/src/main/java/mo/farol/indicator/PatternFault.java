package mo.farol.indicator;

/** A STIX pattern that is not read, with the place and the reason. */
final class PatternFault extends Exception {
  private static final long serialVersionUID = 1;

  private final int column;

  PatternFault(int column, String reason) {
    super(reason, null, false, false);
    this.column = column;
  }

  /** From 1. */
  int column() {
    return column;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
