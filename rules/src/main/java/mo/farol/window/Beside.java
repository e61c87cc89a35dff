package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import mo.farol.event.EventId;
import org.jspecify.annotations.Nullable;

/** What few rings have beside their rows: one item a slot. */
final class Beside {
  /** So many events of a row that stands for several are kept: the newest. */
  private static final int EVENTS = 16;

  private static final int HEADER = 2; // longs of an array

  /** Events that were merged into the row. */
  final long[] weights;

  /** Time of the first of them. */
  final long[] firsts;

  /** Events of a row that stands for several; null where it is its own. */
  final long[] @Nullable [] ids;

  /** Whether a weight may be other than 1. */
  boolean merged;

  /** Hits up to this time had to go. */
  long cut = Long.MIN_VALUE;

  private long idLongs;

  Beside(int slots) {
    weights = new long[slots];
    firsts = new long[slots];
    ids = new long[slots][];
    Arrays.fill(weights, 1);
  }

  /** Another of the same ring, with nothing in its slots. */
  Beside empty(int slots) {
    var other = new Beside(slots);
    other.merged = merged;
    other.cut = cut;
    return other;
  }

  /** Longs that it takes. */
  long longs() {
    return 3L * weights.length + idLongs;
  }

  /** Fills a slot with a hit that was not there. */
  void set(int slot, long at, List<EventId> events) {
    weights[slot] = 1;
    firsts[slot] = at;
    ids[slot] = null;
    if (events.size() > 1) {
      var newest = events.subList(Math.max(0, events.size() - EVENTS), events.size());
      put(slot, newest.stream().mapToLong(EventId::sequence).toArray());
    }
  }

  /** Puts the events of a row into its slot. */
  void put(int slot, long[] events) {
    ids[slot] = events;
    idLongs += events.length + HEADER;
  }

  /** Lets go of what is in a slot. */
  void drop(int slot) {
    long[] events = ids[slot];
    if (events != null) {
      idLongs -= events.length + HEADER;
      ids[slot] = null;
    }
  }

  /** Moves what is in a slot into another one that is free or is moved itself. */
  void move(int from, int to) {
    weights[to] = weights[from];
    firsts[to] = firsts[from];
    ids[to] = ids[from];
    ids[from] = null;
  }

  /** Copies what is in a slot into a free one of another. */
  void copy(int slot, Beside to, int place) {
    to.weights[place] = weights[slot];
    to.firsts[place] = firsts[slot];
    long[] events = ids[slot];
    if (events != null) {
      to.put(place, events);
    }
  }

  void absorb(int older, int newer) {
    merged = true;
    weights[newer] += weights[older];
    firsts[newer] = Math.min(firsts[newer], firsts[older]);
  }

  /** Writes what is of all slots. */
  void write(DataOutput out) throws IOException {
    out.writeBoolean(merged);
    out.writeLong(cut);
  }

  /**
   * Writes a slot.
   *
   * @param event of the row, where it stands for its own alone
   */
  void writeSlot(int slot, long event, DataOutput out) throws IOException {
    out.writeLong(weights[slot]);
    out.writeLong(firsts[slot]);
    long[] events = ids[slot];
    Longs.write(events == null ? new long[] {event} : events, out);
  }

  /** Reads so many slots. */
  static Beside read(DataInput in, int slots) throws IOException {
    var read = new Beside(slots);
    read.merged = in.readBoolean();
    read.cut = in.readLong();
    for (int i = 0; i < slots; i++) {
      read.weights[i] = in.readLong();
      read.firsts[i] = in.readLong();
      long[] ids = Longs.read(in, in.readInt());
      if (ids.length > 1) {
        read.put(i, ids);
      }
    }
    return read;
  }
}
