package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mo.farol.attack.MatrixFile;
import mo.farol.ledger.Deeds;
import mo.farol.rulebook.Coverage;
import mo.farol.rulebook.Edition;
import mo.farol.rulebook.Refused;
import mo.farol.rulebook.RuleDesk;
import mo.farol.rulebook.RuleDraft;
import mo.farol.rulebook.RuleRow;
import mo.farol.rulebook.RuleRows;
import mo.farol.rulebook.RulesInForce;
import mo.farol.rulebook.TextDiff;
import mo.farol.web.Caller;

/** The rules in operation: the list, one with its versions, and what of ATT&amp;CK. */
public final class RulesPage {
  private static final int ROWS = 200;

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

  /** What the page of ATT&amp;CK shows. */
  public record AttackMap(Shell shell, List<Coverage.Column> columns, MatrixFile.Known known) {}

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
    var outcome =
        desk.publication().rollBack(edition, Asked.form(context, "reason"), caller.person());
    if (!outcome.isDone()) {
      throw refused(outcome.refused());
    }
    context.redirect("/rules/" + encoded(id), HttpStatus.SEE_OTHER);
  }

  void reload(Context context) {
    desk.reload(Caller.workingAtCentre(context).person());
    context.redirect("/rules", HttpStatus.SEE_OTHER);
  }

  void coverage(Context context) {
    var shell = Shell.of(context, "coverage", Shell.words(context).get("coverage.title"));
    var known = desk.matrix();
    var columns = desk.coverage(Caller.of(context).scope(), known.matrix());
    Templates.show(context, "coverage", new AttackMap(shell, columns, known));
  }

  private static mo.farol.web.Refused refused(List<Refused> refused) {
    return new mo.farol.web.Refused(422, "Refused", refused.getFirst().toString());
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
