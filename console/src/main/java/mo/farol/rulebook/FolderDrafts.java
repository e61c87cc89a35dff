package mo.farol.rulebook;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.Micros;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.sigma.RuleHead;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes in the rule folders as drafts that wait: one for each file. A change that somebody
 * dropped is offered again only once the file holds something else.
 */
final class FolderDrafts {
  private static final Logger LOG = LoggerFactory.getLogger(FolderDrafts.class);
  private static final String CENTRE = "farol";
  private static final int LONGEST_TITLE = 200;

  private final Ledger ledger;
  private final Deeds deeds;
  private final InstantSource clock;

  FolderDrafts(Ledger ledger, Deeds deeds, InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.clock = clock;
  }

  /** What lies there is in force, since nothing ever was before. */
  void tookAsTheyAre(int files) {
    if (files > 0) {
      deeds.record(
          CENTRE, "rules.taken-as-they-are", "rules", files + " files of the rule folders");
    }
  }

  /**
   * Drafts follow the files that wait: new ones come, changed ones change, and those go whose file
   * is as it is in force.
   *
   * @return whether a text that may be in shadow has changed or gone
   */
  boolean follow(List<PendingChange> waiting) {
    var open = open();
    if (waiting.isEmpty() && open.isEmpty()) {
      return false;
    }
    return ledger.write(
        h -> {
          boolean shadows = false;
          for (var each : waiting) {
            var draft = open.remove(each.file());
            if (draft == null) {
              add(h, each);
            } else if (!draft.text().equals(each.text())) {
              shadows |= draft.state() == RuleDraft.State.SHADOW;
              change(h, draft, each);
            }
          }
          for (var draft : open.values()) {
            shadows |= draft.state() == RuleDraft.State.SHADOW;
            end(h, draft);
          }
          return shadows;
        });
  }

  private Map<String, RuleDraft> open() {
    var open = new HashMap<String, RuleDraft>();
    ledger
        .read(
            h ->
                h.createQuery(
                        "select * from rule_draft where file <> '' and state in ('DRAFT',"
                            + " 'SHADOW')")
                    .map(RuleDraft::of)
                    .list())
        .forEach(draft -> open.put(draft.file(), draft));
    return open;
  }

  private void add(Handle h, PendingChange waiting) {
    if (last(h, waiting.file()).filter(draft -> isRefused(draft, waiting)).isPresent()) {
      return;
    }
    if (RuleDrafts.isFull(h)) {
      LOG.warn("{} waits, but too many drafts are open; publish or drop some", waiting.file());
      return;
    }
    long now = Micros.of(clock.instant());
    String title = title(waiting);
    long number =
        h.createUpdate(
                "insert into rule_draft (state, title, text, authors, note, created_at,"
                    + " changed_at, file) values ('DRAFT', ?, ?, '', '', ?, ?, ?)")
            .bind(0, title)
            .bind(1, waiting.text())
            .bind(2, now)
            .bind(3, now)
            .bind(4, waiting.file())
            .executeAndReturnGeneratedKeys("number")
            .mapTo(Long.class)
            .one();
    deeds.record(h, CENTRE, "rule.waits", "draft " + number, waiting.file() + ": " + title);
  }

  private static Optional<RuleDraft> last(Handle h, String file) {
    return h.createQuery("select * from rule_draft where file = ? order by number desc limit 1")
        .bind(0, file)
        .map(RuleDraft::of)
        .findOne();
  }

  private static boolean isRefused(RuleDraft draft, PendingChange waiting) {
    return draft.state() == RuleDraft.State.DROPPED
        && draft.text().equals(waiting.text())
        && !draft.decidedBy().equals(Optional.of(CENTRE));
  }

  // Whoever answered for the text before does not answer for this one.
  private void change(Handle h, RuleDraft draft, PendingChange waiting) {
    String title = title(waiting);
    h.execute(
        "update rule_draft set state = 'DRAFT', title = ?, text = ?, authors = '', changed_at = ?,"
            + " shadow_at = null where number = ?",
        title,
        waiting.text(),
        Math.max(Micros.of(clock.instant()), Micros.of(draft.changedAt()) + 1),
        draft.number());
    deeds.record(h, CENTRE, "rule.draft-changed", "draft " + draft.number(), title);
  }

  private void end(Handle h, RuleDraft draft) {
    h.execute(
        "update rule_draft set state = 'DROPPED', decided_at = ?, decided_by = ? where number = ?",
        Micros.of(clock.instant()),
        CENTRE,
        draft.number());
    deeds.record(
        h,
        CENTRE,
        "rule.draft-dropped",
        "draft " + draft.number(),
        draft.file() + " is as it is in force");
  }

  private static String title(PendingChange waiting) {
    String title =
        RuleHead.of(waiting.text(), Path.of(waiting.file())).stream()
            .map(RuleHead::title)
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElse(waiting.file());
    return title.length() > LONGEST_TITLE ? title.substring(0, LONGEST_TITLE) : title;
  }
}
