package mo.farol.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import mo.farol.alert.Asset;
import mo.farol.alert.AssetTable;
import mo.farol.decision.Decisions;
import mo.farol.event.Scope;
import mo.farol.ledger.RulePrecision;
import mo.farol.ledger.Where;
import mo.farol.web.Caller;

/** {@code /decisions}, {@code /assets}, {@code /risk}, {@code /rules/precision}, and the covers. */
final class DecisionsApi {
  private static final String ASSET = "agency, kind, value, criticality, owner, service.";

  private final Decisions decisions;

  DecisionsApi(Decisions decisions) {
    this.decisions = decisions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/decisions", "Decision rules and tables in force, and what is not.", this::rules)
            .answering("rules, each with id, version; faults, each with file, line, message."),
        Endpoint.get("/assets", "What agencies have, as rules/assets.csv says.", this::assets)
            .answering(
                "items, each with agency, kind, value, criticality, owner, service; faults."),
        Endpoint.post(
                "/assets",
                "Adds one: agency (* for all), kind (host, user, network), value, criticality (1"
                    + " little to 5 everything), owner, service. 409 where it is there.",
                this::addAsset)
            .answering(ASSET),
        Endpoint.patch(
                "/assets",
                "Changes criticality, owner and service of the one of this agency, kind and value.",
                this::changeAsset)
            .answering(ASSET),
        Endpoint.delete("/assets", "Takes one out.", this::removeAsset, "agency", "kind", "value"),
        Endpoint.get(
                "/risk", "Hosts, users and addresses by their risk.", this::risk, "agency", "limit")
            .answering("items, each with agency, entity, score, rules, alerts, lastAt."),
        Endpoint.get(
                "/rules/precision",
                "How often rules were right, by what people found; the worst first.",
                this::precision)
            .answering("items, each with rule, right, judged, precision: (right+1)/(judged+2)."));
  }

  private void rules(Context context) {
    Caller.of(context).mustBeOfCentre();
    var book = decisions.book().get();
    var node = Answers.object();
    var rules = node.putArray("rules");
    book.rules().forEach(r -> rules.addObject().put("id", r.id()).put("version", r.version()));
    var faults = node.putArray("faults");
    decisions
        .faults()
        .forEach(
            f ->
                faults
                    .addObject()
                    .put("file", f.file())
                    .put("line", f.line())
                    .put("message", f.message()));
    Answers.send(context, node);
  }

  private void assets(Context context) {
    var scope = Caller.of(context).scope();
    var all = decisions.assets().get();
    var seen =
        all.all().stream()
            .filter(a -> a.agency().equals("*") || Where.sees(scope, a.agency()))
            .toList();
    var node = Answers.list(seen, Optional.empty(), seen.size(), DecisionsApi::asset);
    if (scope instanceof Scope.National) {
      var faults = node.putArray("faults");
      all.faults().forEach(f -> faults.add(f.toString()));
    }
    Answers.send(context, node);
  }

  private void addAsset(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    var asset = asset(Answers.body(context));
    decisions.assets().add(asset, caller.name(), caller.scope());
    context.status(201);
    Answers.send(context, asset(asset));
  }

  private void changeAsset(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    var asset = asset(Answers.body(context));
    decisions.assets().change(asset, caller.name(), caller.scope());
    Answers.send(context, asset(asset));
  }

  private void removeAsset(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    var key =
        AssetTable.key(
            Answers.some(context, "agency").orElse(""),
            Answers.some(context, "kind").orElse(""),
            Answers.some(context, "value").orElse(""));
    decisions.assets().remove(key, caller.name(), caller.scope());
    context.status(204);
  }

  private static Asset asset(JsonNode body) {
    return AssetTable.asset(
        body.path("agency").asText(""),
        body.path("kind").asText(""),
        body.path("value").asText(""),
        body.path("criticality").asText(""),
        body.path("owner").asText(""),
        body.path("service").asText(""));
  }

  private static ObjectNode asset(Asset a) {
    return Answers.object()
        .put("agency", a.agency())
        .put("kind", a.kind().name().toLowerCase(java.util.Locale.ROOT))
        .put("value", a.value())
        .put("criticality", a.criticality())
        .put("owner", a.owner())
        .put("service", a.service());
  }

  private void risk(Context context) {
    var risks =
        decisions.risks(
            Answers.some(context, "agency").orElse(""),
            Caller.of(context).scope(),
            Answers.limit(context));
    Answers.send(
        context,
        Answers.list(
            risks,
            Optional.empty(),
            risks.size(),
            r -> {
              var node = Answers.object().put("agency", r.agency());
              node.putObject("entity")
                  .put("field", r.entity().field())
                  .put("value", r.entity().value());
              node.put("score", Math.round(r.score() * 10) / 10.0).put("rules", r.rules());
              r.alerts().forEach(node.putArray("alerts")::add);
              return node.put("lastAt", r.lastAt().toString());
            }));
  }

  private void precision(Context context) {
    var all = decisions.precision().list(Caller.of(context).scope());
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), DecisionsApi::precision));
  }

  static JsonNode precision(RulePrecision.Precision p) {
    return Answers.object()
        .put("rule", p.rule())
        .put("right", p.right())
        .put("judged", p.judged())
        .put("precision", Math.round(p.smoothed() * 1000) / 1000.0);
  }
}
