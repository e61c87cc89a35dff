package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.incident.Incident;
import mo.farol.incident.Incidents;
import mo.farol.incident.State;
import mo.farol.incident.TimelineEntry;
import mo.farol.sigma.Level;
import mo.farol.web.Caller;
import mo.farol.web.LiveEvent;

/** {@code /incidents}: cases and their timeline. */
final class IncidentsApi {
  private final Incidents incidents;

  IncidentsApi(Incidents incidents) {
    this.incidents = incidents;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/incidents", "Cases, latest change first.", this::list, "open", "limit", "cursor"),
        Endpoint.post(
            "/incidents", "Makes a case of alerts: {\"alerts\",\"into\"}.", this::escalate),
        Endpoint.get("/incidents/{id}", "One case.", this::one),
        Endpoint.get("/incidents/{id}/timeline", "Its history, oldest first.", this::timeline),
        Endpoint.post("/incidents/{id}/notes", "Adds a note: {\"text\"}.", this::note),
        Endpoint.patch(
            "/incidents/{id}",
            "Moves, gives or grades a case: {\"state\"}, {\"owner\"}, {\"severity\",\"reason\"}.",
            this::change));
  }

  private void list(Context context) {
    boolean openOnly = Answers.some(context, "open").filter("true"::equals).isPresent();
    var page =
        incidents.list(
            openOnly,
            Caller.of(context).scope(),
            Answers.limit(context),
            Answers.some(context, "cursor"));
    Answers.send(
        context, Answers.list(page.items(), page.next(), page.total(), IncidentsApi::tree));
  }

  private void escalate(Context context) {
    var caller = worker(context);
    var body = Answers.body(context);
    var ids = new ArrayList<String>();
    body.path("alerts").forEach(id -> ids.add(id.asText()));
    var into = Optional.of(body.path("into").asText("")).filter(i -> !i.isBlank());
    var incident =
        incidents
            .escalate(ids, into, caller.name(), caller.scope())
            .orElseThrow(() -> Answers.missing("alert or incident"));
    LiveEvent.tell(context, "incident", List.of(incident.agency()));
    Answers.send(context.status(201), tree(incident));
  }

  private void one(Context context) {
    Answers.send(context, tree(find(context)));
  }

  private void timeline(Context context) {
    var incident = find(context);
    var entries = incidents.timeline(incident.id(), Caller.of(context).scope());
    Answers.send(
        context, Answers.list(entries, Optional.empty(), entries.size(), IncidentsApi::tree));
  }

  private void note(Context context) {
    var caller = worker(context);
    incidents.note(
        find(context).id(),
        Answers.needed(Answers.body(context), "text"),
        List.of(),
        caller.name(),
        caller.scope());
    changed(context);
    Answers.send(context.status(201), tree(find(context)));
  }

  private void change(Context context) {
    var caller = worker(context);
    var body = Answers.body(context);
    String id = find(context).id();
    if (body.hasNonNull("state")) {
      incidents.moveTo(
          id,
          State.valueOf(body.path("state").asText().toUpperCase(Locale.ROOT)),
          caller.name(),
          caller.scope());
    }
    if (body.hasNonNull("owner")) {
      incidents.assign(id, body.path("owner").asText(), caller.name(), caller.scope());
    }
    if (body.hasNonNull("severity")) {
      incidents.regrade(
          id,
          Level.ofWord(body.path("severity").asText()),
          Answers.needed(body, "reason"),
          caller.name(),
          caller.scope());
    }
    changed(context);
    Answers.send(context, tree(find(context)));
  }

  private void changed(Context context) {
    LiveEvent.tell(context, "incident", List.of(find(context).agency()));
  }

  private static Caller worker(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    return caller;
  }

  private Incident find(Context context) {
    return incidents
        .get(context.pathParam("id"), Caller.of(context).scope())
        .orElseThrow(() -> Answers.missing("incident"));
  }

  private static ObjectNode tree(Incident i) {
    var node = Answers.object();
    node.put("id", i.id());
    node.put("title", i.title());
    node.put("severity", i.severity().word());
    node.put("gradeReason", i.gradeReason());
    node.put("category", i.category());
    node.put("agency", i.agency());
    node.put("state", i.state().name().toLowerCase(Locale.ROOT));
    node.put("owner", i.owner().orElse(null));
    node.put("tlp", i.tlp());
    node.put("openedAt", i.openedAt().toString());
    node.put("firstEventAt", i.firstEventAt().toString());
    node.put("lastEventAt", i.lastEventAt().toString());
    node.put("updatedAt", i.updatedAt().toString());
    node.put("exercise", i.exercise());
    node.put("lane", i.lane());
    i.alerts().forEach(node.putArray("alerts")::add);
    return node;
  }

  private static ObjectNode tree(TimelineEntry e) {
    var node = Answers.object();
    node.put("at", e.at().toString());
    node.put("kind", e.kind());
    node.put("text", e.text());
    node.put("by", e.by());
    var events = node.putArray("events");
    e.events().forEach(id -> events.add(id.toString()));
    node.put("alert", e.alert().orElse(null));
    return node;
  }
}
