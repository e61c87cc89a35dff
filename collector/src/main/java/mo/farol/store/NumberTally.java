package mo.farol.store;

import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import org.apache.lucene.util.ArrayUtil;

/** Sum, mean, least or greatest of numbers. Sums carry what rounding lost (Neumaier's way). */
final class NumberTally extends ColumnTally {
  /** Which of them. */
  enum Kind {
    SUM,
    AVG,
    MIN,
    MAX
  }

  private static final int NUMBERS = 3;

  private final Kind kind;
  private final DoubleFunction<Cell> cell;
  // For each group how many, then the sum and what it lost, or the extreme.
  private double[] state = new double[NUMBERS * 16];

  NumberTally(Kind kind, Source source, DoubleFunction<Cell> cell) {
    super(source);
    this.kind = kind;
    this.cell = cell;
  }

  @Override
  void add(int group, long code) {
    int at = group * NUMBERS;
    state = ArrayUtil.grow(state, at + NUMBERS);
    double number = Double.longBitsToDouble(code);
    boolean isFirst = state[at]++ == 0;
    switch (kind) {
      case SUM, AVG -> sum(at + 1, number);
      case MIN -> state[at + 1] = isFirst ? number : Math.min(state[at + 1], number);
      case MAX -> state[at + 1] = isFirst ? number : Math.max(state[at + 1], number);
    }
  }

  @Override
  long bytes() {
    return NUMBERS * Double.BYTES;
  }

  @Override
  void cells(int group, Consumer<Cell> into) {
    double value = weight(group);
    into.accept(Double.isNaN(value) ? Cell.Empty.EMPTY : cell.apply(value));
  }

  @Override
  double weight(int group) {
    int at = group * NUMBERS;
    if (at >= state.length || state[at] == 0) {
      return Double.NaN;
    }
    return switch (kind) {
      case SUM -> state[at + 1] + state[at + 2];
      case AVG -> (state[at + 1] + state[at + 2]) / state[at];
      case MIN, MAX -> state[at + 1];
    };
  }

  private void sum(int at, double number) {
    double sum = state[at] + number;
    state[at + 1] +=
        Math.abs(state[at]) >= Math.abs(number)
            ? (state[at] - sum) + number
            : (number - sum) + state[at];
    state[at] = sum;
  }
}
