package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Remembers when each value was last seen, and speaks of one that was not seen within the span
 * before, once the group was watched long enough.
 */
final class NewsGroup extends Group {
  private static final int ITEM = 3; // value, value, last seen; a time of 0 is a free slot

  private long[] slots = new long[2 * ITEM];
  private int size;
  private long since = Long.MAX_VALUE; // watched
  private long newest = Long.MIN_VALUE;

  NewsGroup(Table table, byte[] key, long hash, long hash2) {
    super(table, key, hash, hash2);
  }

  @Override
  boolean isTooLate(long at) {
    return table.lane().isLive() && newest != Long.MIN_VALUE && at < newest - table.span();
  }

  @Override
  long newest() {
    return newest;
  }

  @Override
  void take(Hit hit, Report out) {
    long seenAt = table.seenAt(hit);
    since = Math.min(since, seenAt);
    newest = Math.max(newest, hit.at());
    boolean isNew = see(table.row()[Ring.VALUE], table.row()[Ring.VALUE + 1], hit.at());
    if (isNew && seenAt - since >= table.learn()) {
      var common = Arrays.copyOfRange(table.row(), Ring.SHOWN, Ring.VALUE);
      var told = new Crossings(this, ShownTexts.of(hit, table.row())).with(table.rule().named(hit));
      out.crossed(table.lane(), told.alone(hit, common), true);
    }
  }

  private boolean see(long a, long b, long at) {
    int k = find(a, b);
    if (slots[k + 2] != 0) {
      boolean forgotten = at - slots[k + 2] > table.span();
      slots[k + 2] = Math.max(slots[k + 2], at);
      return forgotten;
    }
    if (2 * ITEM * (size + 1) > slots.length) {
      makeRoom();
      k = find(a, b);
    }
    slots[k] = a;
    slots[k + 1] = b;
    slots[k + 2] = at == 0 ? 1 : at;
    size++;
    return true;
  }

  private int find(long a, long b) {
    int count = slots.length / ITEM;
    long mixed = (a ^ b) * 0x9E3779B97F4A7C15L;
    int k = ITEM * (int) Long.remainderUnsigned(mixed >>> 32, count);
    while (slots[k + 2] != 0 && (slots[k] != a || slots[k + 1] != b)) {
      k = k + ITEM == slots.length ? 0 : k + ITEM;
    }
    return k;
  }

  // What no hit can come within a span of any more is forgotten; if that is not enough and the
  // bound is reached, so is the older half.
  private void makeRoom() {
    long oldest = newest - 2 * table.span(); // a hit may be late by one
    int most = size;
    if (size >= table.values()) {
      long[] times = times();
      if (times[times.length / 2] > oldest) {
        table.bounded("values");
        oldest = times[times.length / 2];
        most = size / 2; // also where all bear one time
      }
    }
    long[] old = slots;
    int kept = Math.min(most, countFrom(oldest));
    slots = new long[ITEM * 2 * (kept + 1) * 3 / 2 / ITEM * ITEM + 2 * ITEM];
    size = 0;
    for (int k = 0; k < old.length && size < kept; k += ITEM) {
      if (old[k + 2] != 0 && old[k + 2] >= oldest) {
        System.arraycopy(old, k, slots, find(old[k], old[k + 1]), ITEM);
        size++;
      }
    }
  }

  private long[] times() {
    var times = new long[size];
    int n = 0;
    for (int k = 0; k < slots.length; k += ITEM) {
      if (slots[k + 2] != 0) {
        times[n++] = slots[k + 2];
      }
    }
    Arrays.sort(times);
    return times;
  }

  private int countFrom(long oldest) {
    int n = 0;
    for (int k = 0; k < slots.length; k += ITEM) {
      n += slots[k + 2] != 0 && slots[k + 2] >= oldest ? 1 : 0;
    }
    return n;
  }

  @Override
  long content() {
    return slots.length;
  }

  @Override
  void write(DataOutput out) throws IOException {
    out.writeLong(since);
    out.writeLong(newest);
    out.writeInt(size);
    Longs.write(slots, out);
  }

  @Override
  void read(DataInput in) throws IOException {
    since = in.readLong();
    newest = in.readLong();
    size = in.readInt();
    slots = Longs.read(in, in.readInt());
  }
}
