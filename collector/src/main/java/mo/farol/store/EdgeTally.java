package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.NumericDocValues;
import org.jspecify.annotations.Nullable;

/** The value of the oldest or the newest event: by its time, then by its sequence. */
final class EdgeTally extends ColumnTally {
  private static final int NUMBERS = 3;
  private static final long NOTHING = GroupKeys.ABSENT;

  private final boolean newest;
  private final Dictionary values;
  private @Nullable NumericDocValues times;
  private @Nullable NumericDocValues sequences;
  private long time;
  private long sequence;
  // For each group the value, the event's time and its sequence.
  private long[] state = {};

  EdgeTally(boolean newest, Source source, Dictionary values) {
    super(source);
    this.newest = newest;
    this.values = values;
  }

  @Override
  void open(Segment segment) throws IOException {
    super.open(segment);
    times = DocValues.getNumeric(segment.reader(), Layout.TIME);
    sequences = DocValues.getNumeric(segment.reader(), Layout.SEQUENCE);
  }

  @Override
  void load(int doc, int slot) throws IOException {
    super.load(doc, slot);
    if (column().size() > 0) {
      time = at(times, doc);
      sequence = at(sequences, doc);
    }
  }

  @Override
  void add(int group, long code) {
    int at = group * NUMBERS;
    if (at >= state.length) {
      int before = state.length;
      state = Arrays.copyOf(state, Math.max(at + 64 * NUMBERS, before * 2));
      Arrays.fill(state, before, state.length, NOTHING);
    }
    if (state[at] == NOTHING || beats(at, code)) {
      state[at] = code;
      state[at + 1] = time;
      state[at + 2] = sequence;
    }
  }

  @Override
  long bytes() {
    return NUMBERS * Long.BYTES;
  }

  @Override
  void cells(int group, Consumer<Cell> into) {
    long code = code(group);
    into.accept(code == NOTHING || code == Coder.FULL ? Cell.Empty.EMPTY : values.cell(code));
  }

  @Override
  double weight(int group) {
    return 0;
  }

  @Override
  List<Partial> partial(Collection<Integer> told) {
    return told.stream().anyMatch(group -> code(group) == Coder.FULL)
        ? List.of(Partial.of(Partial.Kind.VALUES))
        : List.of();
  }

  private long code(int group) {
    return group * NUMBERS < state.length ? state[group * NUMBERS] : NOTHING;
  }

  private boolean beats(int at, long code) {
    int order = Long.compare(time, state[at + 1]);
    order = order == 0 ? Long.compare(sequence, state[at + 2]) : order;
    if (order != 0) {
      return newest ? order > 0 : order < 0;
    }
    return code != Coder.FULL && state[at] != Coder.FULL && values.compare(code, state[at]) < 0;
  }

  private static long at(@Nullable NumericDocValues numbers, int doc) throws IOException {
    var open = Objects.requireNonNull(numbers, "no segment was opened");
    open.advanceExact(doc);
    return open.longValue();
  }
}
