package mo.farol.rulebook;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.account.Person;
import mo.farol.alert.Filtered;
import mo.farol.alert.ShadowCount;
import mo.farol.event.Scope;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.sigma.Refusal;
import mo.farol.sigma.RuleHead;
import mo.farol.sigma.Shadow;
import mo.farol.sigma.SigmaCorrelation;
import mo.farol.sigma.SigmaFilter;
import mo.farol.sigma.SigmaRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people do to rules: draft, try in shadow, publish as a second person, roll back. Published
 * rules are files in {@code rules/sigma} of the home, so that an editor and git do as well.
 */
public final class RuleDesk {
  /**
   * What came of an act.
   *
   * @param refused why nothing came into force; empty where it did
   */
  public record Outcome(List<Refused> refused) {
    /** Whether it was done. */
    public boolean isDone() {
      return refused.isEmpty();
    }
  }

  /**
   * Where a text would go.
   *
   * @param file as people know it
   * @param before the text of it that is in force, or the shipped one that gives way; empty where
   *     the rule is new
   */
  public record Place(String file, String before) {}

  private static final Logger LOG = LoggerFactory.getLogger(RuleDesk.class);

  private final RulesInForce rules;
  private final RuleFiles files;
  private final Editions editions;
  private final RuleDrafts drafts;
  private final FilterTrials trials;
  private final Deeds deeds;
  private final InstantSource clock;

