package mo.farol.page;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mo.farol.alert.Alert;
import mo.farol.alert.RiskBook;
import mo.farol.alert.WhyStep;
import mo.farol.decision.Decisions;
import mo.farol.event.Event;
import mo.farol.event.Scope;
import mo.farol.incident.Incidents;
import mo.farol.ledger.AlertFilter;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.AlertRow;
import mo.farol.ledger.Page;
import mo.farol.ledger.RulePrecision;
import mo.farol.ledger.Verdict;
import mo.farol.search.EventReader;
import mo.farol.search.Search;
import mo.farol.search.Splitting;
import mo.farol.sigma.Level;
import mo.farol.web.Caller;
import mo.farol.web.LiveEvent;
import mo.farol.web.Refused;

/** The alert queue, and one alert with its why. */
public final class AlertsPage {
  private static final int ROWS = 100;
  private static final int EVENTS = 50;

  /** What the queue's template shows. */
  public record View(
      Shell shell, Page<AlertRow> alerts, String status, String level, String text, String agency) {
    /** Whether a decision says that the reader is told. */
    public boolean isForMe(Alert alert) {
      return shell.person().filter(p -> alert.told().contains(p.name())).isPresent();
    }

    /** Where all stand that the reader is told of. */
    public String forMe() {
      return "/alerts?status=all&text="
          + encoded(shell.person().map(p -> AlertFilter.toldTo(p.name())).orElse(""));
    }

    /** The address of the same question with another status, from a cursor where one is given. */
    public String at(String otherStatus, String cursor) {
      return "/alerts?status=%s&level=%s&agency=%s&text=%s&cursor=%s"
          .formatted(
              encoded(otherStatus),
              encoded(level),
              encoded(agency),
              encoded(text),
              encoded(cursor));
    }

    private static String encoded(String value) {
      return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The first things an alert is about, a line each. */
    public static List<String> entities(Alert alert) {
      return alert.entities().stream()
          .map(Alert.Entity::value)
          .distinct()
          .limit(3)
          .map(value -> Shown.log(value, 60))
          .toList();
    }
  }

  /** What one alert's template shows. */
  public record One(
      Shell shell,
      AlertRow row,
      List<Event> events,
      long left,
      RulePrecision.Precision precision,
      Map<Alert.Entity, RiskBook.Risk> risks) {
    private static final Duration AROUND = Duration.ofHours(1);

    /** Everything that names this, from an hour before the alert's events to an hour after. */
    public String search(Alert.Entity entity) {
      var alert = row.alert();
      return new SearchPage.Question(
              Splitting.clause(entity.field(), entity.value()),
              "",
              alert.firstAt().minus(AROUND),
              alert.lastAt().plus(AROUND),
              true)
          .at("/search", Map.of());
    }

    /** Where an exception about this begins. */
    public String except(Alert.Entity entity) {
      return "/decisions?tab=exceptions&agency=%s&rule=%s&field=%s&pattern=%s"
          .formatted(
              View.encoded(row.alert().agency()),
              View.encoded(row.alert().rule().id()),
              View.encoded(entity.field()),
              View.encoded(entity.value()));
    }

    /** Fields that matched, for the events' lines. */
    public List<String> fields() {
      return row.alert().steps().stream()
          .filter(step -> step.kind() == WhyStep.Kind.DETECTION)
          .flatMap(step -> step.matches().stream())
          .map(WhyStep.Match::field)
          .distinct()
          .limit(4)
          .toList();
    }
  }

  private final AlertQueue alerts;
  private final Incidents incidents;
  private final Search search;
  private final Decisions decisions;

  AlertsPage(AlertQueue alerts, Incidents incidents, Search search, Decisions decisions) {
    this.decisions = decisions;
    this.alerts = alerts;
    this.incidents = incidents;
    this.search = search;
  }

  void list(Context context) {
    String status = Asked.some(context, "status").orElse("open");
    String level = Asked.text(context, "level");
    var filter =
        new AlertFilter(
            statuses(status),
            level(level),
            Asked.some(context, "agency"),
            Asked.some(context, "text"),
            Optional.empty());
    var page = alerts.list(filter, Caller.of(context).scope(), ROWS, Asked.some(context, "cursor"));
    var shell = Shell.of(context, "alerts", Shell.words(context).get("alerts.title"));
    Templates.show(
        context,
        "alerts",
        new View(
            shell,
            page,
            status,
            level,
            Asked.text(context, "text"),
            Asked.text(context, "agency")));
  }

  void show(Context context) {
    var scope = Caller.of(context).scope();
    var row =
        alerts
            .get(context.pathParam("id"), scope)
            .orElseThrow(
                () -> new Refused(404, "No such alert", "It never was, or is not yours to see."));
    var ids = row.alert().events();
    var events =
        ids.reversed().stream()
            .limit(EVENTS)
            .map(id -> search.event(id, scope))
            .flatMap(Optional::stream)
            .map(EventReader.Recalled::event)
            .sorted(Comparator.comparing(Event::occurredAt).reversed())
            .toList();
    var shell = Shell.of(context, "alerts", row.alert().title());
    Templates.show(
        context,
        "alert",
        new One(
            shell,
            row,
            events,
            Math.max(0, row.alert().count() - events.size()),
            decisions.precision().of(row.alert().rule().id(), scope),
            risks(row.alert())));
  }

  private Map<Alert.Entity, RiskBook.Risk> risks(Alert alert) {
    var risks = new HashMap<Alert.Entity, RiskBook.Risk>();
    var now = decisions.clock().instant();
    for (var entity : alert.entities()) {
      decisions.risk().of(alert.agency(), entity, now).ifPresent(r -> risks.put(entity, r));
    }
    return risks;
  }

  void act(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    List<String> ids = context.formParams("id");
    String back = Asked.ownPath(Asked.form(context, "next"));
    switch (Asked.form(context, "act")) {
      case "acknowledge" -> alerts.acknowledge(ids, caller.name(), caller.scope());
      case "close" -> close(context, caller, ids);
      case "reopen" -> alerts.reopen(ids, caller.name(), caller.scope());
      case "escalate" -> back = escalate(context, caller, ids, back);
      case String other ->
          throw new Refused(
              400, "Not understood", "'" + other + "' is nothing one does to alerts.");
    }
    LiveEvent.tell(context, "alert", agencies(ids, caller.scope()));
    context.redirect(back, io.javalin.http.HttpStatus.SEE_OTHER);
  }

  private List<String> agencies(List<String> ids, Scope scope) {
    return ids.stream()
        .flatMap(id -> alerts.get(id, scope).stream())
        .map(row -> row.alert().agency())
        .toList();
  }

  private void close(Context context, Caller caller, List<String> ids) {
    String reason = Asked.form(context, "reason");
    if (reason.isBlank()) {
      throw new Refused(
          400, "A reason is missing", "Say in a few words why the alerts are closed.");
    }
    alerts.close(
        ids,
        caller.name(),
        Verdict.valueOf(Asked.form(context, "verdict")),
        reason,
        caller.scope());
  }

  private String escalate(Context context, Caller caller, List<String> ids, String back) {
    var into = Optional.of(Asked.form(context, "into")).filter(i -> !i.isBlank());
    return incidents
        .escalate(ids, into, caller.name(), caller.scope())
        .map(i -> "/incidents/" + i.id())
        .orElse(back);
  }

  private static Set<Alert.Status> statuses(String status) {
    return switch (status) {
      case "open" -> Set.of(Alert.Status.OPEN, Alert.Status.ACKNOWLEDGED);
      case "new" -> Set.of(Alert.Status.OPEN);
      case "closed" -> Set.of(Alert.Status.CLOSED);
      case "suppressed" -> Set.of(Alert.Status.SUPPRESSED);
      default -> Set.of();
    };
  }

  private static Optional<Level> level(String word) {
    try {
      return word.isBlank() ? Optional.empty() : Optional.of(Level.ofWord(word));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
