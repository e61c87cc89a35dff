package mo.farol.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import mo.farol.alert.Alert;
import mo.farol.alert.Finding;
import mo.farol.alert.Findings;
import mo.farol.event.Scope;
import mo.farol.journal.Journal;
import mo.farol.ledger.AlertFilter;
import mo.farol.ledger.AlertQueue;
import mo.farol.seal.Seal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the committee, by an alert, that the seal is broken or a segment of the journal damaged:
 * each finding once, also over restarts, for what was told is looked up among the alerts. Belongs
 * to the detection thread.
 */
public final class Lookout implements Findings {
  private static final Logger log = LoggerFactory.getLogger(Lookout.class);

  // A dying disk must not open a case for each of a thousand segments.
  private static final int MOST = 20;
  private static final int ASKED = 1_000;

  private final Function<Instant, List<Finding>> wrong;
  private final Predicate<Finding> known;
  private final Set<String> settled = new HashSet<>();
  private int told;

  public Lookout(Journal journal, Seal seal, AlertQueue alerts) {
    this(new Wrongs(journal, seal)::all, finding -> isKnown(alerts, finding));
  }

  /**
   * @param wrong all that is wrong now
   * @param known what was told before
   */
  Lookout(Function<Instant, List<Finding>> wrong, Predicate<Finding> known) {
    this.wrong = wrong;
    this.known = known;
  }

  @Override
  public List<Finding> due(Instant now) {
    var due = new ArrayList<Finding>();
    var looked = new ArrayList<String>();
    int damages = told;
    for (var finding : wrong.apply(now)) {
      if (settled.contains(finding.about())) {
        continue;
      }
      boolean isDamage = finding.kind() == Finding.Kind.DAMAGE;
      if (!known.test(finding) && !(isDamage && damages >= MOST)) {
        due.add(finding);
        damages += isDamage ? 1 : 0;
      }
      looked.add(finding.about());
    }
    // Only now: where the alerts could not be asked, all are asked about again.
    settled.addAll(looked);
    told = damages;
    if (!due.isEmpty()) {
      log.error("{} things were found wrong with the centre itself: see its alerts", due.size());
    }
    return due;
  }

  /**
   * Whether an alert tells it: by the field that only findings have, for a sender may well write
   * what looks like the name of one.
   */
  static boolean isKnown(AlertQueue alerts, Finding finding) {
    var filter =
        new AlertFilter(
            Set.of(),
            Optional.empty(),
            Optional.of(Alert.NATIONAL),
            Optional.of(finding.about()),
            Optional.of(""));
    return alerts.list(filter, Scope.national(), ASKED, Optional.empty()).items().stream()
        .flatMap(row -> row.alert().entities().stream())
        .anyMatch(
            entity ->
                entity.field().equals(Finding.FIELD) && entity.value().equals(finding.about()));
  }
}
