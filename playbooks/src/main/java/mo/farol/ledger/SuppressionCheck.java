package mo.farol.ledger;

import java.time.Instant;
import java.util.List;
import mo.farol.alert.Hours;
import mo.farol.alert.Suppression;
import mo.farol.event.Scope;

/** What a cover must say, and how much of it. Each refusal tells the author what to do. */
final class SuppressionCheck {
  private static final int CONDITIONS = 20;
  private static final int NAME = 200;
  private static final int TEXT = 500;

  private SuppressionCheck() {}

  static void check(SuppressionRule cover, Scope scope, Instant now) {
    bounds(cover);
    if (cover.name().isBlank() || cover.reason().isBlank()) {
      throw new IllegalArgumentException("a name and a reason are needed");
    }
    if (!mayChange(cover, scope)) {
      throw new IllegalArgumentException("agency is one that you see; * is for the whole centre");
    }
    if (cover.kind() == Suppression.Kind.EXCEPTION
        && cover.rule().replace("*", "").isBlank()
        && cover.conditions().stream().allMatch(c -> c.pattern().replace("*", "").isBlank())) {
      throw new IllegalArgumentException("name a rule, or a field and its value: not everything");
    }
    if (!cover.until().isAfter(cover.from())
        || !cover.until().isAfter(now)
        || cover.until().isAfter(cover.from().plus(SuppressionRules.LONGEST))) {
      throw new IllegalArgumentException("it ends after it begins, within 180 days");
    }
    if (!cover.hours().isEmpty()) {
      Hours.parse(cover.hours());
    }
  }

  /** How long its words may be; what is asked about every alert must be short. */
  static void bounds(SuppressionRule cover) {
    if (cover.conditions().size() > CONDITIONS) {
      throw new IllegalArgumentException("at most 20 conditions; make another of the rest");
    }
    for (String text : List.of(cover.name(), cover.agency(), cover.rule())) {
      atMost(NAME, text, "name, agency and rule");
    }
    for (var condition : cover.conditions()) {
      atMost(NAME, condition.field(), "a field");
      atMost(NAME, condition.pattern(), "a value");
    }
    atMost(TEXT, cover.reason(), "the reason");
    atMost(TEXT, cover.hours(), "hours");
  }

  /** Whether an agency may have one more. */
  static void room(long open, String agency) {
    if (open >= SuppressionRules.OPEN) {
      throw new IllegalArgumentException(
          "agency %s has %d exceptions and calendars not yet over: end some or join them"
              .formatted(agency, open));
    }
  }

  static boolean mayChange(SuppressionRule cover, Scope scope) {
    return cover.agency().equals("*")
        ? scope instanceof Scope.National
        : !cover.agency().isBlank() && Where.sees(scope, cover.agency());
  }

  private static void atMost(int letters, String text, String what) {
    if (text.length() > letters) {
      throw new IllegalArgumentException(
          "%s: at most %d letters, not %d".formatted(what, letters, text.length()));
    }
  }
}
