package mo.farol.window;

import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Groups that wait for a time, the earliest first. Each has one turn, by the deadline it had when
 * it was last watched; one that moved later is put back when its turn comes.
 */
final class Deadlines {
  private record Turn(long at, Group group) {}

  private final PriorityQueue<Turn> turns =
      new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));

  /** Makes sure that a group's turn comes no later than its deadline. */
  void watch(Group group) {
    long deadline = group.deadline();
    if (deadline < group.queuedAt) {
      group.queuedAt = deadline; // a turn it had before is void
      turns.add(new Turn(deadline, group));
    }
  }

  /** Calls those whose deadline has come at this time, until none is left. */
  void due(long time, Consumer<Group> call) {
    for (var next = turns.peek(); next != null && next.at() <= time; next = turns.peek()) {
      turns.remove();
      var group = next.group();
      if (!group.gone && group.queuedAt == next.at()) {
        group.queuedAt = Group.NEVER;
        if (group.deadline() <= time) {
          call.accept(group);
        }
        watch(group);
      }
    }
  }
}
