package mo.farol.alert;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import mo.farol.sigma.Figures;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.SigmaCorrelation;

/** A card for every rule of the book, so that the desk knows what a rule means and counts. */
final class Cards {
  private Cards() {}

  static Function<String, RuleCard> of(RuleBook book) {
    Map<String, RuleCard> cards = new HashMap<>();
    Set<String> servants = book.servants();
    for (var rule : book.rules()) {
      String id = rule.ref().id();
      cards.put(id, new RuleCard(rule.tags(), rule.fact(), servants.contains(id), ""));
    }
    for (var rule : book.correlations()) {
      cards.put(
          rule.ref().id(),
          new RuleCard(rule.tags(), rule.fact(), false, threshold(rule), counts(rule)));
    }
    return id -> cards.getOrDefault(id, RuleCard.BLANK);
  }

  private static Map<String, String> counts(SigmaCorrelation rule) {
    var counts = new LinkedHashMap<String, String>();
    counts.put(WhyFields.WINDOW_TYPE, rule.isShare() ? "value_share" : rule.type().word());
    counts.put(
        WhyFields.WINDOW_BOUNDS,
        rule.bounds().stream()
            .map(b -> b.op().word() + " " + b.text())
            .collect(Collectors.joining(", ")));
    counts.put(WhyFields.WINDOW_FIELDS, String.join(", ", rule.fields()));
    counts.put(WhyFields.WINDOW_SPAN, Long.toString(rule.span().toSeconds()));
    if (Double.isFinite(rule.percentile())) {
      counts.put(WhyFields.WINDOW_PERCENTILE, Figures.text(rule.percentile()));
    }
    counts.values().removeIf(String::isEmpty);
    return counts;
  }

  private static String threshold(SigmaCorrelation rule) {
    String bounds =
        rule.bounds().stream()
            .map(b -> words(b.op().word()) + " " + b.text())
            .collect(Collectors.joining(" and "));
    String fields = String.join(", ", rule.fields());
    String span = span(rule.span());
    return switch (rule.type()) {
      case VALUE_COUNT -> "%s different values of %s in %s".formatted(bounds, fields, span);
      case VALUE_SUM -> "a sum of %s of %s in %s".formatted(fields, bounds, span);
      case VALUE_AVG -> "a mean of %s of %s in %s".formatted(fields, bounds, span);
      case VALUE_MEDIAN -> "a median of %s of %s in %s".formatted(fields, bounds, span);
      case VALUE_PERCENTILE ->
          rule.isShare()
              ? "%s %% of events with the same %s in %s".formatted(bounds, fields, span)
              : "a percentile %s of %s of %s in %s"
                  .formatted(Figures.text(rule.percentile()), fields, bounds, span);
      case EVENT_COUNT, TEMPORAL, TEMPORAL_ORDERED -> "%s events in %s".formatted(bounds, span);
      case FAROL_FIRST_SEEN -> "a value of %s that was not there for %s".formatted(fields, span);
      case FAROL_RARE -> "%s events with the same %s in %s".formatted(bounds, fields, span);
      case FAROL_ABSENCE -> "what should come within %s".formatted(span);
    };
  }

  private static String words(String op) {
    return switch (op) {
      case "gte" -> "at least";
      case "gt" -> "more than";
      case "lte" -> "at most";
      case "lt" -> "fewer than";
      case "neq" -> "not";
      default -> "exactly";
    };
  }

  private static String span(Duration span) {
    return span.toSeconds() % 60 == 0 ? span.toMinutes() + " min" : span.toSeconds() + " s";
  }
}
