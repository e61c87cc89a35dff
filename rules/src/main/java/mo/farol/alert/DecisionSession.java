package mo.farol.alert;

import io.micrometer.core.instrument.Counter;
import java.util.LinkedHashMap;
import java.util.Map;
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

  private final KieSession session;
  private final SessionPseudoClock clock;
  private final Counter faults;
  // The newest fact of each key: a newer one takes its place.
  private final Map<String, FactHandle> keyed =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FactHandle> eldest) {
          return size() > KEYED;
        }
      };

  DecisionSession(DecisionBook book, Policy policy, Counter faults, Consumer<Verdict> desk) {
    this.faults = faults;
    var options = KieServices.get().newKieSessionConfiguration();
    options.setOption(ClockTypeOption.PSEUDO);
    session = book.base().newKieSession(options, null);
    clock = session.getSessionClock();
    if (usesDesk(book)) {
      Desk door = drools -> new Ruling(book.ref(((RuleContext) drools).getRule()), desk);
      session.setGlobal("desk", door);
    }
    session.insert(policy);
  }

  /** Session time in milliseconds since 1970. */
  long now() {
    return clock.getCurrentTime();
  }

  /** Moves the clock on; never back. */
  void advanceTo(long millis) {
    if (millis > now()) {
      clock.advanceTime(millis - now(), TimeUnit.MILLISECONDS);
      fire();
    }
  }

  /** Takes a fact in, in place of an older one with the same key, and lets the rules fire. */
  void insert(Fact fact, String key) {
    advanceTo(fact.at());
    if (!key.isEmpty()) {
      forget(keyed.remove(key));
    }
    var handle = session.insert(fact);
    fire();
    if (now() - fact.at() > expiresAfter(fact)) {
      forget(handle); // so late that nothing can join it, and Drools might keep it for ever
    } else if (!key.isEmpty()) {
      keyed.put(key, handle);
    }
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
        session.fireAllRules();
        return;
      } catch (RuntimeException e) {
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
      case DetectionFact _, FindingFact _, IndicatorFact _, SilenceFact _ -> 15 * 60_000;
      case CrossingFact _ -> 20 * 60_000;
      case AlertBased _ -> 60 * 60_000;
    };
  }

  private static boolean usesDesk(DecisionBook book) {
    return book.base().getKiePackages().stream()
        .anyMatch(
            pkg -> pkg.getGlobalVariables().stream().anyMatch(g -> g.getName().equals("desk")));
  }
}
