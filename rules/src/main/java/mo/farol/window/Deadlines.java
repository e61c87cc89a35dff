package mo.farol.window;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Groups that wait for a time, the earliest first. Each has one turn, by the deadline it had when
 * it was last watched; one that moved later is put back when its turn comes.
 */
final class Deadlines {
  private record Turn(long at, Group group) {}

  private final TreeSet<Turn> turns =
      new TreeSet<>(
          Comparator.comparingLong(Turn::at)
              .thenComparingLong(turn -> turn.group().hash)
              .thenComparingLong(turn -> turn.group().hash2));

  /** Makes sure that a group's turn comes no later than its deadline. */
  void watch(Group group) {
    long deadline = group.deadline();
    if (deadline < group.queuedAt) {
      forget(group);
      group.queuedAt = deadline;
      turns.add(new Turn(deadline, group));
    }
  }

  /** Lets go of a group, which may wait for a time that is far off. */
  void forget(Group group) {
    if (group.queuedAt != Group.NEVER) {
      turns.remove(new Turn(group.queuedAt, group));
      group.queuedAt = Group.NEVER;
    }
  }

  /** The first turn, or later than any. */
  long first() {
    return turns.isEmpty() ? Group.NEVER : turns.first().at();
  }

  /** Calls those whose deadline has come at this time, until none is left. */
  void due(long time, Consumer<Group> call) {
    while (!turns.isEmpty() && turns.first().at() <= time) {
      var group = turns.removeFirst().group();
      group.queuedAt = Group.NEVER;
      if (group.deadline() <= time) {
        call.accept(group);
      }
      if (!group.gone) {
        watch(group);
      }
    }
  }
}
