package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import mo.farol.event.EventId;
import org.jspecify.annotations.Nullable;

/**
 * Hits of one group in the order of their time; equal times in the order of arrival. A hit is a row
 * of longs: event time in microseconds, event id, the bits of {@link Shown}, its value. What only
 * few rings need, weights of merged hits and ids of chained ones, lies beside.
 */
final class Ring {
  static final int AT = 0;
  static final int EVENT = 1;
  static final int SHOWN = 2;
  static final int VALUE = SHOWN + Shown.LONGS;

  private static final long[] NONE = {};

  private final int width;
  private long[] rows = NONE;
  private int head;
  private int size;
  private int
      version; // changes when rows moved otherwise than by adding and forgetting at the ends
  private long forgotten; // rows that left at the old end
  private @Nullable Beside beside;

  /**
   * @param values longs that a hit's value takes
   */
  Ring(int values) {
    width = VALUE + values;
  }

  int size() {
    return size;
  }

  /** Rows that were here before the first one; with a place it names a row for good. */
  long forgotten() {
    return forgotten;
  }

  /** Another number whenever places changed other than by adding and forgetting at the ends. */
  int version() {
    return version;
  }

  long at(int i) {
    return rows[slot(i) * width + AT];
  }

  long event(int i) {
    return rows[slot(i) * width + EVENT];
  }

  long value(int i) {
    return rows[slot(i) * width + VALUE];
  }

  /** The second long of the value. */
  long more(int i) {
    return rows[slot(i) * width + VALUE + 1];
  }

  double number(int i) {
    return Double.longBitsToDouble(value(i));
  }

  boolean hasSameValue(int i, int j) {
    for (int k = VALUE; k < width; k++) {
      if (rows[slot(i) * width + k] != rows[slot(j) * width + k]) {
        return false;
      }
    }
    return true;
  }

  long newest() {
    return at(size - 1);
  }

  /** Events that were merged into this row. */
  long weight(int i) {
    return beside == null ? 1 : beside.weights[slot(i)];
  }

  /** Time of the first of the events that were merged into this row. */
  long firstAt(int i) {
    return beside == null ? at(i) : beside.firsts[slot(i)];
  }

  /** Events from place {@code from} to place {@code to}, both with. */
  long weight(int from, int to) {
    if (beside == null || !beside.merged) {
      return to - from + 1L;
    }
    long weight = 0;
    for (int i = from; i <= to; i++) {
      weight += weight(i);
    }
    return weight;
  }

  /** Event ids of a row. */
  long[] ids(int i) {
    var ids = beside == null ? null : beside.ids[slot(i)];
    return ids == null ? new long[] {event(i)} : ids;
  }

  /** Adds up what the rows of a window have in common. */
  void common(int i, boolean first, long[] common) {
    int from = slot(i) * width + SHOWN;
    for (int k = 0; k < Shown.LONGS; k++) {
      common[k] = first ? rows[from + k] : Shown.common(common[k], rows[from + k]);
    }
  }

  /** Whether hits at or after a time had to go since there were too many. */
  boolean isCut(long time) {
    return beside != null && beside.cut >= time;
  }

  /** Puts a hit in its place and says which place that is. */
  int insert(long[] row, List<EventId> events) {
    if (size * width == rows.length) {
      grow();
    }
    int place = size++;
    for (; place > 0 && at(place - 1) > row[AT]; place--) {
      move(place - 1, place);
    }
    int slot = slot(place);
    System.arraycopy(row, 0, rows, slot * width, width);
    if (events.size() > 1 && beside == null) {
      lieBeside();
    }
    if (beside != null) {
      beside.set(slot, row[AT], events);
    }
    version += place == size - 1 ? 0 : 1;
    return place;
  }

  /** Longs it takes. */
  long longs() {
    return beside == null ? rows.length : rows.length + beside.longs();
  }

  /** Forgets what is older than a time. */
  void forgetBefore(long time) {
    while (size > 0 && at(0) < time) {
      forgetFirst();
    }
  }

  void forgetFirst() {
    if (beside != null) {
      beside.drop(slot(0));
    }
    head = head + 1 == slots() ? 0 : head + 1;
    size--;
    forgotten++;
  }

