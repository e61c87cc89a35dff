package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The groups of an answer and what is told of them, bounded in groups and bytes. Events that would
 * make one group too many are counted apart.
 */
final class GroupTable {
  private static final int BYTES_A_GROUP = 24;

  /** Groups that one event is put into, at most. */
  private static final int MOST_AN_EVENT = 1_000;

  private static final int CHECK = (1 << 8) - 1;
  private static final int LONGEST_VALUE = Layout.LONGEST_FACET + 24;

  private final Grouping grouping;
  private final Budget budget;
  private final List<GroupKey> keys;
  private final List<Tally> tallies;
  private final GroupKeys groups;
  private final long[] key;
  private final long bytesAGroup;
  private long total;
  private long outside;
  private long cut;
  private long steps;
  private int ofEvent;
  private boolean isOutside;

  GroupTable(Grouping grouping) {
    this.grouping = grouping;
    budget = new Budget(grouping.bounds().bytes());
    keys = grouping.keys().stream().map(each -> GroupKey.of(each, budget)).toList();
    var maker = new Tallies(grouping.bounds(), budget);
    tallies = grouping.measures().stream().map(maker::of).toList();
    groups = new GroupKeys(keys.size());
    key = new long[keys.size()];
    bytesAGroup =
        BYTES_A_GROUP
            + (long) key.length * Long.BYTES
            + tallies.stream().mapToLong(Tally::bytes).sum();
  }

  List<GroupKey> keys() {
    return keys;
  }

  List<Tally> tallies() {
    return tallies;
  }

  /** Whether nothing but events are counted. */
  boolean onlyCounts() {
    return tallies.stream().allMatch(Tally.Counted.class::isInstance);
  }

  /** Whether so many values of its one key would all find room. */
  boolean hasRoomFor(long values) {
    return groups.count() + values < grouping.bounds().groups()
        && (values + 1) * (LONGEST_VALUE + bytesAGroup) <= budget.left();
  }

  /**
   * Takes the event that keys and tallies stand on into the groups of its values.
   *
   * @param columns of the keys
   * @param isShort whether values of the event are left out
   */
  void add(List<Column> columns, boolean isShort, Deadline deadline) throws IOException {
    total++;
    ofEvent = 0;
    isOutside = false;
    boolean isNowhere = grouping.present() && columns.stream().anyMatch(c -> c.size() == 0);
    boolean isWhole = isNowhere || add(columns, 0, deadline);
    outside += isOutside ? 1 : 0;
    cut += isShort || !isWhole && ofEvent == MOST_AN_EVENT ? 1 : 0;
  }

  /** Takes note of so many events that were counted otherwise. */
  void addTotal(long events) {
    total += events;
  }

  /** Counts events of one group where only counts are asked for. */
  void count(long[] codes, long events) {
    System.arraycopy(codes, 0, key, 0, key.length);
    int group = events == 0 ? -1 : group();
    if (group < 0) {
      outside += events;
      return;
    }
    for (var tally : tallies) {
      ((Tally.Counted) tally).add(group, events);
    }
  }

  Found.Groups answer(Deadline deadline) {
    if (keys.isEmpty() && groups.count() == 0) {
      groups.add(key);
    }
    var told = new Told(grouping, keys, tallies, groups);
    var partial = new ArrayList<Partial>();
    if (deadline.missed()) {
      partial.add(new Partial(Partial.Kind.TIME, total, 0));
    }
    if (outside > 0) {
      partial.add(new Partial(Partial.Kind.GROUPS, groups.count(), outside));
    }
    if (cut > 0) {
      partial.add(new Partial(Partial.Kind.MANY, cut, 0));
    }
    var kept = told.kept(deadline);
    if (kept.size() < groups.count()) {
      partial.add(new Partial(Partial.Kind.KEPT, kept.size(), groups.count()));
    }
    tallies.forEach(tally -> partial.addAll(tally.partial(kept)));
    return new Found.Groups(told.rows(kept), total, partial);
  }

  // Every combination of the values of the keys; false where there are too many, or no more time.
  private boolean add(List<Column> columns, int i, Deadline deadline) throws IOException {
    if (i == columns.size()) {
      if (ofEvent == MOST_AN_EVENT || (++steps & CHECK) == 0 && deadline.isOver()) {
        return false;
      }
      ofEvent++;
      add();
      return true;
    }
    var column = columns.get(i);
    if (column.size() == 0) {
      key[i] = GroupKeys.ABSENT;
      return add(columns, i + 1, deadline);
    }
    for (int k = 0; k < column.size(); k++) {
      key[i] = column.code(k);
      if (!add(columns, i + 1, deadline)) {
        return false;
      }
    }
    return true;
  }

  private void add() throws IOException {
    int group = group();
    if (group < 0) {
      isOutside = true;
      return;
    }
    for (var tally : tallies) {
      tally.add(group);
    }
  }

  // The group of the key, a new one where there is room for it, else -1.
  private int group() {
    for (long code : key) {
      if (code == Coder.FULL) {
        return -1;
      }
    }
    int known = groups.find(key);
    if (known >= 0) {
      return known;
    }
    boolean hasRoom = groups.count() < grouping.bounds().groups() && budget.take(bytesAGroup);
    return hasRoom ? groups.add(key) : -1;
  }
}
