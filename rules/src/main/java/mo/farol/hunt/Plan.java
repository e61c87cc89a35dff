package mo.farol.hunt;

import java.util.List;
import mo.farol.store.Clause;

/**
 * What the index is asked.
 *
 * @param questions one after the other; none where nothing can match
 * @param shown finds what could have shown it: for the coverage statement
 * @param blind ids of rules that nothing could have shown
 */
record Plan(List<Ask> questions, Clause shown, List<String> blind) {
  Plan {
    questions = List.copyOf(questions);
    blind = List.copyOf(blind);
  }

  /**
   * One question.
   *
   * @param fallback finds no less, and is asked where the first is more than the index can work out
   */
  record Ask(Clause clause, Clause fallback) {}
}
