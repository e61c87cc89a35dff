package mo.farol.window;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The groups of one table that keep something back until their pace has gone by, in the order in
 * which they began to.
 */
final class PendingReports {
  private final Set<Group> owing = new LinkedHashSet<>();
  private final Set<Group> untold = new LinkedHashSet<>();

  /** A group took a hit. */
  void taken(Group group) {
    if (group.owes()) {
      owing.add(group);
      untold.add(group);
    } else {
      owing.remove(group);
    }
  }

  /** A group was read from a file: how it stands was told before. */
  void restored(Group group) {
    if (group.owes()) {
      owing.add(group);
    }
  }

  /** A group goes: what it owes is handed out. */
  void close(Group group, Report out) {
    untold.remove(group);
    if (owing.remove(group) && group.owes()) {
      group.settle(out);
    }
  }

  /** Hands out what is owed, where its pace has gone by. */
  void settle(long watermark, Report out) {
    for (Group group : List.copyOf(owing)) {
      if (group.isDue(watermark)) {
        group.settle(out);
      }
      if (!group.owes()) {
        owing.remove(group);
      }
    }
  }

  /** Whether some may owe what nobody was told. */
  boolean isUntold() {
    return !untold.isEmpty();
  }

  /** Tells how those stand that owe something nobody was told. */
  void tell(Report out) {
    untold.forEach(group -> group.tell(out));
    untold.clear();
  }
}