  private RuleDesk(
      RulesInForce rules,
      Editions editions,
      RuleDrafts drafts,
      FilterTrials trials,
      Deeds deeds,
      InstantSource clock) {
    this.rules = rules;
    files = new RuleFiles(rules);
    this.editions = editions;
    this.drafts = drafts;
    this.trials = trials;
    this.deeds = deeds;
    this.clock = clock;
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
    return new RuleDesk(rules, editions, drafts, new FilterTrials(ledger, clock), deeds, clock);
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

  /** Keeps what rules in shadow found. On the detection thread. */
  public void found(List<ShadowCount> counts) {
    drafts.found(counts);
  }

  /** Keeps what filters in shadow would have taken away. On the detection thread. */
  public void found(Filtered filtered) {
    trials.found(filtered);
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

  /** What was done to a rule, or to {@code draft N}, the oldest first. */
  public List<Deeds.Deed> deeds(String thing) {
    return deeds.of(thing);
  }

  /** What the shadow of a draft found at the agencies of a scope, while it is in shadow. */
  public List<RuleDrafts.Found> found(RuleDraft draft, Scope scope) {
    if (draft.state() != RuleDraft.State.SHADOW) {
      return List.of();
    }
    var heads = RuleHead.of(draft.text(), Path.of("draft.yml"));
    var book = rules.now().rules().book();
    return Stream.concat(
            book.rules().stream().map(SigmaRule::ref),
            book.correlations().stream().map(SigmaCorrelation::ref))
        .filter(ref -> heads.stream().anyMatch(head -> Shadow.of(head.id()).equals(ref.id())))
        .flatMap(ref -> drafts.found(Shadow.plain(ref.id()), ref.version(), scope).stream())
        .toList();
  }

  /**
   * What the filters of a draft would have taken away at the agencies of a scope, while it is in
   * shadow; empty where it has no filter, or is in no shadow.
   */
  public Optional<FilterTrials.Found> filtered(RuleDraft draft, Scope scope) {
    if (draft.state() != RuleDraft.State.SHADOW) {
      return Optional.empty();
    }
    var found =
        filters(draft)
            .map(SigmaFilter::ref)
            .map(ref -> trials.found(Shadow.plain(ref.id()), ref.version(), scope))
            .toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FilterTrials.Found(
                titled(found.stream().flatMap(each -> each.rules().stream()).toList()),
                found.stream().flatMap(each -> each.alerts().stream()).toList()));
  }

  private List<FilterTrials.OfRule> titled(List<FilterTrials.OfRule> rows) {
    var titles = new HashMap<String, String>();
    rules.now().rules().book().rules().forEach(r -> titles.put(r.ref().id(), r.ref().title()));
    return rows.stream().map(r -> r.called(titles.getOrDefault(r.rule(), r.rule()))).toList();
  }

  /** How many rules in force the filters of a draft in shadow are tried on. */
  public long triedOn(RuleDraft draft) {
    var filters = filters(draft).toList();
    return rules.now().rules().book().rules().stream()
        .filter(rule -> filters.stream().anyMatch(filter -> filter.isTriedOn(rule)))
        .count();
  }

  private Stream<SigmaFilter> filters(RuleDraft draft) {
    return rules.now().rules().book().filters().stream()
        .filter(filter -> filter.path().equals(Path.of(draft.name())));
  }

  /** Reads all rules anew. */
  public RulesInForce.State reload(Person by) {
    deeds.record(by.name(), "rules.reloaded", "rules", "asked for by hand");
    return rules.reload();
  }

  /** What would be refused if a text were published. */
  public List<Refused> check(String text) {
    return refused(files.target(text), text);
  }

  /** The file of the home that a text would be written to, and what it takes the place of. */
  public Place place(String text) {
    var file = files.target(text);
    String before =
        Stream.concat(
                Stream.of(files.inForce(file)),
                RuleHead.of(text, file).stream().flatMap(head -> files.text(head.id()).stream()))
            .filter(held -> !held.isEmpty())
            .findFirst()
            .orElse("");
    return new Place(rules.folders().name(file), before);
  }

  /** The same of a draft, which may be a file's own change. */
  public Place place(RuleDraft draft) {
    return draft.isOfFolder()
        ? new Place(draft.file(), rules.before(draft.file(), draft.text()))
        : place(draft.text());
  }

  /** Whether changes in the rule folders wait for a second person. */
  public boolean isReviewed() {
    return rules.isReviewed();
  }

  // What is wrong with the text, and what would go unseen with the text of before.
  private List<Refused> refused(Path file, String text) {
    var refused = new ArrayList<>(rules.check(file, text));
    var lost = new LinkedHashSet<String>();
    RuleHead.of(files.inForce(file), file).forEach(head -> lost.add(head.id()));
    RuleHead.of(text, file).forEach(head -> lost.remove(head.id()));
    if (!lost.isEmpty()) {
      String reason =
          "would take out of force: %s; put them into the draft as well"
              .formatted(String.join(", ", lost));
      refused.add(new Refused(new Refusal(file, 1, 1, reason), rules.folders().name(file), false));
    }
    return List.copyOf(refused);
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
    mustBeOpen(draft);
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
  public Outcome shadow(RuleDraft draft, Person by) {
    mustBeOpen(draft);
    drafts.shadow(draft, true, by.name());
    var refused =
        rules.reload().refused().stream().filter(r -> r.file().equals(draft.name())).toList();
    if (!refused.isEmpty()) {
      drafts.shadow(draft, false, by.name());
      rules.reload();
    }
    return new Outcome(refused);
  }

  /** Ends a shadow. */
  public void unshadow(RuleDraft draft, Person by) {
    mustBeOpen(draft);
    drafts.shadow(draft, false, by.name());
    rules.reload();
  }

  /** Lets go of a draft. */
  public void drop(RuleDraft draft, Person by) {
    mustBeOpen(draft);
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
    mustBeOpen(draft);
    if (!draft.needsAuthor()) {
      throw new IllegalArgumentException("somebody answers for the draft already");
    }
    if (!draft.changedAt().equals(seen)) {
      throw RuleDrafts.changed();
    }
    drafts.answer(draft, by.name());
  }

  /** Whether somebody may publish a draft: who wrote none of it, once somebody answers for it. */
  public static boolean mayPublish(RuleDraft draft, Person by) {
    return draft.isOpen() && !draft.needsAuthor() && !draft.authors().contains(by.name());
  }

  /**
   * Brings a draft into force, as a second person.
   *
   * @param seen {@link RuleDraft#changedAt} of the text that they read
   * @throws IllegalArgumentException where they wrote it themselves
   * @throws mo.farol.incident.Conflict where it has changed since they read it
   */
  public synchronized Outcome publish(RuleDraft draft, Instant seen, Person by) {
    mustBeOpen(draft);
    if (draft.needsAuthor()) {
      throw new IllegalArgumentException(
          "nobody answers for the change yet; whoever made it in the file says so first");
    }
    if (!mayPublish(draft, by)) {
      throw new IllegalArgumentException(
          "whoever wrote a rule does not publish it; ask somebody else to look at it");
    }
    if (!draft.changedAt().equals(seen)) {
      throw RuleDrafts.changed();
    }
    var file = draft.isOfFolder() ? rules.folders().path(draft.file()) : free(draft.text());
    var refused =
        draft.isOfFolder() ? rules.check(file, draft.text()) : refused(file, draft.text());
    if (refused.isEmpty()) {
      drafts.decide(
          draft,
          RuleDraft.State.PUBLISHED,
          by.name(),
          "%s, written by %s, into %s"
              .formatted(
                  draft.title(), String.join(", ", draft.authors()), rules.folders().name(file)),
          () -> bring(draft, file));
      rules.approve(rules.folders().name(file), draft.text());
      rules.reload(new Editions.Publisher(by.name(), "published from draft " + draft.number()));
    }
    return new Outcome(refused);
  }

  // What waits in a folder lies there already.
  private static void bring(RuleDraft draft, Path file) {
    if (!draft.isOfFolder()) {
      RuleFiles.write(file, draft.text());
    }
  }

  // A change that waits in the file is not written over.
  private Path free(String text) {
    var file = files.target(text);
    String name = rules.folders().name(file);
    if (drafts.open().stream().anyMatch(draft -> draft.file().equals(name))) {
      throw new IllegalArgumentException(
          "a change of %s waits; publish or drop it first".formatted(name));
    }
    return file;
  }

  /**
   * Brings an earlier version back into force, with all that its file held then; refused where that
   * takes another rule out of force.
   */
  public synchronized Outcome rollBack(Edition edition, String reason, Person by) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("say in a few words why the version comes back");
    }
    var file = free(edition.text());
    var refused = refused(file, edition.text());
    if (refused.isEmpty()) {
      deeds.record(
          by.name(), "rule.rolled-back", edition.rule(), edition.version() + ": " + reason);
      RuleFiles.write(file, edition.text());
      rules.approve(rules.folders().name(file), edition.text());
      rules.reload(new Editions.Publisher(by.name(), "rolled back"));
    }
    return new Outcome(refused);
  }

  /** The text of the file that a rule in force lies in. */
  public Optional<String> text(String rule) {
    return files.text(rule);
  }

  /** Where a rule in force lies, as people know it. */
  public Optional<String> file(String rule) {
    return files.file(rule);
  }

  private static void mustBeOpen(RuleDraft draft) {
    if (!draft.isOpen()) {
      throw new IllegalArgumentException(
          "the draft is %s already".formatted(draft.state().name().toLowerCase(Locale.ROOT)));
    }
  }
}
