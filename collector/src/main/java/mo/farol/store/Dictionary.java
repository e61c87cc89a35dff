package mo.farol.store;

import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefHash;

/** Values of one field that were seen in matches, of all segments, numbered as they came. */
final class Dictionary implements Coder {
  private static final int BYTES_A_VALUE = 24;

  private final BytesRefHash values = new BytesRefHash();
  private final Budget budget;
  private final BytesRef one = new BytesRef();
  private final BytesRef other = new BytesRef();

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

  /** The value of a code. */
  Cell cell(long code) {
    return new Cell.Text(values.get((int) code, one).utf8ToString());
  }

  /** Which of two codes stands for the lesser value. */
  int compare(long code, long second) {
    return values.get((int) code, one).compareTo(values.get((int) second, other));
  }
}
