package mo.farol.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.alert.Suppression;
import mo.farol.decision.Decisions;
import mo.farol.ledger.SuppressionRule;
import mo.farol.ledger.SuppressionRules;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /exceptions} and {@code /calendars}: what keeps alerts out of the queue for a while. */
final class SuppressionsApi {
  private static final String ONE =
      """
      id, name, agency, rule, conditions, hours, from, until, reason, by, createdAt, endedAt, \
      inForce, hidden: {alerts, events, lastAt}.\
      """;
  private final Suppression.Kind kind;
  private final String path;
  private final Decisions decisions;

  SuppressionsApi(Suppression.Kind kind, Decisions decisions) {
    this.kind = kind;
    this.path = kind == Suppression.Kind.EXCEPTION ? "/exceptions" : "/calendars";
    this.decisions = decisions;
  }

  List<Endpoint> endpoints() {
    String what = kind == Suppression.Kind.EXCEPTION ? "exceptions" : "maintenance calendars";
    return List.of(
        Endpoint.get(path, "All " + what + ", with what they have hidden.", this::all)
            .answering("items, each with " + ONE),
        Endpoint.post(
                path,
                "Adds one: name, agency (* for all), rule (id, * for anything),"
                    + " conditions [{field, pattern}], hours (Sat,Sun 22:00-06:00 Asia/Macau), from"
                    + " (now), until, reason.",
                this::add)
            .answering(ONE),
        Endpoint.post(
                path + "/preview",
                "What one, described as for adding, would have hidden in the last 30 days.",
                this::preview)
            .answering("hidden, of, critical, incidents, real, newest: up to ten alerts."),
        Endpoint.delete(path + "/{id}", "Ends one before its time.", this::end));
  }

  private void all(Context context) {
    var scope = Caller.of(context).scope();
    var hidden = decisions.covers().hidden(scope);
    var all = decisions.covers().list(kind, scope);
    Answers.send(
        context,
        Answers.list(
            all, Optional.empty(), all.size(), c -> tree(c, SuppressionRules.of(c, hidden))));
  }

  private void add(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    try {
      var made =
          decisions.covers().add(cover(Answers.body(context)), caller.name(), caller.scope());
      context.status(201);
      Answers.send(context, tree(made, SuppressionRules.of(made, java.util.Map.of())));
    } catch (IllegalArgumentException e) {
      throw new Refused(400, "Not understood", String.valueOf(e.getMessage()));
    }
  }

  private void preview(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    try {
      var seen =
          decisions.covers().preview(cover(Answers.body(context)), caller.scope(), Decisions.BACK);
      var node =
          Answers.object()
              .put("hidden", seen.hidden())
              .put("of", seen.of())
              .put("critical", seen.critical())
              .put("incidents", seen.incidents())
              .put("real", seen.real());
      var newest = node.putArray("newest");
      seen.newest().forEach(row -> newest.add(AlertsApi.tree(row)));
      Answers.send(context, node);
    } catch (IllegalArgumentException e) {
      throw new Refused(400, "Not understood", String.valueOf(e.getMessage()));
    }
  }

  private void end(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    String id = context.pathParam("id");
    if (!id.matches("\\d{1,18}")
        || !decisions.covers().end(Long.parseLong(id), caller.name(), caller.scope())) {
      throw Answers.missing(kind == Suppression.Kind.EXCEPTION ? "exception" : "calendar");
    }
    context.status(204);
  }

  private SuppressionRule cover(JsonNode body) {
    var conditions = new ArrayList<SuppressionRule.Condition>();
    for (var each : body.path("conditions")) {
      conditions.add(
          new SuppressionRule.Condition(
              Answers.needed(each, "field"), Answers.needed(each, "pattern")));
    }
    var now = decisions.clock().instant();
    return new SuppressionRule(
        0,
        kind,
        body.path("name").asText(""),
        body.path("agency").asText(""),
        body.path("rule").asText(""),
        conditions,
        body.path("hours").asText(""),
        instant(body, "from").orElse(now),
        instant(body, "until").orElse(now),
        body.path("reason").asText(""),
        "",
        now,
        Optional.empty());
  }

  private static Optional<Instant> instant(JsonNode body, String name) {
    try {
      return Optional.of(body.path(name).asText("")).filter(t -> !t.isBlank()).map(Instant::parse);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(name + " is an instant such as 2026-11-24T08:00:00Z", e);
    }
  }

  private JsonNode tree(SuppressionRule c, SuppressionRules.Hidden hidden) {
    var node = Answers.object().put("id", Long.toString(c.id())).put("name", c.name());
    node.put("agency", c.agency()).put("rule", c.rule());
    var conditions = node.putArray("conditions");
    c.conditions()
        .forEach(
            each ->
                conditions.addObject().put("field", each.field()).put("pattern", each.pattern()));
    node.put("hours", c.hours())
        .put("from", c.from().toString())
        .put("until", c.until().toString())
        .put("reason", c.reason())
        .put("by", c.by())
        .put("createdAt", c.createdAt().toString())
        .put("endedAt", c.endedAt().map(Instant::toString).orElse(null))
        .put("inForce", c.isInForce(decisions.clock().instant()));
    node.putObject("hidden")
        .put("alerts", hidden.alerts())
        .put("events", hidden.events())
        .put("lastAt", hidden.lastAt().map(Instant::toString).orElse(null));
    return node;
  }
}
