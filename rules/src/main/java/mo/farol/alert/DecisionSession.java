package mo.farol.alert;

import io.micrometer.core.instrument.Counter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.drools.core.time.SessionPseudoClock;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.runtime.rule.RuleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Drools session. Its clock is the time of its facts and only moves forward; after each fact
 * the rules fire, since what accumulates conclude depends on it.
 */
final class DecisionSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionSession.class);
  private static final int KEYED = 20_000;
  private static final int FAULTS_A_FACT = 10;

  /** Facts of one kind held: one more, and the oldest goes. */
  static final int KIND = 2_000;

  /** Facts held in all. */
  static final int FACTS = 20_000;

  private final KieSession session;
  private final SessionPseudoClock clock;
  private final Counter faults;
  private final RuleCosts costs = new RuleCosts();
  private final ConditionProfiler profiler;
  private final Consumer<Overrun> overruns;
  private final Map<String, Deque<FactHandle>> kinds = new HashMap<>();
  private final Deque<FactHandle> all = new ArrayDeque<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long due = Long.MIN_VALUE;
  private boolean muted;
  private boolean broken;

  /**
   * A fact that was not looked at by all rules.
   *
   * @param said whether a session before looked at it: it is known, and nothing is said about it
   */
  record Waiting(Fact fact, String key, boolean said) {}

  // The newest fact of each key: a newer one takes its place.
  private final Map<String, FactHandle> keyed =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FactHandle> eldest) {
          return size() > KEYED;
        }
      };

  /**
   * @param overruns told of a rule that costs too much; the session takes nothing more from then on
   * @param desk takes what the rules conclude
   */
  DecisionSession(
      DecisionBook book,
      Policy policy,
      Counter faults,
      ConditionProfiler profiler,
      Consumer<Overrun> overruns,
      Consumer<Verdict> desk) {
    this.faults = faults;
    this.profiler = profiler;
    this.overruns = overruns;
    var options = KieServices.get().newKieSessionConfiguration();
    options.setOption(ClockTypeOption.PSEUDO);
    session = book.base().newKieSession(options, null);
    session.addEventListener(costs);
    clock = session.getSessionClock();
    if (usesDesk(book)) {
      session.setGlobal("desk", new Raise(book, policy, desk));
    }
  }

  /** Session time in milliseconds since 1970. */
  long now() {
    return clock.getCurrentTime();
  }

  /** Moves the clock on; never back. */
  void advanceTo(long millis) {
    due = Math.max(due, millis);
    guarded(() -> moveTo(millis));
  }

  private void moveTo(long millis) {
    if (millis > now()) {
      clock.advanceTime(millis - now(), TimeUnit.MILLISECONDS);
      fire();
    }
  }

  private void guarded(Runnable work) {
    if (broken) {
      return;
    }
    costs.next();
    profiler.begin();
    try {
      work.run();
    } finally {
      var slow = profiler.end();
      costs.over().or(() -> slow).ifPresent(this::over);
    }
  }

  /**
   * Takes over what another session looked at, or was to take over itself, and says nothing about
   * it.
   */
  void takeOver(DecisionSession other) {
    muted = true;
    other.looked().forEach(each -> insert(each.fact(), each.key()));
    other.waiting.stream().filter(Waiting::said).forEach(each -> insert(each.fact(), each.key()));
    advanceTo(Math.max(other.now(), other.due));
    muted = false;
  }

  private List<Waiting> looked() {
    var keys = new IdentityHashMap<FactHandle, String>();
    keyed.forEach((key, handle) -> keys.put(handle, key));
    Set<Fact> open = Collections.newSetFromMap(new IdentityHashMap<>());
    waiting.forEach(each -> open.add(each.fact()));
    var looked = new ArrayList<Waiting>();
    for (var handle : session.getFactHandles()) {
      if (session.getObject(handle) instanceof Fact fact && !open.contains(fact)) {
        looked.add(new Waiting(fact, keys.getOrDefault(handle, ""), true));
      }
    }
    looked.sort(Comparator.comparingLong(each -> each.fact().at()));
    return looked;
  }

  /**
   * Facts that it could not look at any more and nobody said anything about, in the order they
   * came.
   */
  List<Waiting> unsaid() {
    return waiting.stream().filter(each -> !each.said()).toList();
  }

  /** Takes a fact in, in place of an older one with the same key, and lets the rules fire. */
  void insert(Fact fact, String key) {
    guarded(() -> take(fact, key));
    if (broken) {
      await(new Waiting(fact, key, muted));
    }
  }

  // No more than it would hold itself, so that one nobody exchanges does not grow for ever.
  private void await(Waiting fact) {
    waiting.add(fact);
    if (waiting.size() > FACTS && !waiting.remove().said()) {
      faults.increment();
    }
  }

  private void take(Fact fact, String key) {
    moveTo(fact.at());
    if (!key.isEmpty()) {
      forget(keyed.remove(key));
    }
    var handle = session.insert(fact);
    fire();
    if (now() - fact.at() > expiresAfter(fact)) {
      forget(handle); // so late that nothing can join it, and Drools might keep it for ever
      return;
    }
    if (!key.isEmpty()) {
      keyed.put(key, handle);
    }
    bound(kinds.computeIfAbsent(kind(fact), _ -> new ArrayDeque<>()), handle, KIND);
    bound(all, handle, FACTS);
  }

  // Drools joins every fact with every other: what it holds has an end, whatever expiry allows.
  private void bound(Deque<FactHandle> held, FactHandle added, int most) {
    held.add(added);
    while (held.size() > most || session.getObject(held.getFirst()) == null) {
      forget(held.removeFirst());
    }
  }

  private static String kind(Fact fact) {
    String type = fact.getClass().getSimpleName();
    return switch (fact) {
      case DetectionFact detection -> type + detection.rule().id();
      case CrossingFact crossing -> type + crossing.rule().id();
      case IndicatorFact indicator -> type + indicator.source();
      case FindingFact _, RiskFact _, SilenceFact _, AlertBased _ -> type;
    };
  }

  private void over(Overrun overrun) {
    broken = true;
    faults.increment();
    overruns.accept(overrun);
  }

  /** Takes a fact in as {@link #insert} does, unless a newer one with the same key is there. */
  void insertNewest(Fact fact, String key) {
    var handle = keyed.get(key);
    if (handle == null
        || !(session.getObject(handle) instanceof Fact known)
        || known.at() <= fact.at()) {
      insert(fact, key);
    }
  }

  /** Facts held, for tests and metrics. */
  long facts() {
    return session.getFactCount();
  }

  @Override
  public void close() {
    session.dispose();
  }

  // A rule that fails on a fact is told and left; what it would have said is lost, the rest goes
  // on.
  private void fire() {
    for (int tries = 0; tries < FAULTS_A_FACT; tries++) {
      try {
        if (muted) {
          session.fireAllRules(_ -> false);
        } else {
          session.fireAllRules();
        }
        return;
      } catch (RuntimeException e) {
        if (costs.over().isPresent()) {
          return;
        }
        faults.increment();
        LOG.error("a decision rule failed: {}", e.getMessage(), e);
      }
    }
  }

  private void forget(@Nullable FactHandle handle) {
    if (handle != null && session.getObject(handle) != null) {
      session.delete(handle);
    }
  }

  // As the facts' own annotations say.
  private static long expiresAfter(Fact fact) {
    return switch (fact) {
      case DetectionFact _, FindingFact _, IndicatorFact _, RiskFact _, SilenceFact _ ->
          15 * 60_000;
      case CrossingFact _ -> 20 * 60_000;
      case AlertBased _ -> 60 * 60_000;
    };
  }

  static boolean usesDesk(DecisionBook book) {
    return book.base().getKiePackages().stream()
        .anyMatch(
            pkg -> pkg.getGlobalVariables().stream().anyMatch(g -> g.getName().equals("desk")));
  }

  /** What rules may do in a session of facts. */
  private record Raise(DecisionBook book, Policy policy, Consumer<Verdict> desk) implements Desk {
    @Override
    public Ruling alert(Object drools) {
      return new Ruling(book.ref(((RuleContext) drools).getRule()), desk);
    }

    @Override
    public Treating treat(Object drools, Draft draft) {
      throw new IllegalStateException("a rule about facts raises alerts, and treats none");
    }
  }
}
