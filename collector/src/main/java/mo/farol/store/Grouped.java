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

  /** Looking at a term costs as much as looking at so many events' doc values. */
  private static final int EVENTS_A_TERM = 25;

  /** Matches whose values are turned round at once: 8 bytes each for every such column. */
  private static final int MOST_SLOTS = 1 << 20;

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
    if (matches == null) {
      return;
    }
    var columns = new ArrayList<Column>();
    for (var key : table.keys()) {
      columns.add(key.column(segment.reader()));
    }
    for (var tally : table.tallies()) {
      tally.open(segment);
    }
    for (var slots : Slots.of(matches, MOST_SLOTS)) {
      for (var column : columns) {
        column.open(slots, deadline);
      }
      for (var tally : table.tallies()) {
        tally.open(slots, deadline);
      }
      look(slots, columns, deadline);
    }
  }

  Found.Groups groups(Deadline deadline) {
    return table.answer(deadline);
  }

  private void look(Slots slots, List<Column> columns, Deadline deadline) throws IOException {
    int slot = 0;
    for (int doc = slots.after(slots.first() - 1);
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = slots.after(doc)) {
      if ((slot & CHECK) == 0 && deadline.isOver()) {
        return;
      }
      for (var column : columns) {
        column.load(doc, slot);
      }
      for (var tally : table.tallies()) {
        tally.load(doc, slot);
      }
      table.add(columns);
      slot++;
    }
  }

  // Where every event matches and only counts are asked for, the terms of a facet tell them.
  private boolean byFrequency(Segment segment, Deadline deadline) throws IOException {
    boolean isOne = table.keys().size() == 1 && table.onlyCounts();
    if (!isOne || !(table.keys().getFirst() instanceof GroupKey.OfField(var field, var values))) {
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
    while (!deadline.isOver() && terms.next()) {
      table.count(new long[] {values.code(terms.value())}, terms.frequency());
    }
    if (!present) {
      table.count(new long[] {GroupKeys.ABSENT}, events - facet.cost());
    }
    table.addTotal(events);
    return true;
  }
}
