package mo.farol.playbook;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import mo.farol.alert.Alert;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.incident.Conflict;
import mo.farol.incident.Incident;
import mo.farol.incident.IncidentFilter;
import mo.farol.incident.Incidents;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.playbook.Ending.How;
import org.jdbi.v3.core.Handle;

/**
 * Executions of playbooks. State is rows: each transition one transaction, nothing sleeps, a
 * restart changes nothing.
 */
public final class Runs {
  private final Ledger ledger;
  private final Deeds deeds;
  private final Playbooks playbooks;
  private final Incidents incidents;
  private final InstantSource clock;
  private final StepWork steps;

  public Runs(
      Ledger ledger, Deeds deeds, Playbooks playbooks, Incidents incidents, InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.playbooks = playbooks;
    this.incidents = incidents;
    this.clock = clock;
    this.steps = new StepWork(deeds, incidents, clock);
  }

  /**
   * Starts a playbook on a case, pinned to its text of now; while a run of it is under way, gives
   * that one.
   *
   * @throws Conflict when there is no such case or playbook
   */
  public Run start(String incident, String playbookId, String by, Scope scope) {
    var playbook =
        playbooks
            .get(playbookId)
            .orElseThrow(() -> new Conflict("there is no playbook " + playbookId));
    return ledger.write(
        h -> {
          if (incidents.get(incident, scope).isEmpty()) {
            throw new Conflict("there is no case " + incident);
          }
          String id =
              underWay(h, incident, playbookId).orElseGet(() -> UUID.randomUUID().toString());
          if (RunRows.find(h, id).isEmpty()) {
            begin(h, id, incident, playbook, by);
          }
          return RunRows.find(h, id).orElseThrow();
        });
  }

  /**
   * Starts the playbook the case calls for by its techniques, rule or class; nothing where the
   * library has none. For the centre itself, when a case was opened.
   */
  public Optional<Run> answer(Incident incident) {
    return playbooks
        .answering(incidents.alerts(incident.id(), Scope.national()), incident.category())
        .map(p -> start(incident.id(), p.id(), Incidents.FAROL, Scope.national()));
  }

  /**
   * Answers every open case that has no playbook under way: what a sudden end left undone. Returns
   * how many it started.
   */
  public int answerAll() {
    var waiting =
        ledger.read(
            h ->
                h.createQuery(
                        """
                        select id from incident i where state <> 'CLOSED'
                          and not exists (select 1 from run r where r.incident = i.id)
                        """)
                    .mapTo(String.class)
                    .list());
    return (int)
        waiting.stream()
            .flatMap(id -> incidents.get(id, Scope.national()).stream())
            .flatMap(incident -> answer(incident).stream())
            .count();
  }

  private void begin(Handle h, String id, String incident, Playbook playbook, String by) {
    h.execute(
        """
        insert into run (id, incident, playbook, playbook_modified, playbook_sha256, playbook_json,
          state, started_at, started_by) values (?, ?, ?, ?, ?, ?, 'OPEN', ?, ?)
        """,
        id,
        incident,
        playbook.id(),
        playbook.modified(),
        playbook.sha256(),
        playbook.text(),
        now(),
        by);
    incidents.tellTimeline(h, incident, "step", "playbook started: " + playbook.name(), by);
    deeds.record(h, by, "run.started", id, playbook.name() + " on " + incident);
    fromCase(incident, playbook).forEach((name, value) -> StepWork.keep(h, id, name, value));
    new RunEngine(h, id, playbook, now()).start();
  }

  // What a playbook asks for and the case knows: __source_ip__ is source.ip of its alerts.
  private Map<String, String> fromCase(String incident, Playbook playbook) {
    var known =
        incidents.about(incident, Scope.national()).stream()
            .collect(
                Collectors.groupingBy(
                    e -> "__" + e.field().replace('.', '_') + "__",
                    Collectors.mapping(Alert.Entity::value, Collectors.joining(", "))));
    known.keySet().retainAll(playbook.asked());
    return known;
  }

  /** One run; empty when there is none or the scope does not see its case. */
  public Optional<Run> get(String id, Scope scope) {
    return ledger.read(
        h -> RunRows.find(h, id).filter(run -> incidents.get(run.incident(), scope).isPresent()));
  }

  /** Runs of a case, oldest first. */
  public List<Run> ofIncident(String incident, Scope scope) {
    return incidents.get(incident, scope).isEmpty()
        ? List.of()
        : ledger.read(h -> RunRows.ofIncident(h, incident));
  }

  /** Steps that can be done now, over all open cases of the scope, in order of the case's age. */
  public List<Task> open(Scope scope, int limit) {
    return incidents.list(IncidentFilter.open(), scope, 1_000, Optional.empty()).items().stream()
        .sorted(Comparator.comparing(Incident::openedAt).thenComparing(Incident::id))
        .flatMap(incident -> tasks(incident).stream())
        .limit(limit)
        .toList();
  }

  private List<Task> tasks(Incident incident) {
    return ledger.read(h -> RunRows.ofIncident(h, incident.id())).stream()
        .filter(run -> !run.isEnded())
        .flatMap(run -> run.open().stream().map(step -> task(incident, run, step)))
        .toList();
  }

  private static Task task(Incident i, Run run, StepRun step) {
    return new Task(i.id(), i.title(), i.severity(), i.agency(), run.id(), run.name(), step);
  }

  /** A person did the step. */
  public Run complete(String run, String step, String by, String note, Scope scope) {
    return complete(run, step, by, note, Map.of(), scope);
  }

  /** A person did the step and found out these values of its variables. */
  public Run complete(
      String run, String step, String by, String note, Map<String, String> values, Scope scope) {
    return end(run, step, new Ending(How.DONE, by, note, "", values), scope);
  }

  /** A person leaves the step out, with the reason. */
  public Run skip(String run, String step, String by, String reason, Scope scope) {
    if (reason.isBlank()) {
      throw new Conflict("a step is skipped with a reason");
    }
    return end(run, step, new Ending(How.SKIPPED, by, reason, "", Map.of()), scope);
  }

  /** The step could not be done: the run goes on where the playbook says for a failure. */
  public Run fail(String run, String step, String by, String reason, Scope scope) {
    return end(run, step, new Ending(How.FAILED, by, reason, "", Map.of()), scope);
  }

  /** A person decides which way a condition goes. */
  public Run decide(String run, String step, String choice, String by, String note, Scope scope) {
    return end(run, step, new Ending(How.DONE, by, note, choice, Map.of()), scope);
  }

  private Run end(String id, String step, Ending ending, Scope scope) {
    return ledger.write(
        h -> {
          var run = get(id, scope).orElseThrow(() -> new Conflict("there is no run " + id));
          steps.end(h, run, step, ending);
          return RunRows.find(h, id).orElseThrow();
        });
  }

  private static Optional<String> underWay(Handle h, String incident, String playbook) {
    return h.createQuery(
            "select id from run where incident = ? and playbook = ? and state = 'OPEN'")
        .bind(0, incident)
        .bind(1, playbook)
        .mapTo(String.class)
        .findFirst();
  }

  private long now() {
    return Micros.of(clock.instant());
  }
}
