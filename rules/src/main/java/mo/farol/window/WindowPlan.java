package mo.farol.window;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mo.farol.event.Event;
import mo.farol.match.Detection;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.Meanings;
import mo.farol.sigma.RuleBook;
import org.jspecify.annotations.Nullable;

/** The correlations of a book, compiled to be counted. Made on any thread; immutable. */
public final class WindowPlan {
  final Map<String, CompiledCorrelation> rules = new LinkedHashMap<>();
  final Map<String, List<CompiledCorrelation>> byRule = new HashMap<>();

  private final Set<String> read = new HashSet<>(Shown.FIELDS);

  private WindowPlan() {
    read.add("farol.duplicate");
  }

  /** Compiles the correlations of a book under the settings of a site. */
  public static WindowPlan of(RuleBook book, RuleSettings settings) {
    return of(book, settings, new Meanings(book, settings.names()));
  }

  /**
   * The same where meanings are known.
   *
   * @param meanings of the book under the settings
   */
  public static WindowPlan of(RuleBook book, RuleSettings settings, Meanings meanings) {
    var sources = new HashMap<String, LogSource>();
    book.rules().forEach(rule -> sources.put(rule.ref().id(), rule.logSource()));
    var plan = new WindowPlan();
    for (var each : book.correlations()) {
      String id = each.ref().id();
      var compiled =
          new CompiledCorrelation(
              each, meanings.meaning(id), plan.rules.size(), settings.fields(), sources);
      plan.rules.put(id, compiled);
      plan.read.addAll(compiled.fieldNames());
      for (String rule : new LinkedHashSet<>(each.rules())) {
        plan.byRule.computeIfAbsent(rule, _ -> new ArrayList<>()).add(compiled);
      }
    }
    return plan;
  }

  /** Whether it has nothing to count. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /** What is counted of a detection and no more, so that many can be held. */
  public Detection slim(Detection whole) {
    var event = whole.event();
    var fields = new LinkedHashMap<String, String>();
    event
        .fields()
        .forEach(
            (name, value) -> {
              if (read.contains(Hit.unspaced(name))) {
                fields.put(name, Keys.cut(value));
              }
            });
    var slim =
        new Event(
            event.id(),
            event.source(),
            event.occurredAt(),
            event.receivedAt(),
            event.severity(),
            "",
            fields);
    return new Detection(
        whole.rule(),
        whole.level(),
        whole.techniques(),
        slim,
        whole.lane(),
        whole.exercise(),
        List.of());
  }

  /** The correlation here that means what one of another plan does; null where none does. */
  @Nullable CompiledCorrelation same(CompiledCorrelation other) {
    var here = rules.get(other.correlation().ref().id());
    return here != null && here.version().equals(other.version()) ? here : null;
  }
}
