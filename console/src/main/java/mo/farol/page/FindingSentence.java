package mo.farol.page;

import java.util.Optional;
import mo.farol.alert.WhyFields;

/** What Farol found of itself: a seal that is wrong, a damaged journal. */
final class FindingSentence {
  private final StepText text;

  private FindingSentence(StepText text) {
    this.text = text;
  }

  static Optional<String> of(StepText text) {
    return new FindingSentence(text).finding();
  }

  private Optional<String> finding() {
    return switch (text.value(WhyFields.FINDING_KIND).orElse("")) {
      case "seal" -> seal();
      case "damage" -> damage();
      default -> Optional.empty();
    };
  }

  private Optional<String> seal() {
    return text.value("finding.events")
        .flatMap(
            events ->
                text.value("finding.wrong")
                    .map(
                        wrong ->
                            text.words()
                                .get(
                                    WhyWords.SAY + "FINDING.seal",
                                    StepText.figure(events),
                                    StepText.figure(wrong))));
  }

  private Optional<String> damage() {
    var segment = text.value("farol.finding");
    var first = text.value("finding.first");
    if (segment.isEmpty() || first.isEmpty()) {
      return Optional.empty();
    }
    String where = text.words().get(text.has("finding.aside") ? "why.aside" : "why.over");
    return Optional.of(
        text.value("finding.last")
            .map(
                last ->
                    text.words()
                        .get(
                            WhyWords.SAY + "FINDING.damage",
                            segment.get(),
                            where,
                            first.get(),
                            last))
            .orElseGet(
                () ->
                    text.words()
                        .get(
                            WhyWords.SAY + "FINDING.damage.unknown",
                            segment.get(),
                            where,
                            first.get())));
  }
}
