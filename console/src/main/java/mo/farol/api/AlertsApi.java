package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import mo.farol.alert.Alert;
import mo.farol.event.Scope;
import mo.farol.ledger.AlertFilter;
import mo.farol.ledger.AlertJson;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.AlertRow;
import mo.farol.ledger.Verdict;
import mo.farol.sigma.Level;
import mo.farol.web.Caller;
import mo.farol.web.LiveEvent;
import mo.farol.web.Refused;

/** {@code /alerts}: the queue, one with its why, what people do with them. */
final class AlertsApi {
  private final AlertQueue alerts;

  AlertsApi(AlertQueue alerts) {
    this.alerts = alerts;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/alerts",
            "Alerts, newest first.",
            this::list,
            "status",
            "severity",
            "agency",
            "text",
            "lane",
            "limit",
            "cursor"),
        Endpoint.get("/alerts/{id}", "One alert with its why.", this::one),
        Endpoint.patch(
            "/alerts",
            "Acknowledges, closes or reopens alerts: {\"ids\",\"action\",\"verdict\",\"reason\"}.",
            this::change));
  }

  private void list(Context context) {
    var filter =
        new AlertFilter(
            Answers.some(context, "status").map(AlertsApi::statuses).orElse(Set.of()),
            Answers.some(context, "severity").map(Level::ofWord),
            Answers.some(context, "agency"),
            Answers.some(context, "text"),
            Answers.some(context, "lane"));
    var page =
        alerts.list(
            filter,
            Caller.of(context).scope(),
            Answers.limit(context),
            Answers.some(context, "cursor"));
    Answers.send(context, Answers.list(page.items(), page.next(), page.total(), AlertsApi::tree));
  }

  private void one(Context context) {
    var row =
        alerts
            .get(context.pathParam("id"), Caller.of(context).scope())
            .orElseThrow(() -> Answers.missing("alert"));
    Answers.send(context, tree(row));
  }

  private void change(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    var body = Answers.body(context);
    var ids = new ArrayList<String>();
    body.path("ids").forEach(id -> ids.add(id.asText()));
    int changed =
        switch (Answers.needed(body, "action")) {
          case "acknowledge" -> alerts.acknowledge(ids, caller.name(), caller.scope());
          case "close" ->
              alerts.close(
                  ids,
                  caller.name(),
                  Verdict.valueOf(Answers.needed(body, "verdict").toUpperCase(Locale.ROOT)),
                  Answers.needed(body, "reason"),
                  caller.scope());
          case "reopen" -> alerts.reopen(ids, caller.name(), caller.scope());
          default ->
              throw new Refused(400, "Not understood", "action is acknowledge, close or reopen.");
        };
    if (changed > 0) {
      LiveEvent.tell(context, "alert", agencies(ids, caller.scope()));
    }
    Answers.send(context, Answers.object().put("changed", changed));
  }

  private List<String> agencies(List<String> ids, Scope scope) {
    return ids.stream()
        .flatMap(id -> alerts.get(id, scope).stream())
        .map(row -> row.alert().agency())
        .toList();
  }

  static ObjectNode tree(AlertRow row) {
    var node = (ObjectNode) AlertJson.tree(row.alert());
    node.put("assignee", row.assignee().orElse(null));
    node.put("verdict", row.verdict().map(v -> v.name().toLowerCase(Locale.ROOT)).orElse(null));
    node.put("reason", row.reason().orElse(null));
    node.put("incident", row.incident().orElse(null));
    return node;
  }

  private static Set<Alert.Status> statuses(String words) {
    return Arrays.stream(words.split(",", -1))
        .map(w -> Alert.Status.valueOf(w.strip().toUpperCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }
}
