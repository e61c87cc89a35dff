package mo.farol.sigma;

/** A comparison, as Sigma spells it. */
public enum Op {
  LT("lt"),
  LTE("lte"),
  GT("gt"),
  GTE("gte"),
  EQ("eq"),
  NEQ("neq");

  private final String word;

  Op(String word) {
    this.word = word;
  }

  /** The word as in a rule file. */
  public String word() {
    return word;
  }

  /** Whether a comparison with this outcome (negative, zero, positive) satisfies it. */
  public boolean holds(int comparison) {
    return switch (this) {
      case LT -> comparison < 0;
      case LTE -> comparison <= 0;
      case GT -> comparison > 0;
      case GTE -> comparison >= 0;
      case EQ -> comparison == 0;
      case NEQ -> comparison != 0;
    };
  }
}
