package mo.farol.health;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.alert.Finding;
import mo.farol.event.EventId;
import mo.farol.journal.Journal;
import mo.farol.proof.Standing;
import mo.farol.seal.Hash;
import mo.farol.seal.Seal;
import mo.farol.seal.SealFault;
import mo.farol.seal.SignedHead;
import org.jspecify.annotations.Nullable;

/** All that is wrong with journal and seal now, a finding each. For one thread. */
final class Wrongs {
  private final Journal journal;
  private final Seal seal;
  private @Nullable Finding broken;

  Wrongs(Journal journal, Seal seal) {
    this.journal = journal;
    this.seal = seal;
  }

  /** Damage, one finding a segment, then the seal. */
  List<Finding> all(Instant now) {
    var bySegment = new LinkedHashMap<String, Standing.Damage>();
    Standing.damages(journal).forEach(damage -> bySegment.putIfAbsent(damage.segment(), damage));
    var all = new ArrayList<Finding>();
    bySegment.values().forEach(damage -> all.add(damaged(damage, now)));
    if (seal.isBroken()) {
      all.add(broken(now));
    }
    return all;
  }

  // Told by its first cause: what else turns out wrong with the same seal is no finding of its own.
  private Finding broken(Instant now) {
    var known = broken;
    if (known != null) {
      return known;
    }
    var wrong = seal.wrong();
    String first = wrong.isEmpty() ? "the seal is broken" : wrong.getFirst();
    var head = newest();
    long sealed = head.map(SignedHead::head).map(h -> h.size()).orElse(0L);
    String more =
        wrong.size() > 1 ? "; %d more, see the page Proof".formatted(wrong.size() - 1) : "";
    String mark = Hash.sha256(first.getBytes(StandardCharsets.UTF_8)).hex();
    known =
        new Finding(
            Finding.Kind.SEAL,
            "seal after %d events, %s".formatted(sealed, mark.substring(0, 8)),
            first + more + "; run 'farol verify --home' before anything is changed",
            head.map(h -> h.head().at()).filter(at -> at.isBefore(now)).orElse(now),
            now,
            new EventId(Math.max(0, sealed - 1)),
            Map.of(
                "finding.events",
                Long.toString(sealed),
                "finding.wrong",
                Integer.toString(Math.max(1, wrong.size()))));
    broken = known;
    return known;
  }

  // A head that can't be read is one more thing wrong, and no reason to be silent.
  private Optional<SignedHead> newest() {
    try {
      return seal.heads().last();
    } catch (SealFault e) {
      return Optional.empty();
    }
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
        new EventId(Math.max(0, first - 1)),
        figures(damage));
  }

  private static Map<String, String> figures(Standing.Damage damage) {
    var figures = new LinkedHashMap<String, String>();
    figures.put("finding.first", Long.toString(damage.firstSequence()));
    if (damage.most() > 0) {
      figures.put("finding.last", Long.toString(damage.endSequence() - 1));
    }
    if (damage.setAside().isPresent()) {
      figures.put("finding.aside", "true");
    }
    return figures;
  }
}
