package mo.farol.store;

import java.util.Arrays;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefHash;
import org.jspecify.annotations.Nullable;

/** Values of one field that were seen in matches, of all segments, numbered as they came. */
final class Dictionary implements Coder {
  private static final int BYTES_A_VALUE = 24;

  private final BytesRefHash values = new BytesRefHash();
  private final Budget budget;
  private final BytesRef one = new BytesRef();
  private final BytesRef other = new BytesRef();
  private @Nullable Cell[] cells = new @Nullable Cell[0];

  Dictionary(Budget budget) {
    this.budget = budget;
  }

  @Override
  public long code(BytesRef value) {
    int known = values.find(value);
    if (known >= 0) {
      return known;
    }
    return budget.take(value.length + BYTES_A_VALUE) ? values.add(value) : FULL;
  }

  /** The value of a code, made once. */
  Cell cell(long code) {
    int at = (int) code;
    if (at >= cells.length) {
      cells = Arrays.copyOf(cells, Math.max(at + 1, cells.length * 2));
    }
    var cell = cells[at];
    if (cell == null) {
      cell = new Cell.Text(values.get(at, one).utf8ToString());
      cells[at] = cell;
    }
    return cell;
  }

  /** Which of two codes stands for the lesser value. */
  int compare(long code, long second) {
    return values.get((int) code, one).compareTo(values.get((int) second, other));
  }
}
