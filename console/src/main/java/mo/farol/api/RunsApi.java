package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.playbook.Playbook;
import mo.farol.playbook.Playbooks;
import mo.farol.playbook.Run;
import mo.farol.playbook.Runs;
import mo.farol.playbook.StepRun;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /playbooks} and {@code /runs}: the library, and executions with their record. */
final class RunsApi {
  private final Playbooks playbooks;
  private final Runs runs;

  RunsApi(Playbooks playbooks, Runs runs) {
    this.playbooks = playbooks;
    this.runs = runs;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/playbooks", "The library of CACAO playbooks.", this::library),
        Endpoint.get("/playbooks/{id}", "One playbook, as its author wrote it.", this::playbook),
        Endpoint.get("/incidents/{id}/runs", "Playbooks under way on a case.", this::ofIncident),
        Endpoint.post(
            "/incidents/{id}/runs", "Starts a playbook on a case: {\"playbook\"}.", this::start),
        Endpoint.get("/runs/{id}", "One run with its record.", this::one),
        Endpoint.post(
            "/runs/{id}/steps/{step}",
            "Ends a step: {\"action\":\"done|skip|fail|decide\",\"note\",\"choice\"}.",
            this::step));
  }

  private void library(Context context) {
    var all = playbooks.all();
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), RunsApi::tree));
  }

  private void playbook(Context context) {
    var playbook =
        playbooks.get(context.pathParam("id")).orElseThrow(() -> Answers.missing("playbook"));
    context.contentType("application/json").result(playbook.text());
  }

  private void ofIncident(Context context) {
    var all = runs.ofIncident(context.pathParam("id"), Caller.of(context).scope());
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), RunsApi::tree));
  }

  private void start(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    var run =
        runs.start(
            context.pathParam("id"),
            Answers.needed(Answers.body(context), "playbook"),
            caller.name(),
            caller.scope());
    Answers.send(context.status(201), tree(run));
  }

  private void one(Context context) {
    Answers.send(
        context,
        tree(
            runs.get(context.pathParam("id"), Caller.of(context).scope())
                .orElseThrow(() -> Answers.missing("run"))));
  }

  private void step(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    var body = Answers.body(context);
    String run = context.pathParam("id");
    String step = context.pathParam("step");
    String note = body.path("note").asText("");
    Run changed =
        switch (Answers.needed(body, "action")) {
          case "done" -> runs.complete(run, step, caller.name(), note, caller.scope());
          case "skip" -> runs.skip(run, step, caller.name(), note, caller.scope());
          case "fail" -> runs.fail(run, step, caller.name(), note, caller.scope());
          case "decide" ->
              runs.decide(
                  run, step, Answers.needed(body, "choice"), caller.name(), note, caller.scope());
          default ->
              throw new Refused(400, "Not understood", "action is done, skip, fail or decide.");
        };
    Answers.send(context, tree(changed));
  }

  private static ObjectNode tree(Playbook p) {
    return Answers.object()
        .put("id", p.id())
        .put("name", p.name())
        .put("description", p.description())
        .put("modified", p.modified())
        .put("sha256", p.sha256());
  }

  private static ObjectNode tree(Run run) {
    var node = Answers.object();
    node.put("id", run.id());
    node.put("incident", run.incident());
    node.put("playbook", run.playbook());
    node.put("name", run.name());
    node.put("modified", run.modified());
    node.put("sha256", run.sha256());
    node.put("ended", run.isEnded());
    node.put("startedAt", run.startedAt().toString());
    node.put("startedBy", run.startedBy());
    var steps = node.putArray("steps");
    run.steps().forEach(s -> steps.add(tree(s)));
    return node;
  }

  private static ObjectNode tree(StepRun s) {
    var node = Answers.object();
    node.put("id", s.step().id());
    node.put("type", s.step().type());
    node.put("name", s.step().name());
    node.put("state", s.state().name().toLowerCase(Locale.ROOT));
    s.step().instructions().forEach(node.putArray("instructions")::add);
    s.choices().forEach(node.putArray("choices")::add);
    node.put("openedAt", s.openedAt().map(Object::toString).orElse(null));
    node.put("doneAt", s.doneAt().map(Object::toString).orElse(null));
    node.put("by", s.by().orElse(null));
    node.put("note", s.note().orElse(null));
    node.put("choice", s.choice().orElse(null));
    return node;
  }
}
