package mo.farol.api;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import mo.farol.rulebook.Layer;
import mo.farol.rulebook.RuleDesk;
import mo.farol.rulebook.RuleRows;
import mo.farol.web.Caller;

/** {@code /rules}: what is in force, read anew, checked, and what of ATT&amp;CK it watches. */
final class RulesApi {
  private final RuleDesk desk;

  RulesApi(RuleDesk desk) {
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/rules", "The Sigma rules in force.", this::list, "text", "limit", "cursor")
            .answering(
                "items, each with " + RuleAnswers.ROW + " For the centre's people also refused."),
        Endpoint.get(
                "/rules/coverage",
                "What of ATT&CK the rules in force watch, by what is really sent.",
                this::coverage)
            .answering("A layer for the ATT&CK Navigator; score 2 is watched, 1 is blind."),
        Endpoint.post("/rules/reload", "Reads all rules anew, now.", this::reload)
            .answering("rules (in force), compilingMillis, stillMicros, refused."),
        Endpoint.post("/rules/check", "What would be refused of a text.", this::check)
            .answering("items, each with file, line, column, reason."));
  }

  private void list(Context context) {
    var caller = Caller.of(context);
    var rows = RuleRows.with(desk.rows(caller.scope()), Answers.some(context, "text").orElse(""));
    int limit = Answers.limit(context);
    int from =
        Answers.some(context, "cursor")
            .filter(t -> t.matches("\\d{1,7}"))
            .map(Integer::parseInt)
            .orElse(0);
    var page = rows.stream().skip(from).limit(limit).toList();
    boolean more = from + page.size() < rows.size();
    var answer =
        Answers.list(
            page,
            more ? Optional.of(Integer.toString(from + page.size())) : Optional.empty(),
            rows.size(),
            row -> RuleAnswers.tree(row, caller));
    if (caller.isOfCentre()) {
      RuleAnswers.refused(desk.rules().now().refused(), answer.putArray("refused"));
      answer.put("loadedAt", desk.rules().now().at().toString());
    }
    Answers.send(context, answer);
  }

  private void coverage(Context context) {
    var matrix = desk.matrix().matrix();
    var columns = desk.coverage(Caller.of(context).scope(), matrix);
    Answers.send(context, Layer.of(columns, matrix));
  }

  private void reload(Context context) {
    var caller = Caller.workingAtCentre(context);
    var state = desk.reload(caller.person());
    var answer =
        Answers.object()
            .put("rules", state.size())
            .put("compilingMillis", state.compiling().toMillis())
            .put("stillMicros", state.still().toNanos() / 1_000);
    RuleAnswers.refused(state.refused(), answer.putArray("refused"));
    Answers.send(context, answer);
  }

  private void check(Context context) {
    Caller.workingAtCentre(context);
    var wrong = desk.publication().check(Answers.needed(Answers.body(context), "text"));
    Answers.send(context, Answers.list(wrong, Optional.empty(), wrong.size(), RuleAnswers::tree));
  }
}
