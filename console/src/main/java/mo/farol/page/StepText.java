package mo.farol.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mo.farol.alert.WhyStep;

/**
 * What the sentences of a step share: its parts in the reader's language, cut and made printable.
 */
record StepText(Words words, WhyStep step) {
  private static final int VALUE = 120;
  private static final int FIELDS = 6;

  Optional<String> rule() {
    return step.rule().map(rule -> Shown.log(rule.title(), 200));
  }

  String events() {
    return step.count() == 1
        ? words.get("why.events.one")
        : words.get("why.events", Shown.count(step.count()));
  }

  String when() {
    String from = Shown.time(Instant.ofEpochMilli(step.from()));
    String to = Shown.time(Instant.ofEpochMilli(step.to()));
    return from.equals(to) ? words.get("why.at", to) : words.get("why.between", from, to);
  }

  String values(List<WhyStep.Match> matches) {
    return matches.stream()
        .limit(FIELDS)
        .map(
            m ->
                Shown.log(m.field(), 80)
                    + (m.value().isEmpty() && !m.expected().isEmpty()
                        ? " " + WhyWords.expected(words, m)
                        : "=" + Shown.log(m.value(), VALUE)))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  boolean has(String field) {
    return step.value(field).isPresent();
  }

  Optional<String> value(String field) {
    return step.value(field).map(text -> Shown.log(text, 200));
  }

  static String span(String seconds) {
    return Shown.span(Duration.ofSeconds(Long.parseLong(seconds)));
  }

  static String figure(String number) {
    return Shown.count(Math.round(Double.parseDouble(number)));
  }

  String level(String word) {
    String key = "level." + word;
    String said = words.get(key);
    return said.equals(key) ? Shown.log(word, 40) : said;
  }
}
