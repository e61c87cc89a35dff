package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.event.Agency;
import mo.farol.onboard.Forwarder;
import mo.farol.onboard.Onboarding;
import mo.farol.onboard.Snippets;
import mo.farol.silence.SourceHealth;
import mo.farol.silence.Sources;
import mo.farol.web.Caller;

/** {@code /agencies}: who sends, and what to paste into a forwarder. */
final class AgenciesApi {
  private final Onboarding onboarding;
  private final Sources sources;

  AgenciesApi(Onboarding onboarding, Sources sources) {
    this.onboarding = onboarding;
    this.sources = sources;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/agencies", "Agencies with the state of their senders.", this::list),
        Endpoint.post("/agencies", "Adds an agency: {\"id\",\"name\"}.", this::add),
        Endpoint.get("/agencies/{id}", "One agency.", this::one),
        Endpoint.get(
            "/agencies/{id}/snippets/{forwarder}",
            "What to paste into a forwarder.",
            this::snippet,
            "host"));
  }

  private void list(Context context) {
    var scope = Caller.of(context).scope();
    var health = sources.health(scope);
    var all = onboarding.agencies().all(scope);
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), a -> tree(a, health)));
  }

  private void add(Context context) {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    var body = Answers.body(context);
    String id = Answers.needed(body, "id");
    String name = body.path("name").asText("");
    var agency = new Agency(id, name.isBlank() ? id : name);
    onboarding.agencies().add(agency, caller.name());
    Answers.send(context.status(201), tree(agency, List.of()));
  }

  private void one(Context context) {
    Answers.send(context, tree(agency(context), sources.health(Caller.of(context).scope())));
  }

  private void snippet(Context context) {
    var forwarder =
        Forwarder.named(context.pathParam("forwarder"))
            .orElseThrow(() -> Answers.missing("forwarder"));
    var reach = onboarding.reach().get();
    var asked = Answers.some(context, "host").map(reach::by).orElse(reach);
    Answers.send(
        context,
        Answers.object()
            .put("forwarder", forwarder.word())
            .put("file", forwarder.file())
            .put("promise", forwarder.promise().name().toLowerCase(Locale.ROOT))
            .put("text", Snippets.of(forwarder, agency(context).id(), asked, Optional.empty())));
  }

  private Agency agency(Context context) {
    return AskedAgency.of(context, onboarding.agencies());
  }

  private ObjectNode tree(Agency agency, List<SourceHealth> health) {
    var own = health.stream().filter(s -> s.source().agency().equals(agency.id())).toList();
    var node = Answers.object().put("id", agency.id()).put("name", agency.name());
    node.put("senders", own.size());
    node.put("silent", own.stream().filter(SourceHealth::silent).count());
    node.put("missing", own.stream().mapToLong(SourceHealth::missing).sum());
    node.put("dropped", sources.dropped(agency.id()));
    node.put(
        "lastAt",
        own.stream()
            .map(SourceHealth::lastAt)
            .max(Comparator.naturalOrder())
            .map(Object::toString)
            .orElse(null));
    return node;
  }
}
