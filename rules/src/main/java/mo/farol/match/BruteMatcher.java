package mo.farol.match;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventBatch;
import mo.farol.sigma.Expr;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.SigmaRule;

/**
 * Asks every rule of an event's log sources, over strings and without an index: slow, plain, and
 * the measure that {@link Matcher} is held against.
 */
public final class BruteMatcher {
  private final FieldMap fields;
  private final ZoneId zone;
  private final Router<List<SigmaRule>> router;
  private final View view;
  private final BruteCheck checks = new BruteCheck();
  private final Map<SigmaRule, Integer> ordinals = new LinkedHashMap<>();

  public BruteMatcher(RuleBook book, FieldMap fields) {
    this(book, RuleSettings.standard().withFields(fields));
  }

  public BruteMatcher(RuleBook book, RuleSettings settings) {
    fields = settings.fields();
    zone = settings.zone();
    var columns = new Columns();
    var sources = new LinkedHashMap<LogSource, List<SigmaRule>>();
    for (var rule : book.rules()) {
      sources.computeIfAbsent(rule.logSource(), _ -> new ArrayList<>()).add(rule);
      ordinals.put(rule, ordinals.size());
    }
    router = new Router<>(settings.sources(), fields, columns, sources);
    view = new View(columns, zone);
  }

  /** Ids of the rules that event {@code i} matches, in the order of the book. */
  public List<String> ids(EventBatch batch, int i) {
    view.open(batch, i);
    var event = BruteEvent.of(batch, i, zone);
    return router.route(view).stream()
        .flatMap(List::stream)
        .filter(rule -> test(rule.detection(), rule.logSource(), event))
        .sorted(Comparator.comparing(rule -> ordinals.getOrDefault(rule, 0)))
        .map(rule -> rule.ref().id())
        .toList();
  }

  private boolean test(Expr expr, LogSource source, BruteEvent event) {
    return switch (expr) {
      case Expr.All(var parts) -> parts.stream().allMatch(part -> test(part, source, event));
      case Expr.Any(var parts) -> parts.stream().anyMatch(part -> test(part, source, event));
      case Expr.Not(var part) -> !test(part, source, event);
      case Expr.Selection(_, var body) -> test(body, source, event);
      case Expr.Match match -> match(match, source, event);
    };
  }

  private boolean match(Expr.Match match, LogSource source, BruteEvent event) {
    var names = fields.names(source, match.field());
    var values = match.isKeyword() ? event.sent() : event.values(names);
    return checks.holds(
        match.check(),
        values,
        () -> event.isThere(names),
        field -> event.values(fields.names(source, field)));
  }
}
