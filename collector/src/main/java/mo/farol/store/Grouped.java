package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * Groups of events and their measures, segment by segment into one table. Values are known by
 * numbers until the answer is given; only values of matches ever get one, so that nothing of other
 * events is in it.
 */
final class Grouped {
  private static final int CHECK = (1 << 12) - 1;
  private static final int BYTES_A_GROUP = 24;

  /** Looking at a term costs as much as looking at so many events' doc values. */
  private static final int EVENTS_A_TERM = 25;

  /** Matches whose values are turned round at once: 8 bytes each for every such column. */
  private static final int MOST_SLOTS = 1 << 20;

  private final Grouping grouping;
  private final Budget budget;
  private final List<GroupKey> keys;
  private final List<Tally> tallies;
  private final GroupKeys groups;
  private final long[] key;
  private final long bytesAGroup;
  private long total;
  private long outside;

  Grouped(Grouping grouping) {
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

  void look(Segment segment, Deadline deadline) throws IOException {
    if (keys.isEmpty() && tallies.stream().allMatch(Tally.Counted.class::isInstance)) {
      addAll(segment.count(deadline));
      return;
    }
    if (byFrequency(segment, deadline)) {
      return;
    }
    var matches = segment.matches(deadline);
    if (matches == null) {
      return;
    }
    var columns = new ArrayList<Column>();
    for (var each : keys) {
      columns.add(each.column(segment.reader()));
    }
    for (var tally : tallies) {
      tally.open(segment);
    }
    for (var slots : Slots.of(matches, MOST_SLOTS)) {
      for (var column : columns) {
        column.open(slots, deadline);
      }
      for (var tally : tallies) {
        tally.open(slots, deadline);
      }
      look(slots, columns, deadline);
    }
  }

  Found.Groups groups(Deadline deadline) {
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
    var kept = told.kept();
    if (kept.size() < groups.count()) {
      partial.add(new Partial(Partial.Kind.KEPT, kept.size(), groups.count()));
    }
    tallies.forEach(tally -> tally.partial(kept).ifPresent(partial::add));
    return new Found.Groups(told.rows(kept), total, partial);
  }

  // Where every event matches and only counts are asked for, the terms of a facet tell them.
  private boolean byFrequency(Segment segment, Deadline deadline) throws IOException {
    boolean fits = keys.size() == 1 && tallies.stream().allMatch(Tally.Counted.class::isInstance);
    if (!fits || !(keys.getFirst() instanceof GroupKey.OfField(var field, var values))) {
      return false;
    }
    var facet = segment.reader().getSortedSetDocValues(Layout.FACET + field);
    int events = segment.reader().maxDoc();
    if (facet == null
        || Layout.isOwn(field)
        || facet.getValueCount() * EVENTS_A_TERM >= events
        || !segment.isWhole()) {
      return false;
    }
    var terms = new FieldTerms(field, segment.reader());
    while (terms.next() && !deadline.isOver()) {
      add(values.code(terms.value()), terms.frequency());
    }
    if (!grouping.present()) {
      add(GroupKeys.ABSENT, events - facet.cost());
    }
    total += events;
    return true;
  }

  private void add(long code, long count) {
    if (count == 0) {
      return;
    }
    key[0] = code;
    int group = group();
    if (group < 0) {
      outside += count;
      return;
    }
    for (var tally : tallies) {
      ((Tally.Counted) tally).add(group, count);
    }
  }

  private void look(Slots slots, List<Column> columns, Deadline deadline) throws IOException {
    int seen = 0;
    int slot = 0;
    for (int doc = slots.after(slots.first() - 1);
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = slots.after(doc)) {
      if ((++seen & CHECK) == 0 && deadline.isOver()) {
        return;
      }
      for (var column : columns) {
        column.load(doc, slot);
      }
      for (var tally : tallies) {
        tally.load(doc, slot);
      }
      slot++;
      total++;
      add(columns, 0);
    }
  }

  // Every combination of the values of the keys.
  private void add(List<Column> columns, int i) throws IOException {
    if (i == columns.size()) {
      add();
      return;
    }
    var column = columns.get(i);
    if (column.size() == 0 && !grouping.present()) {
      key[i] = GroupKeys.ABSENT;
      add(columns, i + 1);
    }
    for (int k = 0; k < column.size(); k++) {
      key[i] = column.code(k);
      add(columns, i + 1);
    }
  }

  private void add() throws IOException {
    int group = group();
    if (group < 0) {
      outside++;
      return;
    }
    for (var tally : tallies) {
      tally.add(group);
    }
  }

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

  private void addAll(long count) {
    if (groups.count() == 0) {
      groups.add(key);
    }
    total += count;
    for (var tally : tallies) {
      ((Tally.Counted) tally).add(0, count);
    }
  }
}
