package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * Groups of events and their measures, segment by segment into one table. Values are known by
 * numbers until the answer is given; only values of matches ever get one, so that nothing of other
 * events is in it.
 */
final class Grouped {
  private static final int CHECK = (1 << 12) - 1;

  /** Looking at a term costs as much as looking at so many events' doc values. */
  private static final int EVENTS_A_TERM = 25;

  /** Matches looked at in one run, at most. */
  private static final int MOST_SLOTS = 1 << 20;

  /** Values turned round at once, of all columns together, 8 bytes each. */
  private static final int MOST_TURNED = 1 << 22;

  private final boolean present;
  private final GroupTable table;

  Grouped(Grouping grouping) {
    present = grouping.present();
    table = new GroupTable(grouping);
  }

  void look(Segment segment, Deadline deadline) throws IOException {
    if (table.onlyCounts() && table.keys().isEmpty()) {
      long count = segment.count(deadline);
      table.count(new long[0], count);
      table.addTotal(count);
      return;
    }
    if (byFrequency(segment, deadline)) {
      return;
    }
    var matches = segment.matches(deadline);
    if (matches == null || densely(segment, matches, deadline)) {
      return;
    }
    var columns = new ArrayList<Column>();
    for (var key : table.keys()) {
      columns.add(key.column(segment.reader()));
    }
    var all = new ArrayList<>(columns);
    for (var tally : table.tallies()) {
      tally.open(segment);
      tally.columns().forEach(all::add);
    }
    int turned = (int) all.stream().filter(Column::isTurned).count();
    for (var slots : Slots.of(matches, Math.min(MOST_SLOTS, MOST_TURNED / Math.max(1, turned)))) {
      for (var column : columns) {
        column.open(slots, deadline);
      }
      for (var tally : table.tallies()) {
        tally.open(slots, deadline);
      }
      look(slots, columns, all, deadline);
    }
    all.forEach(Column::close);
  }

  Found.Groups groups(Deadline deadline) {
    return table.answer(deadline);
  }

  private void look(Slots slots, List<Column> columns, List<Column> all, Deadline deadline)
      throws IOException {
    int slot = 0;
    for (int doc = slots.after(slots.first() - 1);
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = slots.after(doc)) {
      if (deadline.missed() || (slot & CHECK) == 0 && deadline.isOver()) {
        return;
      }
      for (var column : columns) {
        column.load(doc, slot);
      }
      for (var tally : table.tallies()) {
        tally.load(doc, slot);
      }
      table.add(columns, isShort(all), deadline);
      slot++;
    }
  }

  private static boolean isShort(List<Column> columns) {
    for (var column : columns) {
      if (column.isShort()) {
        return true;
      }
    }
    return false;
  }

  private boolean densely(Segment segment, FixedBitSet matches, Deadline deadline)
      throws IOException {
    var dense =
        table.onlyCounts() ? DenseCounts.of(table.keys(), segment) : Optional.<DenseCounts>empty();
    if (dense.isEmpty()) {
      return false;
    }
    dense.get().look(matches, deadline);
    return dense.get().into(table, present);
  }

  // Where every event matches and only counts are asked for, the terms of a facet tell them.
  private boolean byFrequency(Segment segment, Deadline deadline) throws IOException {
    boolean isOne = table.keys().size() == 1 && table.onlyCounts();
    if (!isOne
        || !(table.keys().getFirst() instanceof GroupKey.OfField(var field, var values, _))) {
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
    // Terms tell how often they are outside the groups, not how many events that is.
    boolean isOneEach = DocValues.unwrapSingleton(facet) != null;
    if (!isOneEach && !table.hasRoomFor(facet.getValueCount())) {
      return false;
    }
    var terms = new FieldTerms(field, segment.reader());
    long seen = 0;
    while (!deadline.isOver() && terms.next()) {
      table.count(new long[] {values.code(terms.value())}, terms.frequency());
      seen += terms.frequency();
    }
    if (deadline.missed()) {
      table.addTotal(Math.min(seen, events));
      return true;
    }
    if (!present) {
      table.count(new long[] {GroupKeys.ABSENT}, events - facet.cost());
    }
    table.addTotal(events);
    return true;
  }
}
