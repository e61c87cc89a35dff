package mo.farol.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mo.farol.event.Scope;
import mo.farol.rulebook.Coverage;
import mo.farol.rulebook.RuleDraft;
import mo.farol.rulebook.Edition;
import mo.farol.rulebook.FilterTrialRows;
import mo.farol.rulebook.Layer;
import mo.farol.rulebook.Refused;
import mo.farol.rulebook.RuleDesk;
import mo.farol.rulebook.RuleOutcome;
import mo.farol.rulebook.RulePublication;
import mo.farol.rulebook.RuleRow;
import mo.farol.rulebook.RuleRows;
import mo.farol.web.Caller;

/** {@code /rules}: what is in force, its versions, drafts, and what of ATT&amp;CK it watches. */
final class RulesApi {
  private static final String ROW =
      """
      id, version, title, kind (rule, correlation, filter), level, source, techniques, file, \
      matches (of yours, over 24 hours since the start at most), telemetry (sent, fields-missing, \
      source-missing), unseen (fields), standing (asked, matches, meanNanos, state, noisy).\
      """;
  private static final String DRAFT =
      """
      number, state (draft, shadow, published, dropped), title, text, note, authors, file (of a \
      rule folder whose change it is; text is empty where the file went), createdAt, \
      changedAt, shadowAt, decidedBy, decidedAt, found (of its shadow: rule, version, agency, \
      matches, crossings), filtered (of a filter's shadow: triedOn, the rules in force it would \
      apply to; rules, each with filter, rule, title, agency, detections and taken, those it \
      would have taken away; alerts, each with filter, alert, title, agency, taken and events).\
      """;
  private final RuleDesk desk;

