package mo.farol.playbook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.incident.Conflict;
import mo.farol.incident.Incidents;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.jdbi.v3.core.Handle;

/**
 * Executions of playbooks. State is rows: each transition one transaction, nothing sleeps, a
 * restart changes nothing.
 */
public final class Runs {
  /** How a person ends a step. */
  private enum Ending {
    DONE("done"),
    SKIPPED("skipped"),
    FAILED("failed");

    private final String word;

    Ending(String word) {
      this.word = word;
    }
  }

  private final Ledger ledger;
  private final Deeds deeds;
  private final Playbooks playbooks;
  private final Incidents incidents;
  private final InstantSource clock;

  public Runs(
      Ledger ledger, Deeds deeds, Playbooks playbooks, Incidents incidents, InstantSource clock) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.playbooks = playbooks;
    this.incidents = incidents;
    this.clock = clock;
  }

  /**
   * Starts a playbook on a case; the same playbook twice gives the run that is there.
   *
   * @throws Conflict when there is no such case or playbook
   */
  public Run start(String incident, String playbookId, String by, Scope scope) {
    if (incidents.get(incident, scope).isEmpty()) {
      throw new Conflict("there is no case " + incident);
    }
    var playbook =
        playbooks
            .get(playbookId)
            .orElseThrow(() -> new Conflict("there is no playbook " + playbookId));
    String id =
        UUID.nameUUIDFromBytes((incident + "\n" + playbookId).getBytes(StandardCharsets.UTF_8))
            .toString();
    ledger.change(
        h -> {
          int added =
              h.execute(
                  "insert or ignore into run (id, incident, playbook, playbook_modified,"
                      + " playbook_sha256, playbook_json, state, started_at, started_by) values (?,"
                      + " ?, ?, ?, ?, ?, 'OPEN', ?, ?)",
                  id,
                  incident,
                  playbookId,
                  playbook.modified(),
                  playbook.sha256(),
                  playbook.text(),
                  now(),
                  by);
          if (added > 0) {
            incidents.tellTimeline(h, incident, "step", "playbook started: " + playbook.name(), by);
            deeds.record(h, by, "run.started", id, playbook.name() + " on " + incident);
            new Advance(h, id, playbook).from(playbook.start());
          }
        });
    return get(id, scope).orElseThrow();
  }

  /** One run; empty when there is none or the scope does not see its case. */
  public Optional<Run> get(String id, Scope scope) {
    return ledger
        .read(h -> find(h, id))
        .filter(run -> incidents.get(run.incident(), scope).isPresent());
  }

  /** Runs of a case, oldest first. */
  public List<Run> ofIncident(String incident, Scope scope) {
    if (incidents.get(incident, scope).isEmpty()) {
      return List.of();
    }
    return ledger.read(
        h ->
            h
                .createQuery("select id from run where incident = ? order by started_at, id")
                .bind(0, incident)
                .mapTo(String.class)
                .list()
                .stream()
                .map(id -> find(h, id))
                .flatMap(Optional::stream)
                .toList());
  }

  /** A person did the step. */
  public Run complete(String run, String step, String by, String note, Scope scope) {
    return end(run, step, Ending.DONE, by, note, "", scope);
  }

  /** A person leaves the step out, with the reason. */
  public Run skip(String run, String step, String by, String reason, Scope scope) {
    if (reason.isBlank()) {
      throw new Conflict("a step is skipped with a reason");
    }
    return end(run, step, Ending.SKIPPED, by, reason, "", scope);
  }

  /** The step could not be done: the run goes on where the playbook says for a failure. */
  public Run fail(String run, String step, String by, String reason, Scope scope) {
    return end(run, step, Ending.FAILED, by, reason, "", scope);
  }

  /** A person decides which way a condition goes. */
  public Run decide(String run, String step, String choice, String by, String note, Scope scope) {
    return end(run, step, Ending.DONE, by, note, choice, scope);
  }

  private Run end(
      String id, String stepId, Ending ending, String by, String note, String choice, Scope scope) {
    var run = get(id, scope).orElseThrow(() -> new Conflict("there is no run " + id));
    ledger.change(
        h -> {
          var playbook = pinned(h, id);
          var step =
              playbook
                  .step(stepId)
                  .orElseThrow(() -> new Conflict("the playbook has no step " + stepId));
          if (step.isDecision() && ending == Ending.DONE && !step.branches().containsKey(choice)) {
            throw new Conflict("decide between " + String.join(", ", step.branches().keySet()));
          }
          int changed =
              h.execute(
                  "update step_run set state = ?, done_at = ?, by_whom = ?, note = ?, choice = ?"
                      + " where run = ? and step = ? and state = 'OPEN'",
                  ending.name(),
                  now(),
                  by,
                  note,
                  choice.isEmpty() ? null : choice,
                  id,
                  stepId);
          if (changed == 0) {
            throw new Conflict("somebody else ended this step first, or it is not open yet");
          }
          record(h, run, step, ending, by, note, choice);
          new Advance(h, id, playbook).from(following(step, ending, choice));
        });
    return get(id, scope).orElseThrow();
  }

  private void record(
      Handle h, Run run, Step step, Ending ending, String by, String note, String choice) {
    String text =
        step.name()
            + ": "
            + ending.word
            + (choice.isEmpty() ? "" : " (" + choice + ")")
            + (note.isBlank() ? "" : " — " + note);
    incidents.tellTimeline(h, run.incident(), "step", text, by);
    deeds.record(h, by, "step." + ending.word, run.id() + "/" + step.id(), note);
  }

  private static String following(Step step, Ending ending, String choice) {
    if (ending == Ending.FAILED && !step.onFailure().isEmpty()) {
      return step.onFailure();
    }
    String branch = step.branches().getOrDefault(choice, "");
    return branch.isEmpty() ? step.onDone() : branch;
  }

  /**
   * Opens what comes next: steps over those no person does, into every branch of a parallel step.
   */
  private final class Advance {
    private final Handle h;
    private final String run;
    private final Playbook playbook;
    private final Set<String> seen = new HashSet<>();

    Advance(Handle h, String run, Playbook playbook) {
      this.h = h;
      this.run = run;
      this.playbook = playbook;
    }

    void from(String first) {
      var open = new ArrayDeque<>(List.of(first));
      while (!open.isEmpty()) {
        String id = open.remove();
        if (seen.add(id)) {
          playbook.step(id).ifPresent(step -> open.addAll(enter(step)));
        }
      }
      containers();
      finish();
    }

    private List<String> enter(Step step) {
      if (step.isWork()) {
        h.execute(
            "insert into step_run (run, step, state, opened_at) values (?, ?, 'OPEN', ?) on"
                + " conflict (run, step) do update set state = 'OPEN', opened_at ="
                + " excluded.opened_at",
            run,
            step.id(),
            now());
        return List.of();
      }
      boolean waits = step.type().equals("parallel");
      h.execute(
          "insert or ignore into step_run (run, step, state, opened_at, done_at) values (?, ?, ?,"
              + " ?, ?)",
          run,
          step.id(),
          waits ? "OPEN" : "DONE",
          now(),
          waits ? null : now());
      return waits ? step.inside() : step.onDone().isEmpty() ? List.of() : List.of(step.onDone());
    }

    // A parallel step, or a condition, is over when nothing inside it is open; then what follows it
    // opens.
    private void containers() {
      for (var step : playbook.steps()) {
        var states = states(h, run);
        boolean over =
            states.getOrDefault(step.id(), "").equals("OPEN")
                && step.type().equals("parallel")
                && !anyOpen(step.inside(), states);
        if (over) {
          h.execute(
              "update step_run set state = 'DONE', done_at = ? where run = ? and step = ?",
              now(),
              run,
              step.id());
          if (!step.onDone().isEmpty()) {
            new Advance(h, run, playbook).from(step.onDone());
          }
        }
        boolean decided =
            states.getOrDefault(step.id(), "").equals("DONE")
                && step.isDecision()
                && !step.onDone().isEmpty();
        if (decided
            && !states.containsKey(step.onDone())
            && !anyOpen(List.copyOf(step.branches().values()), states)) {
          new Advance(h, run, playbook).from(step.onDone());
        }
      }
    }

    private boolean anyOpen(List<String> firsts, Map<String, String> states) {
      var open = new ArrayDeque<>(firsts);
      var visited = new HashSet<String>();
      while (!open.isEmpty()) {
        String id = open.remove();
        if (!visited.add(id)) {
          continue;
        }
        if (states.getOrDefault(id, "").equals("OPEN")) {
          return true;
        }
        playbook
            .step(id)
            .ifPresent(
                s -> {
                  open.addAll(s.inside());
                  open.addAll(s.next());
                });
      }
      return false;
    }

    private void finish() {
      if (!states(h, run).containsValue("OPEN")) {
        h.execute(
            "update run set state = 'ENDED', ended_at = ? where id = ? and state = 'OPEN'",
            now(),
            run);
      }
    }
  }

  private static Map<String, String> states(Handle h, String run) {
    var states = new HashMap<String, String>();
    h.createQuery("select step, state from step_run where run = ?")
        .bind(0, run)
        .map((rs, _) -> states.put(rs.getString("step"), rs.getString("state")) == null)
        .list();
    return states;
  }

  private static Playbook pinned(Handle h, String run) {
    return Playbook.parse(
        h.createQuery("select playbook_json from run where id = ?")
            .bind(0, run)
            .mapTo(String.class)
            .one());
  }

  private static Optional<Run> find(Handle h, String id) {
    return h.createQuery("select * from run where id = ?")
        .bind(0, id)
        .map(
            (rs, _) -> {
              var playbook = Playbook.parse(rs.getString("playbook_json"));
              return new Run(
                  id,
                  rs.getString("incident"),
                  rs.getString("playbook"),
                  playbook.name(),
                  rs.getString("playbook_modified"),
                  rs.getString("playbook_sha256"),
                  rs.getString("state").equals("ENDED"),
                  Micros.toInstant(rs.getLong("started_at")),
                  rs.getString("started_by"),
                  instant(rs.getObject("ended_at")),
                  steps(h, id, playbook));
            })
        .findOne();
  }

  private static List<StepRun> steps(Handle h, String run, Playbook playbook) {
    var rows = new HashMap<String, StepRun>();
    h.createQuery("select * from step_run where run = ?")
        .bind(0, run)
        .map(
            (rs, _) -> {
              var step = playbook.step(rs.getString("step"));
              step.ifPresent(
                  s -> {
                    try {
                      rows.put(
                          s.id(),
                          new StepRun(
                              s,
                              StepRun.State.valueOf(rs.getString("state")),
                              instant(rs.getObject("opened_at")),
                              instant(rs.getObject("done_at")),
                              Optional.ofNullable(rs.getString("by_whom")),
                              Optional.ofNullable(rs.getString("note")),
                              Optional.ofNullable(rs.getString("choice"))));
                    } catch (java.sql.SQLException e) {
                      throw new IllegalStateException("a column of step_run is missing", e);
                    }
                  });
              return 0;
            })
        .list();
    var steps = new ArrayList<StepRun>();
    for (var step : playbook.steps()) {
      steps.add(
          rows.getOrDefault(
              step.id(),
              new StepRun(
                  step,
                  StepRun.State.WAITING,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty())));
    }
    return steps;
  }

  private static Optional<Instant> instant(@org.jspecify.annotations.Nullable Object micros) {
    return micros instanceof Number n
        ? Optional.of(Micros.toInstant(n.longValue()))
        : Optional.empty();
  }

  private long now() {
    return Micros.of(clock.instant());
  }
}
