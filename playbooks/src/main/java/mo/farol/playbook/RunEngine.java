package mo.farol.playbook;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Moves one run on, within one transaction: opens what comes next until only steps are open that a
 * person does. A step knows the container it runs in (a parallel step or a condition); the end of a
 * branch gives the word back to that container, CACAO 2.0 section 4.2.
 */
final class RunEngine {
  private static final String TOP = "";

  private final Handle h;
  private final String run;
  private final Playbook playbook;
  private final long nowMicros;
  // Steps that no person does are entered once a transaction: a circle of them ends there.
  private final Set<String> passed = new HashSet<>();
  private final Set<String> opening = new HashSet<>();

  RunEngine(Handle h, String run, Playbook playbook, long nowMicros) {
    this.h = h;
    this.run = run;
    this.playbook = playbook;
    this.nowMicros = nowMicros;
  }

  /** Begins with the first step. */
  void start() {
    enter(playbook.start(), TOP);
    settle();
  }

  /** Goes on after a step that a person did, decided or left out. */
  void done(Step step, String choice) {
    String branch = step.branches().getOrDefault(choice, "");
    if (branch.isEmpty()) {
      goOn(step.onDone(), container(step.id()));
    } else {
      enter(branch, step.id());
    }
    settle();
  }

  /** Goes on after a step that failed: its own handler, else the playbook's, else what follows. */
  void failed(Step step) {
    String next = step.onFailure().isEmpty() ? playbook.exception() : step.onFailure();
    boolean handled = playbook.step(next).isPresent();
    goOn(handled ? next : step.onDone(), container(step.id()));
    settle();
  }

  private void goOn(String next, String container) {
    if (next.isEmpty()) {
      branchOver(container);
    } else {
      enter(next, container);
    }
  }

  private void enter(String id, String container) {
    Optional<Step> found = playbook.step(id);
    if (found.isEmpty()) {
      branchOver(container);
      return;
    }
    var step = found.get();
    if (step.isWork()) {
      open(step.id(), container);
    } else if (passed.add(step.id())) {
      pass(step, container);
    } else {
      branchOver(container);
    }
  }

  private void pass(Step step, String container) {
    open(step.id(), container);
    switch (step.type()) {
      case "parallel" -> {
        opening.add(step.id());
        step.inside().forEach(branch -> enter(branch, step.id()));
        opening.remove(step.id());
        branchOver(step.id());
      }
      case "end" -> {
        close(step.id());
        branchOver(container);
      }
      default -> {
        close(step.id());
        goOn(step.onDone(), container);
      }
    }
  }

  /** A branch of this container has ended; when it was the last one, the container goes on. */
  private void branchOver(String container) {
    if (container.equals(TOP) || opening.contains(container) || isBusy(container)) {
      return;
    }
    var step = playbook.step(container).orElseThrow();
    String above = container(container);
    switch (step.type()) {
      case "while-condition" -> open(container, above);
      case "parallel" -> {
        close(container);
        goOn(step.onDone(), above);
      }
      default -> goOn(step.onDone(), above);
    }
  }

  /** Whether any step inside a container, however deep, is still open. */
  private boolean isBusy(String container) {
    var rows = rows();
    return rows.entrySet().stream()
        .filter(e -> e.getValue().isOpen())
        .anyMatch(e -> isInside(e.getKey(), container, rows));
  }

  private static boolean isInside(String step, String container, Map<String, Place> rows) {
    var visited = new HashSet<String>();
    String at = step;
    while (visited.add(at)) {
      String above = Optional.ofNullable(rows.get(at)).map(Place::container).orElse(TOP);
      if (above.equals(container)) {
        return true;
      }
      at = above;
    }
    return false;
  }

  /** Where a step runs, and whether it is open. */
  private record Place(String container, boolean isOpen) {}

  private Map<String, Place> rows() {
    var rows = new HashMap<String, Place>();
    h.createQuery("select step, container, state from step_run where run = ?")
        .bind(0, run)
        .map(
            (rs, _) ->
                Map.entry(
                    rs.getString("step"),
                    new Place(rs.getString("container"), rs.getString("state").equals("OPEN"))))
        .list()
        .forEach(e -> rows.put(e.getKey(), e.getValue()));
    return rows;
  }

  private String container(String step) {
    return Optional.ofNullable(rows().get(step)).map(Place::container).orElse(TOP);
  }

  // A step that was done before is opened anew; its earlier record stays in the timeline.
  private void open(String step, String container) {
    h.execute(
        """
        insert into step_run (run, step, state, container, attempt, opened_at)
        values (?, ?, 'OPEN', ?, 1, ?)
        on conflict (run, step) do update set state = 'OPEN', container = excluded.container,
          attempt = attempt + 1, opened_at = excluded.opened_at, done_at = null, by_whom = null,
          note = null, choice = null
        where state <> 'OPEN'
        """,
        run,
        step,
        container,
        nowMicros);
  }

  private void close(String step) {
    h.execute(
        "update step_run set state = 'DONE', done_at = ? where run = ? and step = ?",
        nowMicros,
        run,
        step);
  }

  private void settle() {
    h.execute(
        """
        update run set state = 'ENDED', ended_at = ? where id = ? and state = 'OPEN'
          and not exists (select 1 from step_run where run = ? and state = 'OPEN')
        """,
        nowMicros,
        run,
        run);
  }
}
