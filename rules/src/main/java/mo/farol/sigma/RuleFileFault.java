package mo.farol.sigma;

/** A file beside the rules, such as one of placeholders, that can't be used as it is. */
public final class RuleFileFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  public RuleFileFault(Refusal refusal) {
    super(refusal.toString());
    this.refusal = refusal;
  }

  /** The file, the place and what is wrong. */
  public Refusal refusal() {
    return refusal;
  }
}
