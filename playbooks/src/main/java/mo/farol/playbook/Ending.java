package mo.farol.playbook;

import java.util.Map;
import mo.farol.incident.Conflict;

/**
 * How a person ended a step.
 *
 * @param note what they found, or why
 * @param choice the way a decision went; empty where there was none to make
 * @param values what they found out of the step's variables
 */
record Ending(How how, String by, String note, String choice, Map<String, String> values) {
  private static final int VALUE = 4_000;

  enum How {
    DONE("done"),
    SKIPPED("skipped"),
    FAILED("failed");

    private final String word;

    How(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Refuses what can't end this step of the playbook. */
  void check(Playbook playbook, Step step) {
    if (!step.isWork()) {
      throw new Conflict("nobody does a " + step.type() + " step; it goes on by itself");
    }
    boolean known = step.branches().containsKey(choice);
    if (step.isDecision() && how == How.DONE && !known) {
      throw new Conflict("decide between " + String.join(", ", step.branches().keySet()));
    }
    if (!step.isDecision() && !choice.isEmpty()) {
      throw new Conflict("there is nothing to decide in this step");
    }
    values.forEach((name, value) -> check(playbook, step, name, value));
  }

  private static void check(Playbook playbook, Step step, String name, String value) {
    if (!playbook.isOpen(name, step)) {
      throw new Conflict(name + " is no variable this step may fill in");
    }
    if (value.length() > VALUE) {
      throw new Conflict("a value has at most " + VALUE + " characters");
    }
  }

  /** The step's line in the history. */
  String told(Step step) {
    return step.name()
        + ": "
        + how.word
        + (choice.isEmpty() ? "" : " (" + choice + ")")
        + (note.isBlank() ? "" : " — " + note);
  }
}
