package mo.farol.alert;

import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mo.farol.sigma.Level;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.RuleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Treats what was concluded before it goes out: treating rules in a session of their own, then
 * tables, then exceptions and maintenance. Nothing is dropped: what is held back is an alert too.
 */
final class TreatmentDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TreatmentDesk.class);

  private final DecisionBook book;
  private final Policy policy;
  private final KieSession session;
  private final RuleCosts costs = new RuleCosts();
  private final Counter faults;
  private final Consumer<Overrun> overruns;
  private @Nullable Treatment now;
  private boolean broken;

  TreatmentDesk(DecisionBook book, Policy policy, Counter faults, Consumer<Overrun> overruns) {
    this.book = book;
    this.policy = policy;
    this.faults = faults;
    this.overruns = overruns;
    session = book.base().newKieSession();
    session.addEventListener(costs);
    if (DecisionSession.usesDesk(book)) {
      session.setGlobal("desk", new Treats());
    }
  }

  /** The verdict as it goes out. */
  Verdict treat(Verdict verdict, AlertContext context) {
    var asset = context.asset(verdict.agency(), verdict.entities());
    var draft = new Draft(verdict, asset);
    var treatment = new Treatment(draft);
    fire(draft, treatment);
    book.tables().forEach(table -> table.treat(draft, treatment));
    var steps = new ArrayList<WhyStep>();
    asset.ifPresent(known -> steps.add(step(known)));
    context.cover(draft).ifPresent(cover -> cover(cover, treatment, steps));
    return verdict.after(treatment, steps);
  }

  @Override
  public void close() {
    session.dispose();
  }

  private void fire(Draft draft, Treatment treatment) {
    if (broken) {
      return;
    }
    costs.next();
    now = treatment;
    var handle = session.insert(draft);
    try {
      session.fireAllRules();
    } catch (RuntimeException e) {
      failed(e);
    } finally {
      session.delete(handle);
      now = null;
    }
  }

  private void failed(RuntimeException e) {
    faults.increment();
    if (costs.over().isPresent()) {
      broken = true;
      overruns.accept(costs.over().get());
    } else {
      LOG.error("a treating rule failed: {}", e.getMessage(), e);
    }
  }

  // A maintenance hides what it explains, and never what is critical.
  private static void cover(Suppression cover, Treatment treatment, List<WhyStep> steps) {
    boolean marks =
        cover.kind() == Suppression.Kind.MAINTENANCE && treatment.level() == Level.CRITICAL;
    var kind =
        cover.kind() == Suppression.Kind.MAINTENANCE
            ? WhyStep.Kind.MAINTENANCE
            : WhyStep.Kind.EXCEPTION;
    String words =
        "%s %s '%s'%s: %s"
            .formatted(
                kind == WhyStep.Kind.MAINTENANCE ? "maintenance" : "exception",
                cover.id(),
                Bounded.text(cover.name(), 80),
                marks ? " does not hide what is critical" : " keeps it out of the queue",
                Bounded.text(cover.because(), 200));
    var step =
        WhyStep.plain(kind, words, Optional.empty())
            .with(WhyFields.COVER_ID, cover.id(), "")
            .with(WhyFields.COVER_NAME, Bounded.text(cover.name(), 80), "")
            .with(WhyFields.COVER_REASON, Bounded.text(cover.because(), 200), "");
    steps.add(marks ? step.with(WhyFields.COVER_MARKS, "true", "") : step);
    if (!marks) {
      treatment.hide(cover);
    }
  }

  private static WhyStep step(Asset asset) {
    return WhyStep.plain(
            WhyStep.Kind.ASSET,
            "%s %s has criticality %d of 5%s"
                .formatted(
                    asset.kind().name().toLowerCase(java.util.Locale.ROOT),
                    Bounded.text(asset.value(), 120),
                    asset.criticality(),
                    asset.service().isEmpty() ? "" : ": " + Bounded.text(asset.service(), 80)),
            Optional.empty())
        .with(asset.value(), Integer.toString(asset.criticality()), "")
        .with(WhyFields.ASSET_KIND, asset.kind().name().toLowerCase(java.util.Locale.ROOT), "")
        .with(WhyFields.ASSET_SERVICE, Bounded.text(asset.service(), 80), "");
  }

  /** What rules may do in the session of drafts. */
  private final class Treats implements Desk {
    @Override
    public Policy policy() {
      return policy;
    }

    @Override
    public Ruling alert(Object drools) {
      throw new IllegalStateException("a rule about drafts treats them, and raises no alert");
    }

    @Override
    public Treating treat(Object drools, Draft draft) {
      var treatment = now;
      if (treatment == null) {
        throw new IllegalStateException("no draft is being treated");
      }
      return new Treating(book.ref(((RuleContext) drools).getRule()), treatment);
    }
  }
}
