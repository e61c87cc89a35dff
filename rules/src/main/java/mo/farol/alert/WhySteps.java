package mo.farol.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.sigma.Figures;

/** The facts behind an alert as steps of its why. */
final class WhySteps {
  /** Steps an alert keeps at most. */
  static final int LIMIT = 24;

  private static final String PRESENT = " is there, without a value";

  private WhySteps() {}

  static WhyStep of(Fact fact) {
    return switch (fact) {
      case DetectionFact f ->
          WhyStep.of(WhyStep.Kind.DETECTION, f, Optional.of(f.rule()), matches(f));
      case CrossingFact f -> WhyStep.of(WhyStep.Kind.WINDOW, f, Optional.of(f.rule()), matches(f));
      case SilenceFact f -> WhyStep.of(WhyStep.Kind.SILENCE, f, Optional.empty(), matches(f));
      case FindingFact f -> WhyStep.of(WhyStep.Kind.FINDING, f, Optional.empty(), matches(f));
      case IndicatorFact f -> WhyStep.of(WhyStep.Kind.INDICATOR, f, Optional.empty(), matches(f));
      case RiskFact f -> WhyStep.of(WhyStep.Kind.RISK, f, Optional.empty(), f.matches());
      case AlertBased f ->
          WhyStep.of(WhyStep.Kind.ALERT, f, Optional.of(f.alert().rule()), matches(f));
    };
  }

  // The matcher says 'selection: field=value', or 'selection: field is absent'.
  private static List<WhyStep.Match> matches(DetectionFact fact) {
    var matches = new ArrayList<WhyStep.Match>();
    for (String text : fact.detection().because()) {
      int colon = text.indexOf(": ");
      String selection = colon < 0 ? "" : text.substring(0, colon);
      String rest = colon < 0 ? text : text.substring(colon + 2);
      int equals = rest.indexOf('=');
      matches.add(
          equals < 0
              ? without(selection, rest)
              : new WhyStep.Match(
                  selection,
                  rest.substring(0, equals),
                  Bounded.text(rest.substring(equals + 1), 200),
                  ""));
      if (matches.size() == LIMIT) {
        break;
      }
    }
    return matches.isEmpty() ? about(fact) : matches;
  }

  private static WhyStep.Match without(String selection, String rest) {
    return rest.endsWith(PRESENT)
        ? new WhyStep.Match(
            selection, rest.substring(0, rest.length() - PRESENT.length()), "", "present")
        : new WhyStep.Match(selection, rest.replace(" is absent", ""), "", "absent");
  }

  // Of one whose label forbids more, only the label beside what the event itself holds.
  private static List<WhyStep.Match> matches(IndicatorFact fact) {
    var matches = new ArrayList<WhyStep.Match>();
    matches.add(
        new WhyStep.Match(
            fact.source(),
            fact.seenIn(),
            Bounded.text(fact.entities().getFirst().value(), 200),
            fact.isTold() ? Bounded.text(fact.value(), 200) : ""));
    if (fact.isTold()) {
      matches.add(said(WhyStep.INDICATOR_TYPE, fact.kind()));
      matches.add(said(WhyStep.INDICATOR_ID, fact.id()));
      matches.add(said(WhyStep.INDICATOR_CONFIDENCE, Integer.toString(fact.confidence())));
    }
    matches.add(said(WhyStep.INDICATOR_TLP, fact.tlp()));
    return matches;
  }

  private static List<WhyStep.Match> matches(SilenceFact fact) {
    var matches = new ArrayList<>(about(fact));
    matches.add(said(WhyStep.SILENCE_KIND, fact.kind()));
    var silence = fact.silence();
    matches.add(said(WhyFields.SILENCE_LAST, silence.lastAt().toString()));
    matches.add(said(WhyFields.SILENCE_PAUSE, Long.toString(silence.expected().toSeconds())));
    matches.add(said(WhyFields.SILENCE_SEEN, Figures.text(silence.trouble().seen())));
    matches.add(said(WhyFields.SILENCE_USUAL, Figures.text(silence.trouble().expected())));
    if (!fact.program().isEmpty()) {
      matches.add(said(WhyStep.SILENCE_PROGRAM, Bounded.text(fact.program(), 200)));
    }
    if (fact.isDayOff()) {
      matches.add(said(WhyStep.SILENCE_DAY_OFF, "true"));
    }
    if (fact.isWholeAgency()) {
      matches.add(said(WhyStep.SILENCE_AGENCY, "true"));
    }
    return matches;
  }

  private static List<WhyStep.Match> matches(FindingFact fact) {
    var matches = new ArrayList<>(about(fact));
    matches.add(
        said(WhyFields.FINDING_KIND, fact.finding().kind().name().toLowerCase(Locale.ROOT)));
    fact.finding().figures().forEach((field, value) -> matches.add(said(field, value)));
    return matches;
  }

  private static List<WhyStep.Match> matches(AlertBased fact) {
    var matches = new ArrayList<>(about(fact));
    matches.add(said(WhyFields.ALERT_ID, fact.alert().id()));
    matches.add(said(WhyFields.ALERT_TITLE, fact.alert().title()));
    matches.add(said(WhyFields.ALERT_AGENCY, fact.alert().agency()));
    matches.add(said(WhyFields.ALERT_LEVEL, fact.alert().severity().word()));
    return matches;
  }

  private static WhyStep.Match said(String field, String value) {
    return WhyFields.said(field, value);
  }

  private static List<WhyStep.Match> matches(CrossingFact fact) {
    var matches = new ArrayList<WhyStep.Match>();
    fact.crossing()
        .group()
        .forEach(
            (field, value) ->
                matches.add(new WhyStep.Match("group", field, Bounded.text(value, 200), "")));
    matches.add(
        new WhyStep.Match(
            "threshold",
            "counted",
            Figures.text(fact.crossing().value()),
            fact.card().threshold()));
    fact.card().counts().forEach((field, value) -> matches.add(said(field, value)));
    if (fact.crossing().partial()) {
      matches.add(said(WhyFields.WINDOW_PARTIAL, "true"));
    }
    if (fact.crossing().timed()) {
      matches.add(said(WhyFields.WINDOW_TIMED, "true"));
    }
    return matches;
  }

  private static List<WhyStep.Match> about(Fact fact) {
    return fact.entities().stream()
        .limit(6)
        .map(e -> new WhyStep.Match("", e.field(), Bounded.text(e.value(), 200), ""))
        .toList();
  }
}
