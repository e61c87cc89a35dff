package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.incident.Incident;
import mo.farol.incident.Incidents;
import mo.farol.incident.State;
import mo.farol.incident.TimelineEntry;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.AlertRow;
import mo.farol.ledger.Page;
import mo.farol.playbook.Playbook;
import mo.farol.playbook.Playbooks;
import mo.farol.playbook.Run;
import mo.farol.playbook.Runs;
import mo.farol.playbook.StepRun;
import mo.farol.report.Report;
import mo.farol.report.Reports;
import mo.farol.web.Caller;
import mo.farol.web.LiveEvent;
import mo.farol.web.Refused;

/** Cases: the list, and one with its timeline, its playbooks under way, its reports. */
public final class IncidentPage {
  /** What the list's template shows. */
  public record View(Shell shell, Page<Incident> incidents, boolean openOnly) {}

  /** What one case's template shows. */
  public record One(
      Shell shell,
      Incident incident,
      List<TimelineEntry> timeline,
      List<AlertRow> alerts,
      List<Run> runs,
      List<Playbook> playbooks,
      List<Report> reports) {
    /** Steps of a run that a person does, in reading order. */
    public static List<StepRun> work(Run run) {
      return run.steps().stream().filter(s -> s.step().isWork()).toList();
    }
  }

  private final Incidents incidents;
  private final AlertQueue alerts;
  private final Playbooks playbooks;
  private final Runs runs;
  private final Reports reports;

  IncidentPage(
      Incidents incidents, AlertQueue alerts, Playbooks playbooks, Runs runs, Reports reports) {
    this.incidents = incidents;
    this.alerts = alerts;
    this.playbooks = playbooks;
    this.runs = runs;
    this.reports = reports;
  }

  void list(Context context) {
    boolean openOnly = !Asked.text(context, "show").equals("all");
    var page =
        incidents.list(openOnly, Caller.of(context).scope(), 100, Asked.some(context, "cursor"));
    Templates.show(
        context,
        "incidents",
        new View(
            Shell.of(context, "incidents", Shell.words(context).get("incidents.title")),
            page,
            openOnly));
  }

  void show(Context context) {
    var scope = Caller.of(context).scope();
    var incident = find(context);
    var rows =
        incident.alerts().stream()
            .map(id -> alerts.get(id, scope))
            .flatMap(Optional::stream)
            .sorted(Comparator.comparing((AlertRow row) -> row.alert().raisedAt()).reversed())
            .toList();
    var shell = Shell.of(context, "incidents", incident.id() + " · " + Shown.log(incident.title()));
    Templates.show(
        context,
        "incident",
        new One(
            shell,
            incident,
            incidents.timeline(incident.id(), scope).reversed(),
            rows,
            runs.ofIncident(incident.id(), scope),
            playbooks.all(),
            reports.ofIncident(incident.id(), scope)));
  }

  void act(Context context) {
    var caller = worker(context);
    String id = find(context).id();
    switch (Asked.form(context, "act")) {
      case "note" ->
          incidents.note(id, needed(context, "text"), List.of(), caller.name(), caller.scope());
      case "state" ->
          incidents.moveTo(
              id, State.valueOf(needed(context, "state")), caller.name(), caller.scope());
      case "take" -> incidents.assign(id, caller.name(), caller.name(), caller.scope());
      case "run" -> runs.start(id, needed(context, "playbook"), caller.name(), caller.scope());
      case "report" ->
          reports.export(
              id,
              Report.Format.valueOf(needed(context, "format").toUpperCase(Locale.ROOT)),
              caller.name(),
              caller.scope());
      case String other ->
          throw new Refused(
              400, "Not understood", "'" + other + "' is nothing one does to a case.");
    }
    LiveEvent.tell(context, "incident", List.of(find(context).agency()));
    context.redirect("/incidents/" + id + anchor(context), HttpStatus.SEE_OTHER);
  }

  /** Ends a step of a run. */
  void step(Context context) {
    var caller = worker(context);
    String run = context.pathParam("run");
    String step = context.pathParam("step");
    String note = Asked.form(context, "note");
    Run changed =
        switch (Asked.form(context, "act")) {
          case "done" -> runs.complete(run, step, caller.name(), note, caller.scope());
          case "skip" -> runs.skip(run, step, caller.name(), note, caller.scope());
          case "fail" -> runs.fail(run, step, caller.name(), note, caller.scope());
          case String choice ->
              runs.decide(
                  run,
                  step,
                  choice.replaceFirst("^decide:", ""),
                  caller.name(),
                  note,
                  caller.scope());
        };
    incidents
        .get(changed.incident(), caller.scope())
        .ifPresent(i -> LiveEvent.tell(context, "run", List.of(i.agency())));
    context.redirect(
        "/incidents/" + changed.incident() + "#run-" + changed.id(), HttpStatus.SEE_OTHER);
  }

  /** A report's bytes, as they were made. */
  void report(Context context) {
    var scope = Caller.of(context).scope();
    var report =
        reports
            .get(context.pathParam("id"), scope)
            .orElseThrow(
                () -> new Refused(404, "No such report", "It never was, or is not yours to see."));
    byte[] body = reports.body(report.id(), scope).orElseThrow();
    boolean html = report.format() == Report.Format.HTML;
    // A report carries its own style and no script; its sandbox keeps even that from doing
    // anything.
    context.header(
        "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    context.header(
        "Content-Disposition",
        "attachment; filename=\"%s-report-%d.%s\""
            .formatted(report.incident(), report.number(), html ? "html" : "json"));
    context.contentType(html ? "text/html; charset=utf-8" : "application/json").result(body);
  }

  private Incident find(Context context) {
    return incidents
        .get(context.pathParam("id"), Caller.of(context).scope())
        .orElseThrow(
            () -> new Refused(404, "No such case", "It never was, or is not yours to see."));
  }

  private static Caller worker(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    return caller;
  }

  private static String needed(Context context, String name) {
    String value = Asked.form(context, name);
    if (value.isBlank()) {
      throw new Refused(400, "Something is missing", "Fill in '" + name + "'.");
    }
    return value;
  }

  private static String anchor(Context context) {
    return switch (Asked.form(context, "act")) {
      case "report" -> "#reports";
      case "note" -> "#timeline";
      default -> "";
    };
  }
}
