package mo.farol.rulebook;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.Micros;
import mo.farol.incident.Conflict;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.sigma.RuleHead;
import org.jdbi.v3.core.Handle;

/** Drafts, in the ledger. Every step is a deed. */
public final class RuleDrafts {
  /** Longest text of a draft, in characters. */
  public static final int LONGEST = 200_000;

  private static final int MOST = 500;

  private final Ledger ledger;
  private final Deeds deeds;
  private final InstantSource clock;

  RuleDrafts(Ledger ledger, Deeds deeds, InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.clock = clock;
  }

  /** Those that are open, the newest first. */
  public List<RuleDraft> open() {
    return ledger.read(
        h ->
            h.createQuery(
                    "select * from rule_draft where state in ('DRAFT', 'SHADOW') order by number"
                        + " desc")
                .map(RuleDraft::of)
                .list());
  }

  /** One, whatever became of it. */
  public Optional<RuleDraft> find(long number) {
    return ledger.read(h -> find(h, number));
  }

  /** Texts of those in shadow, by what refusals call them. */
  Map<Path, String> shadows() {
    var texts = new HashMap<Path, String>();
    open().stream()
        .filter(draft -> draft.state() == RuleDraft.State.SHADOW)
        .forEach(draft -> texts.put(Path.of(draft.name()), draft.text()));
    return texts;
  }

  /** Keeps a new one. Throws {@link IllegalArgumentException} where the text is none. */
  RuleDraft add(String text, String note, String by) {
    String title = checked(text);
    return ledger.write(
        h -> {
          mustHaveRoom(h);
          long now = Micros.of(clock.instant());
          long number =
              h.createUpdate(
                      "insert into rule_draft (state, title, text, authors, note, created_at,"
                          + " changed_at) values ('DRAFT', ?, ?, ?, ?, ?, ?)")
                  .bind(0, title)
                  .bind(1, text)
                  .bind(2, by)
                  .bind(3, note)
                  .bind(4, now)
                  .bind(5, now)
                  .executeAndReturnGeneratedKeys("number")
                  .mapTo(Long.class)
                  .one();
          deeds.record(h, by, "rule.drafted", "draft " + number, title);
          return find(h, number).orElseThrow();
        });
  }

  /** Another text; one in shadow is a draft again, since it is another rule now. */
  RuleDraft change(RuleDraft draft, String text, String note, String by) {
    String title = checked(text);
    return ledger.write(
        h -> {
          var kept =
              find(h, draft.number()).filter(RuleDraft::isOpen).orElseThrow(RuleDrafts::changed);
          var authors = new LinkedHashSet<>(kept.authors());
          authors.add(by);
          h.execute(
              "update rule_draft set state = 'DRAFT', title = ?, text = ?, authors = ?, note = ?,"
                  + " changed_at = ?, shadow_at = null where number = ? and state in ('DRAFT',"
                  + " 'SHADOW')",
              title,
              text,
              String.join("\n", authors),
              note,
              Math.max(Micros.of(clock.instant()), Micros.of(kept.changedAt()) + 1),
              draft.number());
          deeds.record(h, by, "rule.draft-changed", "draft " + draft.number(), title);
          return find(h, draft.number()).orElseThrow();
        });
  }

  /** Somebody answers for a change in a rule folder, as if they had written it. */
  void answer(RuleDraft draft, String by) {
    ledger.change(
        h -> {
          int rows =
              h.execute(
                  "update rule_draft set authors = ? where number = ? and changed_at = ? and"
                      + " authors = '' and state in ('DRAFT', 'SHADOW')",
                  by,
                  draft.number(),
                  Micros.of(draft.changedAt()));
          if (rows != 1) {
            throw changed();
          }
          deeds.record(h, by, "rule.answered-for", "draft " + draft.number(), draft.file());
        });
  }

  /** From now on it is in shadow, or no more. */
  void shadow(RuleDraft draft, boolean on, String by) {
    ledger.change(
        h -> {
          h.execute(
              "update rule_draft set state = ?, shadow_at = ? where number = ? and state in"
                  + " ('DRAFT', 'SHADOW')",
              on ? "SHADOW" : "DRAFT",
              on ? Micros.of(clock.instant()) : null,
              draft.number());
          deeds.record(
              h,
              by,
              on ? "rule.shadowed" : "rule.unshadowed",
              "draft " + draft.number(),
              draft.title());
        });
  }

  /**
   * It is published or dropped.
   *
   * @param done what belongs to it; where that fails, the draft stays as it was
   * @throws Conflict where it is another by now than the one given
   */
  void decide(RuleDraft draft, RuleDraft.State state, String by, String detail, Runnable done) {
    ledger.change(
        h -> {
          int rows =
              h.execute(
                  "update rule_draft set state = ?, decided_at = ?, decided_by = ? where number = ?"
                      + " and changed_at = ? and state in ('DRAFT', 'SHADOW')",
                  state.name(),
                  Micros.of(clock.instant()),
                  by,
                  draft.number(),
                  Micros.of(draft.changedAt()));
          if (rows != 1) {
            throw changed();
          }
          deeds.record(
              h,
              by,
              state == RuleDraft.State.PUBLISHED ? "rule.published" : "rule.draft-dropped",
              "draft " + draft.number(),
              detail);
          done.run();
        });
  }

  /** Tells that it is not the draft any more that somebody read. */
  static Conflict changed() {
    return new Conflict("the draft has changed since you read it; read it again");
  }

  private static Optional<RuleDraft> find(Handle h, long number) {
    return h.createQuery("select * from rule_draft where number = ?")
        .bind(0, number)
        .map(RuleDraft::of)
        .findOne();
  }

  /** Whether no more may be open. */
  static boolean isFull(Handle h) {
    long open =
        h.createQuery("select count(*) from rule_draft where state in ('DRAFT', 'SHADOW')")
            .mapTo(Long.class)
            .one();
    return open >= MOST;
  }

  private static void mustHaveRoom(Handle h) {
    if (isFull(h)) {
      throw new IllegalArgumentException(
          "%d drafts are open already; publish or drop some first".formatted(MOST));
    }
  }

  private static String checked(String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      throw new IllegalArgumentException("give a rule of 1 to %d characters".formatted(LONGEST));
    }
    return RuleHead.of(text, Path.of("draft.yml")).stream()
        .map(RuleHead::title)
        .filter(title -> !title.isBlank())
        .findFirst()
        .map(title -> title.length() > 200 ? title.substring(0, 200) : title)
        .orElse("?");
  }
}
