package mo.farol.page;

import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mo.farol.alert.Alert;
import mo.farol.alert.WhyFields;
import mo.farol.alert.WhyStep;

/**
 * An alert's why in the reader's language, made of the data of its steps. A step that lacks what
 * its sentence needs, since an earlier Farol wrote it, is told in the English words it was kept
 * with. What comes back is for a template to escape; values are cut and made printable.
 */
public final class WhyWords {
  private static final int VALUE = 120;
  static final String SAY = "why.say.";
  private static final Pattern ALERT = Pattern.compile("[0-9a-f]{32}");

  private final StepText text;

  private WhyWords(StepText text) {
    this.text = text;
  }

  /** One step as a sentence. */
  public static String of(Words words, WhyStep step) {
    Optional<String> said;
    try {
      said = new WhyWords(new StepText(words, step)).sentence();
    } catch (NumberFormatException | DateTimeException e) {
      said = Optional.empty(); // data that no Farol wrote
    }
    return said.filter(s -> !s.isBlank()).orElseGet(() -> Shown.log(step.words()));
  }

  /** The first step for a list, at most so many characters. */
  public static String first(Words words, Alert alert, int most) {
    return alert.steps().isEmpty()
        ? Shown.why(alert.why(), most)
        : cut(of(words, alert.steps().getFirst()), most);
  }

  /** What was expected beside a match: that a field is absent is said in words. */
  public static String expected(Words words, WhyStep.Match match) {
    boolean told =
        !match.selection().isEmpty()
            && match.value().isEmpty()
            && List.of("absent", "present").contains(match.expected());
    return told ? words.get("why." + match.expected()) : Shown.log(match.expected(), VALUE);
  }

  /** What a table under the sentence adds to it: what was seen, and what an indicator is. */
  public static List<WhyStep.Match> listed(WhyStep step) {
    return step.matches().stream()
        .filter(match -> match.wasSeen() || match.field().startsWith("threat.indicator."))
        .toList();
  }

  /** The id of the alert that a step rests on. */
  public static Optional<String> alertOf(WhyStep step) {
    return step.kind() == WhyStep.Kind.ALERT
        ? step.value(WhyFields.ALERT_ID).filter(id -> ALERT.matcher(id).matches())
        : Optional.empty();
  }

  private static String cut(String shown, int most) {
    return shown.length() <= most ? shown : mo.farol.event.Excerpt.shown(shown, most);
  }

  private Optional<String> sentence() {
    return switch (text.step().kind()) {
      case DETECTION -> text.rule().map(this::detection);
      case WINDOW -> WindowSentence.of(text);
      case SILENCE -> SilenceSentence.of(text);
      case FINDING -> FindingSentence.of(text);
      case INDICATOR -> indicator();
      case ALERT -> alert();
      case RISK -> risk();
      case DECISION -> DecisionSentence.of(text);
      case ASSET -> asset();
      case EXCEPTION -> cover(SAY + "EXCEPTION");
      case MAINTENANCE ->
          cover(text.has(WhyFields.COVER_MARKS) ? SAY + "MAINTENANCE.marks" : SAY + "MAINTENANCE");
    };
  }

  private String detection(String rule) {
    String values = text.values(text.step().matches());
    return values.isEmpty()
        ? text.words().get(SAY + "DETECTION.bare", rule, text.events(), text.when())
        : text.words().get(SAY + "DETECTION", rule, text.events(), text.when(), values);
  }

  private Optional<String> indicator() {
    var tlp = text.value(WhyStep.INDICATOR_TLP);
    if (tlp.isEmpty() || text.step().matches().isEmpty()) {
      return Optional.empty();
    }
    var seen = text.step().matches().getFirst();
    String at = Shown.log(seen.field(), 80) + "=" + Shown.log(seen.value(), VALUE);
    String label = tlp.get().toUpperCase(Locale.ROOT);
    if (!text.has(WhyStep.INDICATOR_TYPE)) {
      return Optional.of(
          text.words().get(SAY + "INDICATOR.untold", label, at, text.events(), text.when()));
    }
    return Optional.of(
        text.words()
            .get(
                SAY + "INDICATOR",
                text.value(WhyStep.INDICATOR_TYPE).orElse(""),
                Shown.log(seen.expected(), VALUE),
                text.value(WhyStep.INDICATOR_ID).orElse(""),
                Shown.log(seen.selection(), VALUE),
                text.value(WhyStep.INDICATOR_CONFIDENCE).orElse(""),
                label,
                at,
                text.events(),
                text.when()));
  }

  private Optional<String> alert() {
    var title = text.value(WhyFields.ALERT_TITLE);
    var agency = text.value(WhyFields.ALERT_AGENCY);
    String about =
        text.values(text.step().matches().stream().filter(WhyStep.Match::wasSeen).toList());
    return title.flatMap(
        t ->
            agency.map(
                a ->
                    text.words()
                        .get(
                            SAY + "ALERT",
                            t,
                            a,
                            text.level(text.value(WhyFields.ALERT_LEVEL).orElse("")),
                            text.events(),
                            text.when(),
                            about)));
  }

  private Optional<String> risk() {
    var titles =
        text.step().matches().stream()
            .filter(m -> m.field().equals(WhyFields.RISK_ALERT))
            .map(m -> text.words().get("why.quoted", Shown.log(m.value(), VALUE)))
            .collect(Collectors.joining("; "));
    if (titles.isEmpty()) {
      return Optional.empty();
    }
    var whose = text.step().matches().getFirst();
    return Optional.of(
        text.words()
            .get(
                SAY + "RISK",
                Shown.log(whose.field(), 80),
                Shown.log(whose.value(), VALUE),
                text.value("score").orElse(""),
                text.value("rules").orElse(""),
                titles));
  }

  private Optional<String> asset() {
    var kind =
        text.value(WhyFields.ASSET_KIND).map(k -> "decisions.kind." + k.toUpperCase(Locale.ROOT));
    if (kind.isEmpty() || text.words().get(kind.get()).equals(kind.get())) {
      return Optional.empty();
    }
    var known = text.step().matches().getFirst();
    String service =
        text.value(WhyFields.ASSET_SERVICE)
            .filter(s -> !s.isEmpty())
            .map(s -> text.words().get("why.serves", s))
            .orElse("");
    return Optional.of(
        text.words()
                .get(
                    SAY + "ASSET",
                    text.words().get(kind.get()),
                    Shown.log(known.field(), VALUE),
                    Shown.log(known.value(), 20))
            + service);
  }

  private Optional<String> cover(String key) {
    String reason =
        text.value(WhyFields.COVER_REASON)
            .filter(r -> !r.isEmpty())
            .map(r -> text.words().get("why.because", r))
            .orElse("");
    return text.value(WhyFields.COVER_NAME)
        .map(
            name ->
                text.words().get(key, text.value(WhyFields.COVER_ID).orElse(""), name) + reason);
  }
}
