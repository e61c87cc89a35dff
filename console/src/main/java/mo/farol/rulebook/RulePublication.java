package mo.farol.rulebook;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import mo.farol.account.Person;
import mo.farol.ledger.Deeds;
import mo.farol.sigma.Refusal;
import mo.farol.sigma.RuleHead;

/**
 * Brings texts of rules into force: a draft as a second person publishes it, an earlier version as
 * somebody rolls back to it. One at a time.
 */
public final class RulePublication {
  /**
   * Where a text would go.
   *
   * @param file as people know it
   * @param before the text of it that is in force, or the shipped one that gives way; empty where
   *     the rule is new
   */
  public record Place(String file, String before) {}

  private final RulesInForce rules;
  private final RuleFiles files;
  private final RuleDrafts drafts;
  private final Deeds deeds;

  RulePublication(RulesInForce rules, RuleFiles files, RuleDrafts drafts, Deeds deeds) {
    this.rules = rules;
    this.files = files;
    this.drafts = drafts;
    this.deeds = deeds;
  }

  /** Whether somebody may publish a draft: who wrote none of it, once somebody answers for it. */
  public static boolean mayPublish(RuleDraft draft, Person by) {
    return draft.isOpen() && !draft.needsAuthor() && !draft.authors().contains(by.name());
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

  /**
   * Brings a draft into force, as a second person.
   *
   * @param seen {@link RuleDraft#changedAt} of the text that they read
   * @throws IllegalArgumentException where they wrote it themselves
   * @throws mo.farol.incident.Conflict where it has changed since they read it
   */
  public synchronized RuleOutcome publish(RuleDraft draft, Instant seen, Person by) {
    mustBePublishedBy(draft, seen, by);
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
    return new RuleOutcome(refused);
  }

  private static void mustBePublishedBy(RuleDraft draft, Instant seen, Person by) {
    draft.mustBeOpen();
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
  }

  // What waits in a folder lies there already.
  private static void bring(RuleDraft draft, Path file) {
    if (!draft.isOfFolder()) {
      RuleFiles.write(file, draft.text());
    }
  }

  /**
   * Brings an earlier version back into force, with all that its file held then; refused where that
   * takes another rule out of force.
   */
  public synchronized RuleOutcome rollBack(Edition edition, String reason, Person by) {
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
    return new RuleOutcome(refused);
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
}
