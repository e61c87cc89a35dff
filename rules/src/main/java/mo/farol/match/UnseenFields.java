package mo.farol.match;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import mo.farol.sigma.Check;
import mo.farol.sigma.Expr;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.SigmaRule;

/**
 * A rule that looks at fields which no source ever sent.
 *
 * @param rule which
 * @param fields as the rule names them; none of the names they may have in an event was seen
 * @param isSourceSeen whether any event of the rule's log source came at all
 * @param canFire whether it may match all the same, since the fields are not needed
 */
public record UnseenFields(
    SigmaRule rule, List<String> fields, boolean isSourceSeen, boolean canFire) {
  public UnseenFields {
    fields = List.copyOf(fields);
  }

  /**
   * The rules of a book that wait for fields, in its order.
   *
   * @param seen what was sent so far
   * @param agencies whose events the asker may know of
   */
  public static List<UnseenFields> of(
      RuleBook book, RuleSettings settings, SeenFields seen, Predicate<String> agencies) {
    var all = new ArrayList<UnseenFields>();
    for (var rule : book.rules()) {
      var names = seen.of(rule.logSource(), agencies);
      var unseen = new LinkedHashSet<String>();
      boolean canFire =
          walk(rule.detection(), field -> isSeen(field, rule.logSource(), settings, names), unseen);
      if (!unseen.isEmpty() || names.isEmpty()) {
        all.add(
            new UnseenFields(
                rule, List.copyOf(unseen), !names.isEmpty(), canFire && !names.isEmpty()));
      }
    }
    return all;
  }

  private static boolean isSeen(
      String field, LogSource source, RuleSettings settings, Set<String> names) {
    return field.equals(View.TIMESTAMP)
        || settings.fields().names(source, field).stream()
            .anyMatch(name -> names.contains(name.replace(" ", "")));
  }

  /** Collects what was not seen; gives whether the expression can hold without it. */
  private static boolean walk(Expr expr, Predicate<String> isSeen, Set<String> unseen) {
    return switch (expr) {
      case Expr.All(var parts) -> {
        boolean can = true;
        for (var part : parts) {
          can &= walk(part, isSeen, unseen);
        }
        yield can;
      }
      case Expr.Any(var parts) -> {
        boolean can = parts.isEmpty();
        for (var part : parts) {
          can |= walk(part, isSeen, unseen);
        }
        yield can;
      }
      case Expr.Not(var part) -> {
        walk(part, isSeen, unseen);
        yield true;
      }
      case Expr.Selection(_, var body) -> walk(body, isSeen, unseen);
      case Expr.Match match -> leaf(match, isSeen, unseen);
    };
  }

  private static boolean leaf(Expr.Match match, Predicate<String> isSeen, Set<String> unseen) {
    if (match.isKeyword()) {
      return true;
    }
    boolean can = isSeen.test(match.field());
    if (!can) {
      unseen.add(match.field());
    }
    if (match.check() instanceof Check.Reference to && !isSeen.test(to.field())) {
      unseen.add(to.field());
      can = false;
    }
    return can || !match.check().needsValue();
  }
}
