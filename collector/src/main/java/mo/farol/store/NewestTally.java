package mo.farol.store;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.ArrayUtil;
import org.jspecify.annotations.Nullable;

/** The newest event of each group. */
final class NewestTally extends Tally {
  private static final int NUMBERS = 3;

  private record Places(
      NumericDocValues times, NumericDocValues sequences, NumericDocValues positions) {}

  private @Nullable Places places;
  private int doc;
  private long time;
  private long sequence;
  // For each group the event's time, its sequence plus one, and its position.
  private long[] state = new long[NUMBERS * 16];

  @Override
  void open(Segment segment) throws IOException {
    places =
        new Places(
            DocValues.getNumeric(segment.reader(), Layout.TIME),
            DocValues.getNumeric(segment.reader(), Layout.SEQUENCE),
            DocValues.getNumeric(segment.reader(), Layout.POSITION));
  }

  @Override
  void load(int doc, int slot) throws IOException {
    this.doc = doc;
    time = at(places().times, doc);
    sequence = at(places().sequences, doc);
  }

  @Override
  void add(int group) throws IOException {
    int at = group * NUMBERS;
    state = ArrayUtil.grow(state, at + NUMBERS);
    boolean isNewer =
        state[at + 1] == 0
            || time > state[at]
            || (time == state[at] && sequence + 1 > state[at + 1]);
    if (isNewer) {
      state[at] = time;
      state[at + 1] = sequence + 1;
      state[at + 2] = at(places().positions, doc);
    }
  }

  @Override
  long bytes() {
    return NUMBERS * Long.BYTES;
  }

  @Override
  void cells(int group, Consumer<Cell> into) {
    int at = group * NUMBERS;
    boolean isThere = at < state.length && state[at + 1] > 0;
    into.accept(
        isThere
            ? new Cell.Place(new Row(state[at], state[at + 1] - 1, state[at + 2]))
            : Cell.Empty.EMPTY);
  }

  /** The event's time; as a number it is exact until the year 2255. */
  @Override
  double weight(int group) {
    return group * NUMBERS < state.length ? state[group * NUMBERS] : Double.NaN;
  }

  private Places places() {
    return Objects.requireNonNull(places, "no segment was opened");
  }

  private static long at(NumericDocValues numbers, int doc) throws IOException {
    numbers.advanceExact(doc);
    return numbers.longValue();
  }
}