  /** Takes out the row before a place, and gives its value to the one that stands there. */
  void join(int place) {
    rows[slot(place) * width + VALUE] = Math.min(value(place - 1), value(place));
    if (beside != null) {
      beside.drop(slot(place - 1));
    }
    for (int i = place; i < size; i++) { // few: most hits are the newest
      move(i, i - 1);
    }
    size--;
    version++;
  }

  /** First place at or after a time; the size where there is none. */
  int firstFrom(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Where a hit stands; where it was merged into another, the place of its time. */
  int placeOf(long at, long event) {
    int place = firstFrom(at);
    for (int i = place; i < size && at(i) == at; i++) {
      if (event(i) == event) {
        return i;
      }
    }
    return Math.min(place, size - 1);
  }

  /**
   * Lets the oldest go, so that so many stay.
   *
   * @return whether the span still held one of them
   */
  boolean cut(int left, long span) {
    lieBeside();
    long gone = at(size - left - 1);
    beside().cut = Math.max(beside().cut, gone);
    while (size > left) {
      forgetFirst();
    }
    return gone >= newest() - span;
  }

  /** Adds the longs of the value to a list. */
  void addValue(int i, List<Long> longs) {
    for (int k = VALUE; k < width; k++) {
      longs.add(rows[slot(i) * width + k]);
    }
  }

  /**
   * Counts a row with a newer one; it is to be let go, see {@link #keep}.
   *
   * @param adds whether values are numbers to be added up
   */
  void absorb(int newer, int older, boolean adds) {
    lieBeside();
    int to = slot(newer);
    int from = slot(older);
    beside().absorb(from, to);
    for (int k = SHOWN; k < VALUE; k++) {
      rows[to * width + k] = Shown.common(rows[to * width + k], rows[from * width + k]);
    }
    if (adds) {
      rows[to * width + VALUE] = Double.doubleToLongBits(number(newer) + number(older));
    }
  }

  /** Keeps the rows of these places, and lets all others go. */
  void keep(List<Integer> places) {
    lieBeside();
    var kept = new long[rows.length];
    var before = beside();
    var after = before.empty(slots());
    for (int i = 0; i < places.size(); i++) {
      int from = slot(places.get(i));
      System.arraycopy(rows, from * width, kept, i * width, width);
      before.copy(from, after, i);
    }
    rows = kept;
    beside = after;
    head = 0;
    size = places.size();
    version++;
  }

  private Beside beside() {
    var there = beside;
    if (there == null) {
      throw new IllegalStateException("nothing lies beside");
    }
    return there;
  }

  private void lieBeside() {
    if (beside == null) {
      var made = new Beside(slots());
      for (int i = 0; i < size; i++) {
        made.firsts[slot(i)] = at(i);
      }
      beside = made;
    }
  }

  private int slots() {
    return rows.length / width;
  }

  private int slot(int i) {
    int slot = head + i;
    int slots = rows.length / width;
    return slot < slots ? slot : slot - slots;
  }

  private void move(int from, int to) {
    System.arraycopy(rows, slot(from) * width, rows, slot(to) * width, width);
    if (beside != null) {
      beside.move(slot(from), slot(to));
    }
  }

  // By half, one at least: most groups have one hit or two.
  private void grow() {
    int slots = Math.max(slots() + 1, slots() * 3 / 2);
    var wider = new long[slots * width];
    var more = beside == null ? null : beside.empty(slots);
    for (int i = 0; i < size; i++) {
      System.arraycopy(rows, slot(i) * width, wider, i * width, width);
      if (more != null) {
        beside().copy(slot(i), more, i);
      }
    }
    if (more != null) {
      beside = more;
    }
    rows = wider;
    head = 0;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    out.writeBoolean(beside != null);
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < width; k++) {
        out.writeLong(rows[slot(i) * width + k]);
      }
    }
    if (beside != null) {
      beside.write(out);
      for (int i = 0; i < size; i++) {
        beside.writeSlot(slot(i), event(i), out);
      }
    }
  }

  void read(DataInput in) throws IOException {
    size = in.readInt();
    boolean has = in.readBoolean();
    rows = Longs.read(in, size * width);
    head = 0;
    if (has) {
      beside = Beside.read(in, size);
    }
  }
}
