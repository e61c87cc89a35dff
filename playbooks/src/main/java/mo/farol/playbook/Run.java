package mo.farol.playbook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One execution of a playbook, pinned to the text it began with.
 *
 * @param id for ever
 * @param incident the case it belongs to
 * @param playbook id of the playbook
 * @param name of the playbook
 * @param modified version of the playbook
 * @param sha256 of its text
 * @param isEnded whether no step is open any more
 * @param startedAt when
 * @param startedBy who, {@code farol} for the centre itself
 * @param endedAt when the last step ended
 * @param steps in reading order, those not reached included
 */
public record Run(
    String id,
    String incident,
    String playbook,
    String name,
    String modified,
    String sha256,
    boolean isEnded,
    Instant startedAt,
    String startedBy,
    Optional<Instant> endedAt,
    List<StepRun> steps) {
  public Run {
    steps = List.copyOf(steps);
  }

  /** Steps that wait for a person, in reading order. */
  public List<StepRun> open() {
    return steps.stream().filter(StepRun::isOpen).toList();
  }

  /** Steps a person does. */
  public long work() {
    return steps.stream().filter(s -> s.step().isWork()).count();
  }

  /** Of them, those that are done or skipped. */
  public long finished() {
    return steps.stream()
        .filter(s -> s.step().isWork())
        .filter(
            s ->
                s.state() == StepRun.State.DONE
                    || s.state() == StepRun.State.SKIPPED
                    || s.state() == StepRun.State.FAILED)
        .count();
  }
}
