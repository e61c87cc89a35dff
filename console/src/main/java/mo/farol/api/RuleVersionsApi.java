package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import mo.farol.rulebook.Edition;
import mo.farol.rulebook.RuleDesk;
import mo.farol.web.Caller;

/** {@code /rules/{id}}: one rule, every version of it, and the way back to an earlier one. */
final class RuleVersionsApi {
  private final RuleDesk desk;

  RuleVersionsApi(RuleDesk desk) {
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/rules/{id}", "One rule and all its versions.", this::show)
            .answering(
                RuleAnswers.ROW + " And versions: version, title, firstAt, lastAt, by, file."),
        Endpoint.get(
                "/rules/{id}/versions/{version}",
                "One version, with the text of its file.",
                this::version)
            .answering("version, title, firstAt, lastAt, by, file, text."),
        Endpoint.post(
                "/rules/{id}/rollback",
                "Brings an earlier version back into force: version, reason. 422 where another"
                    + " rule of its file would go out of force.",
                this::rollBack)
            .answering("The version."));
  }

  private void show(Context context) {
    var caller = Caller.of(context);
    String id = context.pathParam("id");
    var editions = desk.editions().of(id);
    var row = desk.rows(caller.scope()).stream().filter(r -> r.ref().id().equals(id)).findFirst();
    if (editions.isEmpty() && row.isEmpty()) {
      throw Answers.missing("rule");
    }
    var answer =
        row.map(r -> RuleAnswers.tree(r, caller)).orElseGet(() -> Answers.object().put("id", id));
    answer.put("inForce", row.isPresent());
    var versions = answer.putArray("versions");
    editions.forEach(edition -> versions.add(tree(edition, caller)));
    Answers.send(context, answer);
  }

  private void version(Context context) {
    var caller = Caller.of(context);
    var edition = edition(context.pathParam("id"), context.pathParam("version"));
    var answer = tree(edition, caller);
    if (caller.isOfCentre()) {
      answer.put("text", edition.text());
    }
    Answers.send(context, answer);
  }

  private void rollBack(Context context) {
    var caller = Caller.workingAtCentre(context);
    var body = Answers.body(context);
    var edition = edition(context.pathParam("id"), Answers.needed(body, "version"));
    RuleAnswers.mustBeDone(
        desk.publication().rollBack(edition, Answers.needed(body, "reason"), caller.person()));
    Answers.send(context, tree(edition(edition.rule(), edition.version()), caller));
  }

  private Edition edition(String rule, String version) {
    return desk.editions().find(rule, version).orElseThrow(() -> Answers.missing("version"));
  }

  private static ObjectNode tree(Edition edition, Caller caller) {
    var node =
        Answers.object()
            .put("version", edition.version())
            .put("title", edition.title())
            .put("kind", edition.kind())
            .put("firstAt", edition.firstAt().toString())
            .put("lastAt", edition.lastAt().map(Object::toString).orElse(null));
    if (caller.isOfCentre()) {
      node.put("author", edition.author()).put("file", edition.file()).put("by", edition.by());
    }
    return node;
  }
}
