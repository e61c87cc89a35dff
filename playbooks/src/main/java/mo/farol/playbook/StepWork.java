package mo.farol.playbook;

import java.time.InstantSource;
import mo.farol.event.Micros;
import mo.farol.incident.Conflict;
import mo.farol.incident.Incidents;
import mo.farol.ledger.Deeds;
import org.jdbi.v3.core.Handle;

/**
 * Ends steps as people say; each within a transaction of the caller, with its line in the history
 * of the case and its deed.
 */
final class StepWork {
  private final Deeds deeds;
  private final Incidents incidents;
  private final InstantSource clock;

  StepWork(Deeds deeds, Incidents incidents, InstantSource clock) {
    this.deeds = deeds;
    this.incidents = incidents;
    this.clock = clock;
  }

  /** Ends a step and moves the run on. */
  void end(Handle h, Run run, String stepId, Ending ending) {
    var playbook = RunRows.pinned(h, run.id());
    var step =
        playbook.step(stepId).orElseThrow(() -> new Conflict("the playbook has no step " + stepId));
    ending.check(playbook, step);
    close(h, run.id(), step, ending);
    ending.values().forEach((name, value) -> keep(h, run.id(), name, value));
    tell(h, run, step, ending);
    var engine = new RunEngine(h, run.id(), playbook, now());
    if (ending.how() == Ending.How.FAILED) {
      engine.failed(step);
    } else {
      engine.done(step, ending.choice());
    }
  }

  private void close(Handle h, String run, Step step, Ending ending) {
    int changed =
        h.execute(
            """
            update step_run set state = ?, done_at = ?, by_whom = ?, note = ?, choice = ?
            where run = ? and step = ? and state = 'OPEN'
            """,
            ending.how().name(),
            now(),
            ending.by(),
            ending.note(),
            ending.choice().isEmpty() ? null : ending.choice(),
            run,
            step.id());
    if (changed == 0) {
      throw new Conflict("somebody else ended this step first, or it is not open yet");
    }
  }

  /** Keeps what was found out of a run's variable. */
  static void keep(Handle h, String run, String name, String value) {
    h.execute(
        """
        insert into run_variable (run, name, value) values (?, ?, ?)
        on conflict (run, name) do update set value = excluded.value
        """,
        run,
        name,
        value);
  }

  private void tell(Handle h, Run run, Step step, Ending ending) {
    String text = ending.told(step);
    incidents.tellTimeline(h, run.incident(), "step", text, ending.by());
    deeds.record(h, ending.by(), "step." + ending.how().word(), run.id() + "/" + step.id(), text);
  }

  private long now() {
    return Micros.of(clock.instant());
  }
}
