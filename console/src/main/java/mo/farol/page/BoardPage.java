package mo.farol.page;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.account.Agencies;
import mo.farol.alert.Alert;
import mo.farol.alert.RiskBook;
import mo.farol.decision.Decisions;
import mo.farol.event.Agency;
import mo.farol.incident.Incident;
import mo.farol.incident.Incidents;
import mo.farol.ledger.AlertFilter;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.AlertRow;
import mo.farol.playbook.Run;
import mo.farol.playbook.Runs;
import mo.farol.sigma.Level;
import mo.farol.silence.SourceHealth;
import mo.farol.silence.Sources;
import mo.farol.web.Caller;

/** The first page: what waits, where, and since when. */
public final class BoardPage {
  /** One line of the agencies' table. */
  public record AgencyLine(
      String id, String name, Map<Level, Long> open, long incidents, long sources, long silent) {
    /** Alerts of a severity. */
    public long of(Level level) {
      return open.getOrDefault(level, 0L);
    }
  }

  /** A case with how far its playbooks have come. */
  public record CaseLine(Incident incident, long done, long work) {}

  /** What the template shows. */
  public record View(
      Shell shell,
      Instant asOf,
      String level,
      Map<Level, Long> open,
      List<AgencyLine> agencies,
      List<CaseLine> cases,
      List<AlertRow> newest,
      List<RiskBook.Risk> risks,
      List<SourceHealth> silent) {
    /** Points that are left of a risk after a day without an alert. */
    public static long tomorrow(RiskBook.Risk risk) {
      return Math.round(risk.after(Duration.ofDays(1)));
    }
  }

  private static final int RISKS = 5;

  private final Agencies agencies;
  private final AlertQueue alerts;
  private final Incidents incidents;
  private final Runs runs;
  private final Sources sources;
  private final Decisions decisions;
  private final InstantSource clock;

  BoardPage(
      Agencies agencies,
      AlertQueue alerts,
      Incidents incidents,
      Runs runs,
      Sources sources,
      Decisions decisions,
      InstantSource clock) {
    this.agencies = agencies;
    this.alerts = alerts;
    this.incidents = incidents;
    this.runs = runs;
    this.sources = sources;
    this.decisions = decisions;
    this.clock = clock;
  }

  void show(Context context) {
    var scope = Caller.of(context).scope();
    var shell = Shell.of(context, "board", Shell.words(context).get("board.title"));
    var health = sources.health(scope);
    var open = alerts.open(scope);
    var cases = incidents.list(true, scope, 50, Optional.empty()).items();
    var lines = cases.stream().map(i -> line(i, runs.ofIncident(i.id(), scope))).toList();
    Templates.show(
        context,
        "board",
        new View(
            shell,
            clock.instant(),
            level(open, cases),
            open,
            agencyLines(context, health, cases),
            lines,
            alerts.list(AlertFilter.open(), scope, 8, Optional.empty()).items(),
            decisions.risks("", scope, RISKS),
            health.stream().filter(SourceHealth::silent).toList()));
  }

  // Four words, not a gauge: what the worst open case or alert calls for.
  private static String level(Map<Level, Long> open, List<Incident> cases) {
    var worst =
        cases.stream().map(Incident::severity).max(Level::compareTo).orElse(Level.INFORMATIONAL);
    boolean national = cases.stream().anyMatch(i -> i.agency().equals(Alert.NATIONAL));
    if (worst == Level.CRITICAL || national && worst.isAtLeast(Level.HIGH)) {
      return "severe";
    }
    if (worst.isAtLeast(Level.HIGH)) {
      return "raised";
    }
    return open.getOrDefault(Level.MEDIUM, 0L) > 0 ? "watch" : "calm";
  }

  private static CaseLine line(Incident incident, List<Run> runs) {
    return new CaseLine(
        incident,
        runs.stream().mapToLong(Run::finished).sum(),
        runs.stream().mapToLong(Run::work).sum());
  }

  private List<AgencyLine> agencyLines(
      Context context, List<SourceHealth> health, List<Incident> cases) {
    var scope = Caller.of(context).scope();
    var open = alerts.openByAgency(scope);
    var lines = new ArrayList<AgencyLine>();
    var all = new ArrayList<>(agencies.all(scope));
    if (open.containsKey(Alert.NATIONAL)) {
      all.add(0, new Agency(Alert.NATIONAL, Shell.words(context).get("agency.national")));
    }
    for (var agency : all) {
      var own = health.stream().filter(s -> s.source().agency().equals(agency.id())).toList();
      lines.add(
          new AgencyLine(
              agency.id(),
              agency.name(),
              open.getOrDefault(agency.id(), Map.of()),
              cases.stream().filter(i -> i.agency().equals(agency.id())).count(),
              own.size(),
              own.stream().filter(SourceHealth::silent).count()));
    }
    return lines;
  }
}
