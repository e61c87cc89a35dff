package mo.farol.alert;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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
      cards.put(rule.ref().id(), new RuleCard(rule.tags(), rule.fact(), false, threshold(rule)));
    }
    return id -> cards.getOrDefault(id, RuleCard.BLANK);
  }

  private static String threshold(SigmaCorrelation rule) {
    String what =
        rule.type() == SigmaCorrelation.Type.VALUE_COUNT
            ? "different values of " + String.join(", ", rule.fields())
            : "events";
    String bounds =
        rule.bounds().stream()
            .map(b -> words(b.op().word()) + " " + b.value())
            .collect(Collectors.joining(" and "));
    return "%s %s in %s".formatted(bounds, what, span(rule.span()));
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
