package mo.farol.match;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mo.farol.event.EventBatch;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.Shadow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the rules that match an event. Events are looked at as bytes; an {@link
 * mo.farol.event.Event} is made only for one that matches. Keeps scratch, so one thread at a time;
 * {@link #standings} and {@link #seen} may be asked from any.
 *
 * <p>A rule that throws is passed over for that event and counted; after {@value #FAULT_LIMIT}
 * times it is broken: asked no more until its text changes or Farol starts again. So is one that
 * takes more than its share of time ({@link RuleBudget}): it is quarantined. A rule that matches
 * most events goes on and is named. The log says each of these once, and gauges count them.
 */
public final class Matcher {
  private static final Logger LOG = LoggerFactory.getLogger(Matcher.class);

  /** Faults after which a rule is asked no more. */
  public static final int FAULT_LIMIT = 100;

  private final List<CompiledRule> rules;
  private final boolean isLive;
  private final View view;
  private final Router<SourceIndex> router;
  private final KeywordIndex keywords;
  private final FieldsSeen seen;
  private final List<CompiledRule> matched = new ArrayList<>();
  private final RuleBudget budget = new RuleBudget(this::quarantine);
  private final Noise noise;
  private final MatchCounts counts;

  public Matcher(RuleBook book, FieldMap fields) {
    this(book, fields, new SimpleMeterRegistry());
  }

  public Matcher(RuleBook book, FieldMap fields, MeterRegistry meters) {
    this(book, RuleSettings.standard().withFields(fields), meters);
  }

  public Matcher(RuleBook book, RuleSettings settings) {
    this(book, settings, new SimpleMeterRegistry());
  }

  public Matcher(RuleBook book, RuleSettings settings, MeterRegistry meters) {
    this(book, settings, new MatchCounts(meters));
  }

  /**
   * @param counts shared by all matchers that follow one another
   */
  public Matcher(RuleBook book, RuleSettings settings, MatchCounts counts) {
    this(book, settings, counts, true);
  }

  /**
   * One for events of the past, chosen by what they hold: a rule is not put off for the time it
   * takes, nor named for matching most of them.
   */
  public static Matcher ofThePast(RuleBook book, RuleSettings settings) {
    return new Matcher(book, settings, new MatchCounts(new SimpleMeterRegistry()), false);
  }

  private Matcher(RuleBook book, RuleSettings settings, MatchCounts counts, boolean isLive) {
    this.isLive = isLive;
    this.counts = counts;
    var columns = new Columns();
    var tried = book.filters().stream().filter(f -> Shadow.is(f.ref().id())).toList();
    var compiler = new Compiler(settings.fields(), columns, tried);
    rules = new ArrayList<>();
    book.rules().forEach(rule -> rules.add(compiler.compile(rule, rules.size())));
    var everywhere = new KeywordIndex.Builder();
    var indices = indices(rules, columns, everywhere);
    keywords = everywhere.build();
    router = new Router<>(settings.sources(), settings.fields(), columns, indices);
    seen = new FieldsSeen(columns, List.copyOf(indices.keySet()));
    view = new View(columns, settings.zone());
    noise = new Noise(rules, this::tooMany);
  }

  /**
   * Goes on where another matcher ends: rules that are in both, in one version, keep what is known
   * of them, and stay off if they were. Between the last event of the other and the first of this.
   */
  public void takeOver(Matcher before) {
    var known = new HashMap<String, CompiledRule>();
    before.rules.forEach(rule -> known.put(rule.rule.ref().id(), rule));
    for (CompiledRule rule : rules) {
      var old = known.get(rule.rule.ref().id());
      if (old != null && old.rule.ref().version().equals(rule.rule.ref().version())) {
        rule.takeOver(old);
      }
    }
    counts.stand(rules);
  }

  private static Map<LogSource, SourceIndex> indices(
      List<CompiledRule> rules, Columns columns, KeywordIndex.Builder keywords) {
    var bySource =
        rules.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.rule.logSource(), LinkedHashMap::new, Collectors.toList()));
    var indices = new LinkedHashMap<LogSource, SourceIndex>();
    bySource.forEach(
        (source, some) ->
            indices.put(source, new SourceIndex(indices.size(), some, columns, keywords)));
    return indices;
  }

  /**
   * Hands out a detection for every rule that event {@code i} of a batch matches, in the order of
   * the book.
   */
  public void match(EventBatch batch, int i, Consumer<Detection> out) {
    boolean measure = isLive && budget.measures();
    long begun = System.nanoTime();
    view.open(batch, i);
    matched.clear();
    seen.of(batch.origin().agency());
    var routed = router.route(view);
    open(routed);
    for (SourceIndex index : routed) {
      seen.saw(index.number, view);
      look(index, measure);
    }
    if (!matched.isEmpty()) {
      detect(batch, i, out);
    }
    if (isLive) {
      noise.event();
      budget.ended(measure, System.nanoTime() - begun);
    }
  }

  private void open(List<SourceIndex> routed) {
    boolean hasKeywords = false;
    for (SourceIndex index : routed) {
      index.open(view);
      hasKeywords |= index.hasKeywords();
    }
    if (hasKeywords) {
      keywords.look(view);
    }
  }

  private void look(SourceIndex index, boolean measure) {
    for (CompiledRule rule : index.always()) {
      ask(rule, measure);
    }
    int found = index.look(view);
    for (int i = 0; i < found; i++) {
      ask(index.candidate(i), measure);
    }
    counts.candidates.increment(found);
  }

  private void ask(CompiledRule rule, boolean measure) {
    if (rule.isOff()) {
      return;
    }
    rule.asked();
    long begun = measure ? System.nanoTime() : 0;
    try {
      if (rule.node.test(view)) {
        rule.matched();
        matched.add(rule);
      }
    } catch (RuntimeException e) {
      fault(rule, e);
    }
    if (measure) {
      budget.took(rule, System.nanoTime() - begun);
    }
  }

  private void fault(CompiledRule rule, RuntimeException e) {
    counts.faults.increment();
    if (++rule.faults == 1) {
      LOG.warn("rule {} failed on an event and was passed over", rule.rule.ref().id(), e);
    } else if (rule.faults == FAULT_LIMIT) {
      rule.turnOff(RuleStanding.State.BROKEN);
      counts.broken.incrementAndGet();
      LOG.error("rule {} failed {} times and is off", rule.rule.ref().id(), FAULT_LIMIT);
    }
  }

  private void quarantine(CompiledRule rule) {
    rule.turnOff(RuleStanding.State.QUARANTINED);
    counts.quarantined.incrementAndGet();
    LOG.error(
        "rule {} ({}) took more than {} ms of {} events and is quarantined until its text changes"
            + " or Farol starts again; make its expressions or lists narrower",
        rule.rule.ref().id(),
        rule.rule.path(),
        RuleBudget.LIMIT.toMillis(),
        RuleBudget.WINDOW);
  }

  private void tooMany(CompiledRule rule) {
    counts.noisy.incrementAndGet();
    LOG.warn(
        "rule {} ({}) matched more than half of {} events in a row; it says little and may hide"
            + " others",
        rule.rule.ref().id(),
        rule.rule.path(),
        Noise.WINDOW);
  }

  private void detect(EventBatch batch, int i, Consumer<Detection> out) {
    matched.sort(Comparator.comparingInt(rule -> rule.ordinal));
    counts.detections.increment(matched.size());
    var event = batch.event(i);
    var origin = batch.origin();
    String sender = matched.isEmpty() ? "" : origin.sender();
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
              because,
              tried(each),
              sender));
    }
  }

  // Filters in shadow cost nothing but where a rule of theirs matched.
  private List<Detection.Tried> tried(CompiledRule rule) {
    if (rule.trials.isEmpty()) {
      return List.of();
    }
    var tried = new ArrayList<Detection.Tried>();
    for (var trial : rule.trials) {
      try {
        tried.add(new Detection.Tried(trial.filter(), !trial.keeps().test(view)));
      } catch (RuntimeException e) {
        counts.faults.increment();
        LOG.debug("filter {} in shadow failed on an event", trial.filter().id(), e);
      }
    }
    return tried;
  }

  /** Rules at work. */
  public int size() {
    return rules.size();
  }

  /** How each rule does, in the order of the book. */
  public List<RuleStanding> standings() {
    return rules.stream().map(CompiledRule::standing).toList();
  }

  /** Which fields events had so far, those seen before this start included. */
  public SeenFields seen() {
    return seen.seen();
  }

  /** Adds what was seen before this start. */
  public void seenBefore(SeenFields before) {
    seen.earlier(before);
  }
}
