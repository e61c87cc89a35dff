package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One group of one correlation. What it holds and when it speaks is its kind's. */
abstract class Group {
  /** Nothing is waited for. */
  static final long NEVER = Long.MAX_VALUE;

  final Table table;
  final byte[] key; // see Keys
  final long hash; // with hash2, of the values of the key whole
  final long hash2;
  @Nullable Group older; // in the order of touching: see Groups
  @Nullable Group newer;
  long touched = Long.MIN_VALUE; // event time: the latest of the lane's and of its hits
  long queuedAt = NEVER; // what Deadlines knows it by
  long held; // longs that are counted for it
  int turn; // of Shares, when it was last touched
  boolean gone;

  Group(Table table, byte[] key, long hash, long hash2) {
    this.table = table;
    this.key = key;
    this.hash = hash;
    this.hash2 = hash2;
  }

  /** Makes room for a hit of this time. */
  void makeRoom(long at, Report out) {}

  /**
   * Whether a hit is so late that nothing can come of it any more. In an import, whose hosts may
   * come one after the other, only what was judged is over.
   */
  abstract boolean isTooLate(long at);

  /** The newest event time it knows of. */
  abstract long newest();

  /** Takes a hit, whose row is {@link Table#row}, and hands out what is due by it. */
  abstract void take(Hit hit, Report out);

  /** Whether something is kept back that {@link #settle} hands out. */
  boolean owes() {
    return false;
  }

  /** Hands out what is kept back. */
  void settle(Report out) {}

  /** Tells what was kept back so far and nobody was told; it is kept back as before. */
  void tell(Report out) {}

  /** Whether what is kept back has been so for long enough. */
  boolean isDue(long time) {
    return false;
  }

  /** When it has something to say though no hit comes, in event time. */
  long deadline() {
    return NEVER;
  }

  /** Says it. Event time has reached the deadline, or the lane is over. */
  void timeUp(Report out) {}

  /** Longs that it takes: its key, hits, values and texts. */
  final long longs() {
    return (key.length + Long.BYTES - 1) / Long.BYTES + content();
  }

  /** Longs that its hits, values and texts take. */
  abstract long content();

  /** Writes it with its key. */
  final void writeWhole(DataOutput out) throws IOException {
    Texts.write(key, out);
    out.writeLong(hash);
    out.writeLong(hash2);
    out.writeLong(touched);
    write(out);
  }

  /** Reads a group with its key. */
  static Group readWhole(DataInput in, Table table) throws IOException {
    var group = of(table, Texts.bytes(in), in.readLong(), in.readLong());
    group.touched = in.readLong();
    group.read(in);
    return group;
  }

  abstract void write(DataOutput out) throws IOException;

  abstract void read(DataInput in) throws IOException;

  /** A group of the kind that a correlation needs. */
  static Group of(Table table, byte[] key, long hash, long hash2) {
    var correlation = table.correlation();
    if (correlation.isDecidedAtTheEnd()) {
      return new ClosingGroup(table, key, hash, hash2);
    }
    return switch (correlation.type()) {
      case FAROL_ABSENCE -> new AbsenceGroup(table, key, hash, hash2);
      case FAROL_FIRST_SEEN -> new NewsGroup(table, key, hash, hash2);
      case FAROL_RARE -> new RareGroup(table, key, hash, hash2);
      case VALUE_PERCENTILE ->
          correlation.isShare()
              ? new RareGroup(table, key, hash, hash2)
              : new CountingGroup(table, key, hash, hash2);
      case EVENT_COUNT, VALUE_COUNT, VALUE_SUM, VALUE_AVG, VALUE_MEDIAN ->
          new CountingGroup(table, key, hash, hash2);
      case TEMPORAL, TEMPORAL_ORDERED -> new CountingGroup(table, key, hash, hash2);
    };
  }
}
