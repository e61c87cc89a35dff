package mo.farol.page;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private static final int FIELDS = 6;
  private static final String SAY = "why.say.";
  private static final Pattern ALERT = Pattern.compile("[0-9a-f]{32}");

  private final Words words;
  private final WhyStep step;

  private WhyWords(Words words, WhyStep step) {
    this.words = words;
    this.step = step;
  }

  /** One step as a sentence. */
  public static String of(Words words, WhyStep step) {
    Optional<String> said;
    try {
      said = new WhyWords(words, step).sentence();
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
    return switch (step.kind()) {
      case DETECTION -> rule().map(this::detection);
      case WINDOW -> window();
      case SILENCE -> silence();
      case FINDING -> finding();
      case INDICATOR -> indicator();
      case ALERT -> alert();
      case RISK -> risk();
      case DECISION -> rule().flatMap(this::decision);
      case ASSET -> asset();
      case EXCEPTION -> cover(SAY + "EXCEPTION");
      case MAINTENANCE ->
          cover(has(WhyFields.COVER_MARKS) ? SAY + "MAINTENANCE.marks" : SAY + "MAINTENANCE");
    };
  }

  private String detection(String rule) {
    String values = values(step.matches());
    return values.isEmpty()
        ? words.get(SAY + "DETECTION.bare", rule, events(), when())
        : words.get(SAY + "DETECTION", rule, events(), when(), values);
  }

  private Optional<String> window() {
    var counted =
        step.matches().stream()
            .filter(m -> m.selection().equals("threshold") && m.field().equals("counted"))
            .findFirst();
    var threshold = threshold();
    if (counted.isEmpty() || threshold.isEmpty()) {
      return Optional.empty();
    }
    String group =
        values(step.matches().stream().filter(m -> m.selection().equals("group")).toList());
    String value = Shown.log(counted.get().value(), 40);
    return rule()
        .map(
            rule ->
                words.get(
                        SAY + "WINDOW",
                        rule,
                        has(WhyFields.WINDOW_PARTIAL) ? words.get("why.least", value) : value,
                        events(),
                        group.isEmpty() ? words.get("why.everything") : group,
                        when(),
                        threshold.get())
                    + (has(WhyFields.WINDOW_TIMED) ? words.get("why.timed") : ""));
  }

  private Optional<String> threshold() {
    var span = value(WhyFields.WINDOW_SPAN).map(WhyWords::span);
    var type = value(WhyFields.WINDOW_TYPE).map(t -> "why.window." + t);
    return type.filter(key -> !words.get(key).equals(key))
        .flatMap(
            key ->
                span.map(
                    s ->
                        words.get(
                            key,
                            bounds(value(WhyFields.WINDOW_BOUNDS).orElse("")),
                            value(WhyFields.WINDOW_FIELDS).orElse(""),
                            s,
                            value(WhyFields.WINDOW_PERCENTILE).orElse(""))));
  }

  private static String bounds(String text) {
    return text.replace("gte ", "≥ ")
        .replace("lte ", "≤ ")
        .replace("gt ", "> ")
        .replace("lt ", "< ")
        .replace("neq ", "≠ ")
        .replace("eq ", "= ");
  }

  private Optional<String> silence() {
    var host = value("host.name");
    var said = value(WhyStep.SILENCE_KIND).flatMap(kind -> host.flatMap(h -> silent(kind, h)));
    return said.map(
        s ->
            s
                + (has(WhyStep.SILENCE_AGENCY) ? words.get("why.agency") : "")
                + (has(WhyStep.SILENCE_DAY_OFF) ? words.get("why.dayoff") : ""));
  }

  private Optional<String> silent(String kind, String host) {
    String key = SAY + "SILENCE." + kind;
    var last = value(WhyFields.SILENCE_LAST).map(Instant::parse);
    if (last.isEmpty() || words.get(key).equals(key)) {
      return Optional.empty();
    }
    String heard = Shown.time(last.get());
    return switch (kind) {
      case "silent" ->
          value(WhyFields.SILENCE_PAUSE)
              .map(
                  pause ->
                      words.get(
                          key,
                          host,
                          Shown.span(Duration.between(last.get(), Instant.ofEpochMilli(step.to()))),
                          heard,
                          span(pause)));
      case "partial" ->
          value(WhyStep.SILENCE_PROGRAM)
              .map(
                  program ->
                      words.get(key, host, program, Shown.time(Instant.ofEpochMilli(step.from()))));
      default ->
          value(WhyFields.SILENCE_SEEN)
              .flatMap(
                  seen ->
                      value(WhyFields.SILENCE_USUAL)
                          .map(usual -> words.get(key, host, figure(seen), figure(usual), heard)));
    };
  }

  private Optional<String> finding() {
    return switch (value(WhyFields.FINDING_KIND).orElse("")) {
      case "seal" -> seal();
      case "damage" -> damage();
      default -> Optional.empty();
    };
  }

  private Optional<String> seal() {
    return value("finding.events")
        .flatMap(
            events ->
                value("finding.wrong")
                    .map(wrong -> words.get(SAY + "FINDING.seal", figure(events), figure(wrong))));
  }

  private Optional<String> damage() {
    var segment = value("farol.finding");
    var first = value("finding.first");
    if (segment.isEmpty() || first.isEmpty()) {
      return Optional.empty();
    }
    String where = words.get(has("finding.aside") ? "why.aside" : "why.over");
    return Optional.of(
        value("finding.last")
            .map(last -> words.get(SAY + "FINDING.damage", segment.get(), where, first.get(), last))
            .orElseGet(
                () ->
                    words.get(SAY + "FINDING.damage.unknown", segment.get(), where, first.get())));
  }

  private Optional<String> indicator() {
    var tlp = value(WhyStep.INDICATOR_TLP);
    if (tlp.isEmpty() || step.matches().isEmpty()) {
      return Optional.empty();
    }
    var seen = step.matches().getFirst();
    String at = Shown.log(seen.field(), 80) + "=" + Shown.log(seen.value(), VALUE);
    String label = tlp.get().toUpperCase(java.util.Locale.ROOT);
    if (!has(WhyStep.INDICATOR_TYPE)) {
      return Optional.of(words.get(SAY + "INDICATOR.untold", label, at, events(), when()));
    }
    return Optional.of(
        words.get(
            SAY + "INDICATOR",
            value(WhyStep.INDICATOR_TYPE).orElse(""),
            Shown.log(seen.expected(), VALUE),
            value(WhyStep.INDICATOR_ID).orElse(""),
            Shown.log(seen.selection(), VALUE),
            value(WhyStep.INDICATOR_CONFIDENCE).orElse(""),
            label,
            at,
            events(),
            when()));
  }

  private Optional<String> alert() {
    var title = value(WhyFields.ALERT_TITLE);
    var agency = value(WhyFields.ALERT_AGENCY);
    String about = values(step.matches().stream().filter(WhyStep.Match::wasSeen).toList());
    return title.flatMap(
        t ->
            agency.map(
                a ->
                    words.get(
                        SAY + "ALERT",
                        t,
                        a,
                        level(value(WhyFields.ALERT_LEVEL).orElse("")),
                        events(),
                        when(),
                        about)));
  }

  private Optional<String> risk() {
    var titles =
        step.matches().stream()
            .filter(m -> m.field().equals(WhyFields.RISK_ALERT))
            .map(m -> words.get("why.quoted", Shown.log(m.value(), VALUE)))
            .collect(Collectors.joining("; "));
    if (titles.isEmpty()) {
      return Optional.empty();
    }
    var whose = step.matches().getFirst();
    return Optional.of(
        words.get(
            SAY + "RISK",
            Shown.log(whose.field(), 80),
            Shown.log(whose.value(), VALUE),
            value("score").orElse(""),
            value("rules").orElse(""),
            titles));
  }

  private Optional<String> decision(String rule) {
    if (step.matches().isEmpty()) {
      return decided(rule);
    }
    var change = step.matches().getFirst();
    String reason = value(WhyFields.BECAUSE).map(b -> words.get("why.because", b)).orElse("");
    String is = changed(change.field(), change.value());
    String was = changed(change.field(), change.expected());
    String key = SAY + "DECISION." + change.field();
    if (words.get(key).equals(key)) {
      return Optional.empty();
    }
    return Optional.of(
        words.get(key, rule, is, was.isEmpty() ? words.get("why.nothing") : was) + reason);
  }

  // A change of an earlier Farol without data begins otherwise, and its words are all there is.
  private Optional<String> decided(String rule) {
    return step.words().startsWith("decided by ")
        ? Optional.of(words.get(SAY + "DECISION", rule))
        : Optional.empty();
  }

  private String changed(String field, String value) {
    return field.equals("level") ? level(value) : Shown.log(value, 200);
  }

  private String level(String word) {
    String key = "level." + word;
    String said = words.get(key);
    return said.equals(key) ? Shown.log(word, 40) : said;
  }

  private Optional<String> asset() {
    var kind =
        value(WhyFields.ASSET_KIND)
            .map(k -> "decisions.kind." + k.toUpperCase(java.util.Locale.ROOT));
    if (kind.isEmpty() || words.get(kind.get()).equals(kind.get())) {
      return Optional.empty();
    }
    var known = step.matches().getFirst();
    String service =
        value(WhyFields.ASSET_SERVICE)
            .filter(s -> !s.isEmpty())
            .map(s -> words.get("why.serves", s))
            .orElse("");
    return Optional.of(
        words.get(
                SAY + "ASSET",
                words.get(kind.get()),
                Shown.log(known.field(), VALUE),
                Shown.log(known.value(), 20))
            + service);
  }

  private Optional<String> cover(String key) {
    String reason =
        value(WhyFields.COVER_REASON)
            .filter(r -> !r.isEmpty())
            .map(r -> words.get("why.because", r))
            .orElse("");
    return value(WhyFields.COVER_NAME)
        .map(name -> words.get(key, value(WhyFields.COVER_ID).orElse(""), name) + reason);
  }

  private Optional<String> rule() {
    return step.rule().map(rule -> Shown.log(rule.title(), 200));
  }

  private String events() {
    return step.count() == 1
        ? words.get("why.events.one")
        : words.get("why.events", Shown.count(step.count()));
  }

  private String when() {
    String from = Shown.time(Instant.ofEpochMilli(step.from()));
    String to = Shown.time(Instant.ofEpochMilli(step.to()));
    return from.equals(to) ? words.get("why.at", to) : words.get("why.between", from, to);
  }

  private String values(List<WhyStep.Match> matches) {
    return matches.stream()
        .limit(FIELDS)
        .map(
            m ->
                Shown.log(m.field(), 80)
                    + (m.value().isEmpty() && !m.expected().isEmpty()
                        ? " " + expected(words, m)
                        : "=" + Shown.log(m.value(), VALUE)))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private boolean has(String field) {
    return step.value(field).isPresent();
  }

  private Optional<String> value(String field) {
    return step.value(field).map(text -> Shown.log(text, 200));
  }

  private static String span(String seconds) {
    return Shown.span(Duration.ofSeconds(Long.parseLong(seconds)));
  }

  private static String figure(String number) {
    return Shown.count(Math.round(Double.parseDouble(number)));
  }
}
