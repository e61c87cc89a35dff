package mo.farol.health;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mo.farol.alert.Alert;
import mo.farol.alert.Finding;
import mo.farol.alert.Findings;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import mo.farol.journal.Journal;
import mo.farol.ledger.AlertFilter;
import mo.farol.ledger.AlertQueue;
import mo.farol.proof.Standing;
import mo.farol.seal.Hash;
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

  private final Journal journal;
  private final Seal seal;
  private final AlertQueue alerts;
  private final Set<String> settled = new HashSet<>();
  private int told;

  public Lookout(Journal journal, Seal seal, AlertQueue alerts) {
    this.journal = journal;
    this.seal = seal;
    this.alerts = alerts;
  }

  @Override
  public List<Finding> due(Instant now) {
    var due = new ArrayList<Finding>();
    for (var finding : all(now)) {
      if (!settled.contains(finding.about())) {
        if (told < MOST && !isKnown(finding)) {
          due.add(finding);
          told++;
        }
        settled.add(finding.about());
      }
    }
    if (!due.isEmpty()) {
      log.error("{} things were found wrong with the centre itself: see its alerts", due.size());
    }
    return due;
  }

  private boolean isKnown(Finding finding) {
    var filter =
        new AlertFilter(
            Set.of(),
            Optional.empty(),
            Optional.of(Alert.NATIONAL),
            Optional.of(finding.about()),
            Optional.of(""));
    return alerts.list(filter, Scope.national(), ASKED, Optional.empty()).items().stream()
        .flatMap(row -> row.alert().entities().stream())
        .anyMatch(entity -> entity.value().equals(finding.about()));
  }

  private List<Finding> all(Instant now) {
    var all = new ArrayList<Finding>();
    if (seal.isBroken()) {
      all.add(broken(now));
    }
    var bySegment = new LinkedHashMap<String, Standing.Damage>();
    Standing.damages(journal).forEach(damage -> bySegment.putIfAbsent(damage.segment(), damage));
    bySegment.values().forEach(damage -> all.add(damaged(damage, now)));
    return all;
  }

  private Finding broken(Instant now) {
    var head = seal.heads().last().map(signed -> signed.head());
    long sealed = head.map(h -> h.size()).orElse(0L);
    String sentence = String.join("; ", seal.wrong());
    String mark = Hash.sha256(sentence.getBytes(StandardCharsets.UTF_8)).hex();
    return new Finding(
        Finding.Kind.SEAL,
        "seal after %d events, %s".formatted(sealed, mark.substring(0, 8)),
        sentence + "; run 'farol verify --home' before anything is changed",
        head.map(h -> h.at()).filter(at -> at.isBefore(now)).orElse(now),
        now,
        new EventId(Math.max(0, sealed - 1)));
  }

  private static Finding damaged(Standing.Damage damage, Instant now) {
    long first = damage.firstSequence();
    String where =
        damage.setAside().isPresent()
            ? "set aside in journal/quarantine"
            : "left where it is and stepped over";
    String what =
        damage.most() > 0
            ? "events %d to %d at most lay there".formatted(first, damage.endSequence() - 1)
            : "how many events lay there from %d on is not known".formatted(first);
    return new Finding(
        Finding.Kind.DAMAGE,
        damage.segment(),
        "bytes of segment %s are not as they were written and were %s; %s; see the page Proof"
            .formatted(damage.segment(), where, what),
        now,
        now,
        new EventId(Math.max(0, first - 1)));
  }
}