  RulesApi(RuleDesk desk) {
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/rules", "The Sigma rules in force.", this::list, "text", "limit", "cursor")
            .answering("items, each with " + ROW + " For the centre's people also refused."),
        Endpoint.get(
                "/rules/coverage",
                "What of ATT&CK the rules in force watch, by what is really sent.",
                this::coverage)
            .answering("A layer for the ATT&CK Navigator; score 2 is watched, 1 is blind."),
        Endpoint.post("/rules/reload", "Reads all rules anew, now.", this::reload)
            .answering("rules (in force), compilingMillis, stillMicros, refused."),
        Endpoint.post("/rules/check", "What would be refused of a text.", this::check)
            .answering("items, each with file, line, column, reason."),
        Endpoint.get("/rules/drafts", "Rules on their way into force.", this::drafts)
            .answering("items, each with " + DRAFT),
        Endpoint.post("/rules/drafts", "Keeps a draft: text, note.", this::draft).answering(DRAFT),
        Endpoint.get("/rules/drafts/{number}", "One draft.", this::oneDraft).answering(DRAFT),
        Endpoint.patch("/rules/drafts/{number}", "Changes its text or note.", this::change)
            .answering(DRAFT),
        Endpoint.delete("/rules/drafts/{number}", "Lets go of it.", this::drop),
        Endpoint.post(
                "/rules/drafts/{number}/shadow",
                "Runs it in shadow, counted without an alert; or no more, with on: false.",
                this::shadow)
            .answering(DRAFT),
        Endpoint.post(
                "/rules/drafts/{number}/answer",
                "Answers for a change in a rule folder; somebody else may publish it then. Needs"
                    + " changedAt of the draft as they read it: 409 where it has changed since.",
                this::answer)
            .answering(DRAFT),
        Endpoint.post(
                "/rules/drafts/{number}/publish",
                "Brings it into force; for somebody who wrote none of it. Needs changedAt of the"
                    + " draft as they read it: 409 where it has changed since, 422 where another"
                    + " rule of its file would go out of force.",
                this::publish)
            .answering(DRAFT),
        Endpoint.get("/rules/{id}", "One rule and all its versions.", this::show)
            .answering(ROW + " And versions: version, title, firstAt, lastAt, by, file."),
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
            row -> tree(row, caller));
    if (isOfCentre(caller)) {
      refused(desk.rules().now().refused(), answer.putArray("refused"));
      answer.put("loadedAt", desk.rules().now().at().toString());
    }
    Answers.send(context, answer);
  }

  private void coverage(Context context) {
    var rows = desk.rows(Caller.of(context).scope());
    Answers.send(context, Layer.of(Coverage.of(rows)));
  }

  private void reload(Context context) {
    var caller = ofCentre(context);
    var state = desk.reload(caller.person());
    var answer =
        Answers.object()
            .put("rules", state.size())
            .put("compilingMillis", state.compiling().toMillis())
            .put("stillMicros", state.still().toNanos() / 1_000);
    refused(state.refused(), answer.putArray("refused"));
    Answers.send(context, answer);
  }

  private void check(Context context) {
    ofCentre(context);
    var wrong = desk.publication().check(Answers.needed(Answers.body(context), "text"));
    Answers.send(context, Answers.list(wrong, Optional.empty(), wrong.size(), RulesApi::tree));
  }

  private void drafts(Context context) {
    Caller.of(context).mustBeOfCentre();
    var open = desk.drafts().open();
    var scope = Caller.of(context).scope();
    Answers.send(
        context, Answers.list(open, Optional.empty(), open.size(), draft -> tree(draft, scope)));
  }

  private void draft(Context context) {
    var caller = ofCentre(context);
    var body = Answers.body(context);
    var draft =
        desk.draft(Answers.needed(body, "text"), body.path("note").asText(""), caller.person());
    context.status(201);
    Answers.send(context, tree(draft, caller.scope()));
  }

  private void oneDraft(Context context) {
    Caller.of(context).mustBeOfCentre();
    Answers.send(context, tree(find(context), Caller.of(context).scope()));
  }

  private void change(Context context) {
    var caller = ofCentre(context);
    var draft = find(context);
    var body = Answers.body(context);
    var changed =
        desk.change(
            draft,
            body.path("text").asText(draft.text()),
            body.path("note").asText(draft.note()),
            caller.person());
    Answers.send(context, tree(changed, caller.scope()));
  }

  private void drop(Context context) {
    var caller = ofCentre(context);
    desk.drop(find(context), caller.person());
    context.status(204);
  }

  private void shadow(Context context) {
    var caller = ofCentre(context);
    var draft = find(context);
    boolean on = context.body().isBlank() || Answers.body(context).path("on").asBoolean(true);
    if (on) {
      must(desk.shadow(draft, caller.person()));
    } else {
      desk.unshadow(draft, caller.person());
    }
    Answers.send(context, tree(find(context), caller.scope()));
  }

  private void answer(Context context) {
    var caller = ofCentre(context);
    desk.answer(find(context), changedAt(Answers.body(context)), caller.person());
    Answers.send(context, tree(find(context), caller.scope()));
  }

  private void publish(Context context) {
    var caller = ofCentre(context);
    var draft = find(context);
    if (draft.isOpen() && !draft.needsAuthor() && !RulePublication.mayPublish(draft, caller.person())) {
      throw new mo.farol.web.Refused(
          403, "Not allowed", "Whoever wrote a rule does not publish it: ask a second person.");
    }
    must(desk.publication().publish(draft, changedAt(Answers.body(context)), caller.person()));
    Answers.send(context, tree(find(context), caller.scope()));
  }

  private static Instant changedAt(JsonNode body) {
    try {
      return Instant.parse(Answers.needed(body, "changedAt"));
    } catch (DateTimeException e) {
      throw new mo.farol.web.Refused(
          400, "Not understood", "changedAt is what the draft says, such as 2026-11-24T08:00:00Z.");
    }
  }

  private void show(Context context) {
    var caller = Caller.of(context);
    String id = context.pathParam("id");
    var editions = desk.editions().of(id);
    var row = desk.rows(caller.scope()).stream().filter(r -> r.ref().id().equals(id)).findFirst();
    if (editions.isEmpty() && row.isEmpty()) {
      throw Answers.missing("rule");
    }
    var answer = row.map(r -> tree(r, caller)).orElseGet(() -> Answers.object().put("id", id));
    answer.put("inForce", row.isPresent());
    var versions = answer.putArray("versions");
    editions.forEach(edition -> versions.add(tree(edition, caller)));
    Answers.send(context, answer);
  }

  private void version(Context context) {
    var caller = Caller.of(context);
    var edition = edition(context.pathParam("id"), context.pathParam("version"));
    var answer = tree(edition, caller);
    if (isOfCentre(caller)) {
      answer.put("text", edition.text());
    }
    Answers.send(context, answer);
  }

  private void rollBack(Context context) {
    var caller = ofCentre(context);
    var body = Answers.body(context);
    var edition = edition(context.pathParam("id"), Answers.needed(body, "version"));
    must(desk.publication().rollBack(edition, Answers.needed(body, "reason"), caller.person()));
    Answers.send(context, tree(edition(edition.rule(), edition.version()), caller));
  }

  private static void must(RuleOutcome outcome) {
    if (!outcome.isDone()) {
      throw new mo.farol.web.Refused(
          422,
          "Refused",
          outcome.refused().stream().map(Refused::toString).collect(Collectors.joining("; ")));
    }
  }

  private static Caller ofCentre(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    caller.mustBeOfCentre();
    return caller;
  }

  private static boolean isOfCentre(Caller caller) {
    return caller.person().agency().isEmpty();
  }

  private RuleDraft find(Context context) {
    return Optional.of(context.pathParam("number"))
        .filter(text -> text.matches("\\d{1,18}"))
        .flatMap(text -> desk.drafts().find(Long.parseLong(text)))
        .orElseThrow(() -> Answers.missing("draft"));
  }

  private Edition edition(String rule, String version) {
    return desk.editions().find(rule, version).orElseThrow(() -> Answers.missing("version"));
  }

  private static ObjectNode tree(RuleRow row, Caller caller) {
    var node =
        Answers.object()
            .put("id", row.ref().id())
            .put("version", row.ref().version())
            .put("title", row.ref().title())
            .put("kind", row.kind())
            .put("level", row.level().map(level -> level.word()).orElse(null))
            .put("source", row.source())
            .put("matches", row.matches())
            .put("telemetry", row.telemetry().word());
    var techniques = node.putArray("techniques");
    row.techniques().forEach(techniques::add);
    var unseen = node.putArray("unseen");
    row.unseen().forEach(unseen::add);
    if (isOfCentre(caller)) {
      node.put("file", row.file());
      row.standing()
          .ifPresent(
              s ->
                  node.putObject("standing")
                      .put("asked", s.asked())
                      .put("matches", s.matches())
                      .put("meanNanos", s.meanNanos())
                      .put("state", s.state().name())
                      .put("noisy", s.isNoisy()));
    }
    return node;
  }

  private static ObjectNode tree(Edition edition, Caller caller) {
    var node =
        Answers.object()
            .put("version", edition.version())
            .put("title", edition.title())
            .put("kind", edition.kind())
            .put("firstAt", edition.firstAt().toString())
            .put("lastAt", edition.lastAt().map(Object::toString).orElse(null));
    if (isOfCentre(caller)) {
      node.put("author", edition.author()).put("file", edition.file()).put("by", edition.by());
    }
    return node;
  }

  private ObjectNode tree(RuleDraft draft, Scope scope) {
    var node =
        Answers.object()
            .put("number", draft.number())
            .put("state", draft.state().name().toLowerCase(java.util.Locale.ROOT))
            .put("title", draft.title())
            .put("text", draft.text())
            .put("note", draft.note())
            .put("file", draft.file())
            .put("createdAt", draft.createdAt().toString())
            .put("changedAt", draft.changedAt().toString())
            .put("shadowAt", draft.shadowAt().map(Object::toString).orElse(null))
            .put("decidedAt", draft.decidedAt().map(Object::toString).orElse(null))
            .put("decidedBy", draft.decidedBy().orElse(null));
    var authors = node.putArray("authors");
    draft.authors().forEach(authors::add);
    var found = node.putArray("found");
    desk.trials().found(draft, scope)
        .forEach(
            f ->
                found
                    .addObject()
                    .put("rule", f.rule())
                    .put("version", f.version())
                    .put("agency", f.agency())
                    .put("matches", f.matches())
                    .put("crossings", f.crossings()));
    desk.trials().filtered(draft, scope)
        .ifPresent(
            trial -> put(trial, node.putObject("filtered").put("triedOn", desk.trials().triedOn(draft))));
    return node;
  }

  private static void put(FilterTrialRows.Found trial, ObjectNode into) {
    var rules = into.putArray("rules");
    trial
        .rules()
        .forEach(
            r ->
                rules
                    .addObject()
                    .put("filter", r.filter())
                    .put("rule", r.rule())
                    .put("title", r.title())
                    .put("agency", r.agency())
                    .put("detections", r.detections())
                    .put("taken", r.taken()));
    var alerts = into.putArray("alerts");
    trial
        .alerts()
        .forEach(
            a ->
                alerts
                    .addObject()
                    .put("filter", a.filter())
                    .put("alert", a.alert())
                    .put("title", a.title())
                    .put("agency", a.agency())
                    .put("taken", a.taken())
                    .put("events", a.events()));
  }

  private static void refused(List<Refused> all, ArrayNode into) {
    all.forEach(each -> into.add(tree(each)));
  }

  private static ObjectNode tree(Refused refused) {
    return Answers.object()
        .put("file", refused.file())
        .put("line", refused.refusal().line())
        .put("column", refused.refusal().column())
        .put("reason", refused.refusal().reason())
        .put("beforeInForce", refused.before());
  }
}
