package mo.farol.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.event.Scope;
import mo.farol.rulebook.FilterTrialRows;
import mo.farol.rulebook.RuleDesk;
import mo.farol.rulebook.RuleDraft;
import mo.farol.rulebook.RulePublication;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /rules/drafts}: rules on their way into force, step by step. */
final class RuleDraftsApi {
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

  RuleDraftsApi(RuleDesk desk) {
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/rules/drafts", "Rules on their way into force.", this::list)
            .answering("items, each with " + DRAFT),
        Endpoint.post("/rules/drafts", "Keeps a draft: text, note.", this::add).answering(DRAFT),
        Endpoint.get("/rules/drafts/{number}", "One draft.", this::show).answering(DRAFT),
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
            .answering(DRAFT));
  }

  private void list(Context context) {
    Caller.of(context).mustBeOfCentre();
    var open = desk.drafts().open();
    var scope = Caller.of(context).scope();
    Answers.send(
        context, Answers.list(open, Optional.empty(), open.size(), draft -> tree(draft, scope)));
  }

  private void add(Context context) {
    var caller = Caller.workingAtCentre(context);
    var body = Answers.body(context);
    var draft =
        desk.draft(Answers.needed(body, "text"), body.path("note").asText(""), caller.person());
    context.status(201);
    Answers.send(context, tree(draft, caller.scope()));
  }

  private void show(Context context) {
    Caller.of(context).mustBeOfCentre();
    Answers.send(context, tree(find(context), Caller.of(context).scope()));
  }

  private void change(Context context) {
    var caller = Caller.workingAtCentre(context);
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
    var caller = Caller.workingAtCentre(context);
    desk.drop(find(context), caller.person());
    context.status(204);
  }

  private void shadow(Context context) {
    var caller = Caller.workingAtCentre(context);
    var draft = find(context);
    boolean on = context.body().isBlank() || Answers.body(context).path("on").asBoolean(true);
    if (on) {
      RuleAnswers.mustBeDone(desk.shadow(draft, caller.person()));
    } else {
      desk.unshadow(draft, caller.person());
    }
    Answers.send(context, tree(find(context), caller.scope()));
  }

  private void answer(Context context) {
    var caller = Caller.workingAtCentre(context);
    desk.answer(find(context), changedAt(Answers.body(context)), caller.person());
    Answers.send(context, tree(find(context), caller.scope()));
  }

  private void publish(Context context) {
    var caller = Caller.workingAtCentre(context);
    var draft = find(context);
    if (draft.isOpen()
        && !draft.needsAuthor()
        && !RulePublication.mayPublish(draft, caller.person())) {
      throw new Refused(
          403, "Not allowed", "Whoever wrote a rule does not publish it: ask a second person.");
    }
    RuleAnswers.mustBeDone(
        desk.publication().publish(draft, changedAt(Answers.body(context)), caller.person()));
    Answers.send(context, tree(find(context), caller.scope()));
  }

  private static Instant changedAt(JsonNode body) {
    try {
      return Instant.parse(Answers.needed(body, "changedAt"));
    } catch (DateTimeException e) {
      throw new Refused(
          400, "Not understood", "changedAt is what the draft says, such as 2026-11-24T08:00:00Z.");
    }
  }

  private RuleDraft find(Context context) {
    return Optional.of(context.pathParam("number"))
        .filter(text -> text.matches("\\d{1,18}"))
        .flatMap(text -> desk.drafts().find(Long.parseLong(text)))
        .orElseThrow(() -> Answers.missing("draft"));
  }

  private ObjectNode tree(RuleDraft draft, Scope scope) {
    var node =
        Answers.object()
            .put("number", draft.number())
            .put("state", draft.state().name().toLowerCase(Locale.ROOT))
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
    desk.trials()
        .found(draft, scope)
        .forEach(
            f ->
                found
                    .addObject()
                    .put("rule", f.rule())
                    .put("version", f.version())
                    .put("agency", f.agency())
                    .put("matches", f.matches())
                    .put("crossings", f.crossings()));
    desk.trials()
        .filtered(draft, scope)
        .ifPresent(
            trial ->
                put(
                    trial,
                    node.putObject("filtered").put("triedOn", desk.trials().triedOn(draft))));
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
}
