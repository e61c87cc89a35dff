package mo.farol.match;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
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
    var event = values(batch, i);
    return router.route(view).stream()
        .flatMap(List::stream)
        .filter(rule -> test(rule.detection(), rule.logSource(), event))
        .sorted(Comparator.comparing(rule -> ordinals.getOrDefault(rule, 0)))
        .map(rule -> rule.ref().id())
        .toList();
  }

  private Map<String, List<String>> values(EventBatch batch, int i) {
    var values = new LinkedHashMap<String, List<String>>();
    for (int k = batch.from(i); k < batch.to(i); k++) {
      String name = Fields.name(batch.field(k)).replace(" ", "");
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(batch.text(k));
    }
    values.computeIfAbsent(View.TIMESTAMP, _ -> List.of(View.timeOf(batch, i, zone)));
    return values;
  }

  private boolean test(Expr expr, LogSource source, Map<String, List<String>> event) {
    return switch (expr) {
      case Expr.All(var parts) -> parts.stream().allMatch(part -> test(part, source, event));
      case Expr.Any(var parts) -> parts.stream().anyMatch(part -> test(part, source, event));
      case Expr.Not(var part) -> !test(part, source, event);
      case Expr.Selection(_, var body) -> test(body, source, event);
      case Expr.Match match -> match(match, source, event);
    };
  }

  private boolean match(Expr.Match match, LogSource source, Map<String, List<String>> event) {
    var values = match.isKeyword() ? everything(event) : values(match.field(), source, event);
    return checks.holds(match.check(), values, field -> values(field, source, event));
  }

  private List<String> values(String field, LogSource source, Map<String, List<String>> event) {
    return fields.names(source, field).stream()
        .filter(event::containsKey)
        .findFirst()
        .map(name -> event.getOrDefault(name, List.of()))
        .orElse(List.of());
  }

  private static List<String> everything(Map<String, List<String>> event) {
    return event.entrySet().stream()
        .filter(each -> !each.getKey().equals("event.dataset"))
        .filter(each -> !each.getKey().startsWith("farol."))
        .filter(each -> !each.getKey().equals(View.TIMESTAMP))
        .flatMap(each -> each.getValue().stream())
        .toList();
  }
}
