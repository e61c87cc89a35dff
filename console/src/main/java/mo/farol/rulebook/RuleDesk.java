package mo.farol.rulebook;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.attack.Matrix;
import mo.farol.attack.MatrixFile;
import mo.farol.event.Scope;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people do to rules: draft, try in shadow, answer for, drop, and by {@link #publication}
 * publish and roll back. Published rules are files in {@code rules/sigma} of the home, so that an
 * editor and git do as well.
 */
public final class RuleDesk {
  private static final Logger LOG = LoggerFactory.getLogger(RuleDesk.class);

  private final RulesInForce rules;
  private final RuleFiles files;
  private final Editions editions;
  private final RuleDrafts drafts;
  private final ShadowTrials trials;
  private final RulePublication publication;
  private final Deeds deeds;
  private final InstantSource clock;
  private final MatrixFile matrix;

  private RuleDesk(
      RulesInForce rules,
      Editions editions,
      RuleDrafts drafts,
      ShadowTrials trials,
      Deeds deeds,
      InstantSource clock) {
    this.rules = rules;
    files = new RuleFiles(rules);
    this.editions = editions;
    this.drafts = drafts;
    this.trials = trials;
    publication = new RulePublication(rules, files, drafts, deeds);
    this.deeds = deeds;
    this.clock = clock;
    matrix = new MatrixFile(rules.folders().home());
  }

  /**
   * Compiles what was read at the start; nothing is watched before {@link RulesInForce#start}.
   *
   * @param first without drafts in shadow: they are read here
   */
  public static RuleDesk open(
      RuleReading reading,
      ReadRules first,
      Ledger ledger,
      Deeds deeds,
      InstantSource clock,
      MeterRegistry metrics) {
    make(reading.folders().own());
    var editions = new Editions(ledger, deeds);
    var drafts = new RuleDrafts(ledger, deeds, clock);
    var ofFolders = new FolderDrafts(ledger, deeds, clock);
    var rules = RulesInForce.open(reading, first, editions, drafts, ofFolders, clock, metrics);
    var trials =
        new ShadowTrials(
            rules, new RuleTrialRows(ledger, clock), new FilterTrialRows(ledger, clock));
    return new RuleDesk(rules, editions, drafts, trials, deeds, clock);
  }

  // Where it can't be made, publishing says so.
  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      LOG.warn("{} can't be made: {}", folder, e.toString());
    }
  }

  /** Every rule in force as somebody of a scope sees it, by title. */
  public List<RuleRow> rows(Scope scope) {
    return RuleRows.of(
        rules.now().rules(), rules.folders(), rules.matches(), scope, clock.instant());
  }

  /** What of ATT&amp;CK is watched, as somebody of a scope sees it. */
  public List<Coverage.Column> coverage(Scope scope, Matrix matrix) {
    return Coverage.of(rows(scope), matrix);
  }

  /** ATT&amp;CK as the site keeps it. */
  public MatrixFile.Known matrix() {
    return matrix.now();
  }

  /** What is in force. */
  public RulesInForce rules() {
    return rules;
  }

  /** Every version that was. */
  public Editions editions() {
    return editions;
  }

  /** What is on its way. */
  public RuleDrafts drafts() {
    return drafts;
  }

  /** What those in shadow found. */
  public ShadowTrials trials() {
    return trials;
  }

  /** The way of a text into force. */
  public RulePublication publication() {
    return publication;
  }

  /** What was done to a rule, or to {@code draft N}, the oldest first. */
  public List<Deeds.Deed> deeds(String thing) {
    return deeds.of(thing);
  }

  /** Reads all rules anew. */
  public RulesInForce.State reload(Person by) {
    deeds.record(by.name(), "rules.reloaded", "rules", "asked for by hand");
    return rules.reload();
  }

  /** Whether changes in the rule folders wait for a second person. */
  public boolean isReviewed() {
    return rules.isReviewed();
  }

  /**
   * Keeps a draft.
   *
   * @throws IllegalArgumentException where the text is none
   */
  public RuleDraft draft(String text, String note, Person by) {
    return drafts.add(text, note, by.name());
  }

  /** Changes a draft; its shadow ends, since it is another rule now. */
  public RuleDraft change(RuleDraft draft, String text, String note, Person by) {
    draft.mustBeOpen();
    if (draft.isOfFolder()) {
      throw new IllegalArgumentException(
          "the draft is what %s holds; change it there".formatted(draft.file()));
    }
    boolean wasShadow = draft.state() == RuleDraft.State.SHADOW;
    var changed = drafts.change(draft, text, note, by.name());
    if (wasShadow) {
      rules.reload();
    }
    return changed;
  }

  /** Runs a draft in shadow: matched and counted, without an alert. */
  public RuleOutcome shadow(RuleDraft draft, Person by) {
    draft.mustBeOpen();
    drafts.shadow(draft, true, by.name());
    var refused =
        rules.reload().refused().stream().filter(r -> r.file().equals(draft.name())).toList();
    if (!refused.isEmpty()) {
      drafts.shadow(draft, false, by.name());
      rules.reload();
    }
    return new RuleOutcome(refused);
  }

  /** Ends a shadow. */
  public void unshadow(RuleDraft draft, Person by) {
    draft.mustBeOpen();
    drafts.shadow(draft, false, by.name());
    rules.reload();
  }

  /** Lets go of a draft. */
  public void drop(RuleDraft draft, Person by) {
    draft.mustBeOpen();
    drafts.decide(draft, RuleDraft.State.DROPPED, by.name(), draft.title(), () -> {});
    if (draft.state() == RuleDraft.State.SHADOW) {
      rules.reload();
    }
  }

  /**
   * Somebody says that a change in a rule folder is theirs to answer for; another may publish it
   * then.
   *
   * @param seen {@link RuleDraft#changedAt} of the text that they read
   * @throws mo.farol.incident.Conflict where it has changed since they read it
   */
  public void answer(RuleDraft draft, Instant seen, Person by) {
    draft.mustBeOpen();
    if (!draft.needsAuthor()) {
      throw new IllegalArgumentException("somebody answers for the draft already");
    }
    if (!draft.changedAt().equals(seen)) {
      throw RuleDrafts.changed();
    }
    drafts.answer(draft, by.name());
  }

  /** The text of the file that a rule in force lies in. */
  public Optional<String> text(String rule) {
    return files.text(rule);
  }

  /** Where a rule in force lies, as people know it. */
  public Optional<String> file(String rule) {
    return files.file(rule);
  }
}
