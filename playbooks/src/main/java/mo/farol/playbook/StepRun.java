package mo.farol.playbook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One step of a run, with its record.
 *
 * @param step as the playbook has it
 * @param state how far it has come
 * @param openedAt when it could be begun
 * @param doneAt when it ended
 * @param by who did it
 * @param note what they wrote
 * @param choice what they decided
 */
public record StepRun(
    Step step,
    State state,
    Optional<Instant> openedAt,
    Optional<Instant> doneAt,
    Optional<String> by,
    Optional<String> note,
    Optional<String> choice) {
  /** How far a step has come. */
  public enum State {
    WAITING,
    OPEN,
    DONE,
    SKIPPED,
    FAILED
  }

  /** A step that was not reached yet. */
  static StepRun waiting(Step step) {
    return new StepRun(
        step,
        State.WAITING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it waits for a person. */
  public boolean isOpen() {
    return state == State.OPEN && step.isWork();
  }

  /** Labels a person may decide between; empty where there is nothing to decide. */
  public List<String> choices() {
    return List.copyOf(step.branches().keySet());
  }
}
