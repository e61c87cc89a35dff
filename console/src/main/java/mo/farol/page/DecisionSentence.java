package mo.farol.page;

import java.util.Optional;
import mo.farol.alert.WhyFields;

/** What a rule of the committee changed of an alert, from what, and why. */
final class DecisionSentence {
  private final StepText text;

  private DecisionSentence(StepText text) {
    this.text = text;
  }

  static Optional<String> of(StepText text) {
    return text.rule().flatMap(new DecisionSentence(text)::decision);
  }

  private Optional<String> decision(String rule) {
    if (text.step().matches().isEmpty()) {
      return decided(rule);
    }
    var change = text.step().matches().getFirst();
    String reason =
        text.value(WhyFields.BECAUSE).map(b -> text.words().get("why.because", b)).orElse("");
    String is = changed(change.field(), change.value());
    String was = changed(change.field(), change.expected());
    String key = WhyWords.SAY + "DECISION." + change.field();
    if (text.words().get(key).equals(key)) {
      return Optional.empty();
    }
    return Optional.of(
        text.words().get(key, rule, is, was.isEmpty() ? text.words().get("why.nothing") : was)
            + reason);
  }

  // A change of an earlier Farol without data begins otherwise, and its words are all there is.
  private Optional<String> decided(String rule) {
    return text.step().words().startsWith("decided by ")
        ? Optional.of(text.words().get(WhyWords.SAY + "DECISION", rule))
        : Optional.empty();
  }

  private String changed(String field, String value) {
    return field.equals("level") ? text.level(value) : Shown.log(value, 200);
  }
}
