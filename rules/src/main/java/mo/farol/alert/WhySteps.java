package mo.farol.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.sigma.Figures;

/** The facts behind an alert as steps of its why. */
final class WhySteps {
  /** Steps an alert keeps at most. */
  static final int LIMIT = 24;

  private WhySteps() {}

  static WhyStep of(Fact fact) {
    return switch (fact) {
      case DetectionFact f ->
          WhyStep.of(WhyStep.Kind.DETECTION, f, Optional.of(f.rule()), matches(f));
      case CrossingFact f -> WhyStep.of(WhyStep.Kind.WINDOW, f, Optional.of(f.rule()), matches(f));
      case SilenceFact f -> WhyStep.of(WhyStep.Kind.SILENCE, f, Optional.empty(), about(f));
      case FindingFact f -> WhyStep.of(WhyStep.Kind.FINDING, f, Optional.empty(), about(f));
      case IndicatorFact f ->
          WhyStep.of(WhyStep.Kind.INDICATOR, f, Optional.empty(), List.of(match(f)));
      case RiskFact f -> WhyStep.of(WhyStep.Kind.RISK, f, Optional.empty(), f.matches());
      case AlertBased f ->
          WhyStep.of(WhyStep.Kind.ALERT, f, Optional.of(f.alert().rule()), about(f));
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
              ? new WhyStep.Match(selection, rest.replace(" is absent", ""), "", "absent")
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

  private static WhyStep.Match match(IndicatorFact fact) {
    return new WhyStep.Match(
        fact.source(),
        fact.seenIn(),
        Bounded.text(fact.entities().getFirst().value(), 200),
        fact.isTold() ? Bounded.text(fact.value(), 200) : "");
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
    return matches;
  }

  private static List<WhyStep.Match> about(Fact fact) {
    return fact.entities().stream()
        .limit(6)
        .map(e -> new WhyStep.Match("", e.field(), Bounded.text(e.value(), 200), ""))
        .toList();
  }
}
