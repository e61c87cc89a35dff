package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mo.farol.ledger.Deeds;
import mo.farol.rulebook.Coverage;
import mo.farol.rulebook.RuleDraft;
import mo.farol.rulebook.RuleOutcome;
import mo.farol.rulebook.RulePublication;
import mo.farol.rulebook.RuleTrialRows;
import mo.farol.rulebook.Edition;
import mo.farol.rulebook.FilterTrialRows;
import mo.farol.rulebook.Refused;
import mo.farol.rulebook.RuleDesk;
import mo.farol.rulebook.RuleRow;
import mo.farol.rulebook.RuleRows;
import mo.farol.rulebook.RulesInForce;
import mo.farol.rulebook.TextDiff;
import mo.farol.sigma.RuleHead;
import mo.farol.sigma.RuleRef;
import mo.farol.sigma.SigmaCorrelation;
import mo.farol.sigma.SigmaRule;
import mo.farol.web.Caller;

/** The rules in operation: the list, one with its versions, drafts, and what of ATT&amp;CK. */
public final class RulesPage {
  private static final int ROWS = 200;
  private static final Pattern RULES = Pattern.compile("(?m)^(detection|correlation)\\s*:");

  /** What the list's template shows. */
  public record View(
      Shell shell,
      RulesInForce.State state,
      List<RuleDraft> drafts,
      List<RuleRow> rows,
      long total,
      String text,
      int from,
      boolean reviewed) {
    /** Where the next rows begin; absent at the end. */
    public Optional<Integer> next() {
      int end = from + rows.size();
      return end < total ? Optional.of(end) : Optional.empty();
    }
  }

  /**
   * What one rule's template shows.
   *
   * @param shown the version whose text is shown
   * @param diff against the one that is in force, or before it
   */
  public record One(
      Shell shell,
      String id,
      Optional<RuleRow> row,
      List<Edition> editions,
      Optional<Edition> shown,
      List<TextDiff.Line> diff,
      List<Deeds.Deed> deeds) {
    /** Its title, whatever became of it. */
    public String title() {
      return row.map(r -> r.ref().title())
          .or(() -> editions.stream().map(Edition::title).findFirst())
          .orElse(id);
    }
  }

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

  /** What the page of ATT&amp;CK shows. */
  public record AttackMap(Shell shell, List<Coverage.Column> columns) {}

  private final RuleDesk desk;

  RulesPage(RuleDesk desk) {
    this.desk = desk;
  }

  void list(Context context) {
    var scope = Caller.of(context).scope();
    var shell = Shell.of(context, "rules", Shell.words(context).get("rules.title"));
    String text = Asked.text(context, "text");
    int from =
        Asked.some(context, "from")
            .filter(t -> t.matches("\\d{1,7}"))
            .map(Integer::parseInt)
            .orElse(0);
    var rows = RuleRows.with(desk.rows(scope), text);
    Templates.show(
        context,
        "rules",
        new View(
            shell,
            desk.rules().now(),
            shell.isOfCentre() ? desk.drafts().open() : List.of(),
            rows.stream().skip(from).limit(ROWS).toList(),
            rows.size(),
            text,
            from,
            desk.isReviewed()));
  }

  void show(Context context) {
    String id = context.pathParam("id");
    var caller = Caller.of(context);
    var editions = desk.editions().of(id);
    var row = desk.rows(caller.scope()).stream().filter(r -> r.ref().id().equals(id)).findFirst();
    if (editions.isEmpty() && row.isEmpty()) {
      throw new mo.farol.web.Refused(
          404, "No such rule", "None of this id is in force or ever was; decisions are DRL files.");
    }
    boolean ofCentre = caller.isOfCentre();
    var shown =
        Asked.some(context, "version")
            .flatMap(v -> editions.stream().filter(e -> e.version().equals(v)).findFirst())
            .or(() -> editions.stream().findFirst());
    String title = row.map(r -> r.ref().title()).orElse(id);
    Templates.show(
        context,
        "rule",
        new One(
            Shell.of(context, "rules", title),
            id,
            row,
            editions,
            shown.filter(_ -> ofCentre),
            ofCentre ? diff(editions, shown) : List.of(),
            ofCentre ? desk.deeds(id) : List.of()));
  }

  // Of one that went, against what is in force; of the one in force, against what was before.
  private static List<TextDiff.Line> diff(List<Edition> editions, Optional<Edition> shown) {
    if (shown.isEmpty() || editions.size() < 2) {
      return List.of();
    }
    var newest = editions.getFirst();
    return shown.get().equals(newest)
        ? TextDiff.of(editions.get(1).text(), newest.text())
        : TextDiff.of(shown.get().text(), newest.text());
  }

  void act(Context context) {
    var caller = Caller.workingAtCentre(context);
    String id = context.pathParam("id");
    var edition =
        desk.editions()
            .find(id, Asked.form(context, "version"))
            .orElseThrow(
                () -> new mo.farol.web.Refused(404, "No such version", "It never was in force."));
    var outcome = desk.publication().rollBack(edition, Asked.form(context, "reason"), caller.person());
    if (!outcome.isDone()) {
      throw refused(outcome.refused());
    }
    context.redirect("/rules/" + encoded(id), HttpStatus.SEE_OTHER);
  }

  void reload(Context context) {
    desk.reload(Caller.workingAtCentre(context).person());
    context.redirect("/rules", HttpStatus.SEE_OTHER);
  }

  /** The form of a new draft: empty, or with the text of a rule's file. */
  void blank(Context context) {
    Caller.workingAtCentre(context);
    String text = Asked.some(context, "rule").flatMap(desk::text).orElse("");
    form(context, Optional.empty(), text, "", Optional.empty());
  }

  void draft(Context context) {
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

  void coverage(Context context) {
    var shell = Shell.of(context, "coverage", Shell.words(context).get("coverage.title"));
    Templates.show(
        context,
        "coverage",
        new AttackMap(shell, Coverage.of(desk.rows(Caller.of(context).scope()))));
  }

  private void form(
      Context context,
      Optional<RuleDraft> draft,
      String text,
      String note,
      Optional<List<Refused>> refused) {
    var caller = Caller.of(context);
    boolean mayPublish = draft.filter(d -> RulePublication.mayPublish(d, caller.person())).isPresent();
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

  private static mo.farol.web.Refused refused(List<Refused> refused) {
    return new mo.farol.web.Refused(422, "Refused", refused.getFirst().toString());
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

  /** A log source without the parts that are not said. */
  public static String source(String written) {
    return Stream.of(written.split("/"))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" / "));
  }

  /** Whether an id is a Sigma rule's, by its form: decisions have plain names. */
  public static boolean isSigma(String id) {
    return id.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  }

  /** An id or text as part of an address. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
