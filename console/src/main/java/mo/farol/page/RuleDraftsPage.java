package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mo.farol.ledger.Deeds;
import mo.farol.rulebook.FilterTrialRows;
import mo.farol.rulebook.Refused;
import mo.farol.rulebook.RuleDesk;
import mo.farol.rulebook.RuleDraft;
import mo.farol.rulebook.RuleOutcome;
import mo.farol.rulebook.RulePublication;
import mo.farol.rulebook.RuleTrialRows;
import mo.farol.rulebook.TextDiff;
import mo.farol.sigma.RuleHead;
import mo.farol.sigma.RuleRef;
import mo.farol.sigma.SigmaCorrelation;
import mo.farol.sigma.SigmaRule;
import mo.farol.web.Caller;

/** Drafts of rules: the form, the check, and each step on their way into force. */
public final class RuleDraftsPage {
  private static final Pattern RULES = Pattern.compile("(?m)^(detection|correlation)\\s*:");

  /** What the form of a draft shows; number 0 is one that is not kept yet. */
  public record Form(
      Shell shell,
      long number,
      Optional<RuleDraft> draft,
      String text,
      String note,
      List<Refused> refused,
      boolean checked,
      List<RuleTrialRows.Found> found,
      Optional<FilterTrialRows.Found> filtered,
      long triedOn,
      boolean mayPublish,
      Optional<RulePublication.Place> place,
      Optional<String> published,
      List<Deeds.Deed> deeds) {
    /** Whether it is a change in a rule folder that waits. */
    public boolean ofFolder() {
      return draft.filter(RuleDraft::isOfFolder).isPresent();
    }

    /** Whether history can be searched with it: it has a rule or a correlation. */
    public boolean huntable() {
      return draft.isPresent() && RULES.matcher(text).find();
    }

    /** What publishing changes: the draft as it is kept, against what is in force. */
    public List<TextDiff.Line> diff() {
      return place
          .map(p -> TextDiff.of(p.before(), draft.map(RuleDraft::text).orElse("")))
          .orElse(List.of());
    }
  }

  private final RuleDesk desk;

  RuleDraftsPage(RuleDesk desk) {
    this.desk = desk;
  }

  /** The form of a new draft: empty, or with the text of a rule's file. */
  void blank(Context context) {
    Caller.workingAtCentre(context);
    String text = Asked.some(context, "rule").flatMap(desk::text).orElse("");
    form(context, Optional.empty(), text, "", Optional.empty());
  }

  void show(Context context) {
    Caller.workingAtCentre(context);
    var draft = find(context);
    form(context, Optional.of(draft), draft.text(), draft.note(), Optional.empty());
  }

  /** Checks or keeps what was written. */
  void write(Context context) {
    var caller = Caller.workingAtCentre(context);
    String text = Asked.form(context, "text");
    String note = Asked.form(context, "note");
    if (Asked.form(context, "act").equals("check")) {
      form(context, ifKept(context), text, note, Optional.of(desk.publication().check(text)));
      return;
    }
    var kept = ifKept(context);
    var draft =
        kept.isEmpty()
            ? desk.draft(text, note, caller.person())
            : desk.change(kept.get(), text, note, caller.person());
    context.redirect("/rules/drafts/" + draft.number(), HttpStatus.SEE_OTHER);
  }

  /** A step of a draft. */
  void step(Context context) {
    var caller = Caller.workingAtCentre(context);
    var draft = find(context);
    var outcome =
        switch (Asked.form(context, "act")) {
          case "shadow" -> desk.shadow(draft, caller.person());
          case "publish" -> desk.publication().publish(draft, seen(context), caller.person());
          case "answer" -> done(() -> desk.answer(draft, seen(context), caller.person()));
          case "unshadow" -> done(() -> desk.unshadow(draft, caller.person()));
          case "drop" -> done(() -> desk.drop(draft, caller.person()));
          case String other ->
              throw new mo.farol.web.Refused(
                  400, "Not understood", "'" + other + "' is no step of a draft.");
        };
    if (outcome.isDone()) {
      context.redirect("/rules/drafts/" + draft.number(), HttpStatus.SEE_OTHER);
    } else {
      var now = find(context);
      form(context, Optional.of(now), now.text(), now.note(), Optional.of(outcome.refused()));
    }
  }

  private static RuleOutcome done(Runnable step) {
    step.run();
    return new RuleOutcome(List.of());
  }

  // Which text was read; none that ever was where the form does not say it.
  private static Instant seen(Context context) {
    return Asked.instant(Asked.form(context, "seen")).orElse(Instant.EPOCH);
  }

  private void form(
      Context context,
      Optional<RuleDraft> draft,
      String text,
      String note,
      Optional<List<Refused>> refused) {
    var caller = Caller.of(context);
    boolean mayPublish =
        draft.filter(d -> RulePublication.mayPublish(d, caller.person())).isPresent();
    var placed = draft.filter(d -> mayPublish || d.isOpen() && d.isOfFolder());
    var shell =
        Shell.of(
            context,
            "rules",
            draft.map(RuleDraft::title).orElse(Shell.words(context).get("rules.new")));
    Templates.show(
        context,
        "draft",
        new Form(
            shell,
            draft.map(RuleDraft::number).orElse(0L),
            draft,
            text,
            note,
            refused.orElse(List.of()),
            refused.isPresent(),
            draft.map(d -> desk.trials().found(d, caller.scope())).orElse(List.of()),
            draft.flatMap(d -> desk.trials().filtered(d, caller.scope())),
            draft.map(desk.trials()::triedOn).orElse(0L),
            mayPublish,
            placed.map(desk.publication()::place),
            published(text),
            draft.map(d -> desk.deeds("draft " + d.number())).orElse(List.of())));
  }

  // The rules in force that a text is to take the place of.
  private Optional<String> published(String text) {
    var book = desk.rules().now().rules().book();
    var inForce =
        Stream.concat(
                book.rules().stream().map(SigmaRule::ref),
                book.correlations().stream().map(SigmaCorrelation::ref))
            .map(RuleRef::id)
            .collect(Collectors.toSet());
    return Optional.of(
            RuleHead.of(text, Path.of("draft.yml")).stream()
                .map(RuleHead::id)
                .filter(inForce::contains)
                .collect(Collectors.joining(",")))
        .filter(ids -> !ids.isEmpty());
  }

  private Optional<RuleDraft> ifKept(Context context) {
    String number = Asked.form(context, "number");
    return number.matches("[1-9]\\d{0,17}")
        ? desk.drafts().find(Long.parseLong(number))
        : Optional.empty();
  }

  private RuleDraft find(Context context) {
    return Optional.of(context.pathParam("number"))
        .filter(text -> text.matches("\\d{1,18}"))
        .flatMap(text -> desk.drafts().find(Long.parseLong(text)))
        .orElseThrow(
            () -> new mo.farol.web.Refused(404, "No such draft", "There is none of this number."));
  }
}
