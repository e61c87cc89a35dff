package mo.farol.page;

import java.util.Optional;
import mo.farol.alert.WhyFields;

/** What a window counted, of what, in which time, and what it was to reach. */
final class WindowSentence {
  private final StepText text;

  private WindowSentence(StepText text) {
    this.text = text;
  }

  static Optional<String> of(StepText text) {
    return new WindowSentence(text).window();
  }

  private Optional<String> window() {
    var counted =
        text.step().matches().stream()
            .filter(m -> m.selection().equals("threshold") && m.field().equals("counted"))
            .findFirst();
    var threshold = threshold();
    if (counted.isEmpty() || threshold.isEmpty()) {
      return Optional.empty();
    }
    String group =
        text.values(
            text.step().matches().stream().filter(m -> m.selection().equals("group")).toList());
    String value = Shown.log(counted.get().value(), 40);
    return text.rule()
        .map(
            rule ->
                text.words()
                        .get(
                            WhyWords.SAY + "WINDOW",
                            rule,
                            text.has(WhyFields.WINDOW_PARTIAL)
                                ? text.words().get("why.least", value)
                                : value,
                            text.events(),
                            group.isEmpty() ? text.words().get("why.everything") : group,
                            text.when(),
                            threshold.get())
                    + (text.has(WhyFields.WINDOW_TIMED) ? text.words().get("why.timed") : ""));
  }

  private Optional<String> threshold() {
    var span = text.value(WhyFields.WINDOW_SPAN).map(StepText::span);
    var type = text.value(WhyFields.WINDOW_TYPE).map(t -> "why.window." + t);
    return type.filter(key -> !text.words().get(key).equals(key))
        .flatMap(
            key ->
                span.map(
                    s ->
                        text.words()
                            .get(
                                key,
                                bounds(text.value(WhyFields.WINDOW_BOUNDS).orElse("")),
                                text.value(WhyFields.WINDOW_FIELDS).orElse(""),
                                s,
                                text.value(WhyFields.WINDOW_PERCENTILE).orElse(""))));
  }

  private static String bounds(String text) {
    return text.replace("gte ", "≥ ")
        .replace("lte ", "≤ ")
        .replace("gt ", "> ")
        .replace("lt ", "< ")
        .replace("neq ", "≠ ")
        .replace("eq ", "= ");
  }
}
