package mo.farol.match;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mo.farol.event.EventBatch;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.RuleBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the rules that match an event. Events are looked at as bytes; an {@link
 * mo.farol.event.Event} is made only for one that matches. Keeps scratch, so one thread at a time.
 *
 * <p>A rule that throws is passed over for that event and counted; after {@value #FAULT_LIMIT}
 * times it is asked no more until the rules are loaded anew, the log names it, and {@code
 * farol_match_broken_rules} counts it.
 */
public final class Matcher {
  private static final Logger LOG = LoggerFactory.getLogger(Matcher.class);

  /** Faults after which a rule is asked no more. */
  public static final int FAULT_LIMIT = 100;

  private final List<CompiledRule> rules;
  private final View view;
  private final Router<SourceIndex> router;
  private final List<CompiledRule> matched = new ArrayList<>();
  private final AtomicInteger broken;
  private final Counter candidates;
  private final Counter detections;
  private final Counter faults;

  public Matcher(RuleBook book, FieldMap fields) {
    this(book, fields, new SimpleMeterRegistry());
  }

  public Matcher(RuleBook book, FieldMap fields, MeterRegistry meters) {
    var columns = new Columns();
    var compiler = new Compiler(fields, columns);
    rules = new ArrayList<>();
    book.rules().forEach(rule -> rules.add(compiler.compile(rule, rules.size())));
    router = new Router<>(LogSources.standard(), fields, columns, indices(rules, columns));
    view = new View(columns);
    candidates = meters.counter("farol_match_candidates_total");
    detections = meters.counter("farol_match_detections_total");
    faults = meters.counter("farol_match_faults_total");
    broken = meters.gauge("farol_match_broken_rules", new AtomicInteger());
  }

  private static Map<LogSource, SourceIndex> indices(List<CompiledRule> rules, Columns columns) {
    var bySource =
        rules.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.rule.logSource(), LinkedHashMap::new, Collectors.toList()));
    var indices = new LinkedHashMap<LogSource, SourceIndex>();
    bySource.forEach((source, some) -> indices.put(source, new SourceIndex(some, columns)));
    return indices;
  }

  /**
   * Hands out a detection for every rule that event {@code i} of a batch matches, in the order of
   * the book.
   */
  public void match(EventBatch batch, int i, Consumer<Detection> out) {
    view.open(batch, i);
    matched.clear();
    for (SourceIndex index : router.route(view)) {
      look(index);
    }
    if (!matched.isEmpty()) {
      detect(batch, i, out);
    }
  }

  private void look(SourceIndex index) {
    for (CompiledRule rule : index.always()) {
      ask(rule);
    }
    int found = index.look(view);
    for (int i = 0; i < found; i++) {
      ask(index.candidate(i));
    }
    candidates.increment(found);
  }

  private void ask(CompiledRule rule) {
    if (rule.faults >= FAULT_LIMIT) {
      return;
    }
    try {
      if (rule.node.test(view)) {
        matched.add(rule);
      }
    } catch (RuntimeException e) {
      fault(rule, e);
    }
  }

  private void fault(CompiledRule rule, RuntimeException e) {
    faults.increment();
    if (++rule.faults == 1) {
      LOG.warn("rule {} failed on an event and was passed over", rule.rule.ref().id(), e);
    } else if (rule.faults == FAULT_LIMIT) {
      broken.incrementAndGet();
      LOG.error("rule {} failed {} times and is off", rule.rule.ref().id(), FAULT_LIMIT);
    }
  }

  private void detect(EventBatch batch, int i, Consumer<Detection> out) {
    matched.sort(Comparator.comparingInt(rule -> rule.ordinal));
    detections.increment(matched.size());
    var event = batch.event(i);
    var origin = batch.origin();
    for (CompiledRule each : matched) {
      var because = new ArrayList<String>();
      each.node.explain(view, "", because);
      var rule = each.rule;
      out.accept(
          new Detection(
              rule.ref(),
              rule.level(),
              rule.techniques(),
              event,
              origin.lane(),
              origin.exercise(),
              because));
    }
  }

  /** Rules at work. */
  public int size() {
    return rules.size();
  }
}
