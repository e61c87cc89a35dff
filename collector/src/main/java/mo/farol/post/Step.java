package mo.farol.post;

/** What the headers of a request led to. */
public sealed interface Step {
  /** Answered without a look at the body; a large body is not worth reading first. */
  record Now(Answer answer) implements Step {}

  /** Refused. */
  record Refused(Refusal why) implements Step {}

  /** The body is wanted. */
  record Body(Reception reception) implements Step {}
}
