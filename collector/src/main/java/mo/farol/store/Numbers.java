package mo.farol.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.apache.lucene.util.BytesRef;

/**
 * Values that are numbers within bounds. Numbers are kept as text only, so a range looks at each
 * different value of the field once; that costs nothing while indexing.
 */
record Numbers(BigDecimal from, boolean withFrom, BigDecimal to, boolean withTo, int skip)
    implements Predicate<BytesRef> {
  private static final BigDecimal BEYOND = BigDecimal.TEN.pow(40);

  Numbers(Clause.Range range, int skip) {
    this(
        range.from().isEmpty() ? BEYOND.negate() : new BigDecimal(range.from()),
        range.withFrom(),
        range.to().isEmpty() ? BEYOND : new BigDecimal(range.to()),
        range.withTo(),
        skip);
  }

  /** Whether the bounds given are numbers. */
  static boolean areNumbers(Clause.Range range) {
    return isNumberOrOpen(range.from())
        && isNumberOrOpen(range.to())
        && !(range.from().isEmpty() && range.to().isEmpty());
  }

  @Override
  public boolean test(BytesRef term) {
    int length = term.length - skip;
    if (length > NumberText.LONGEST) {
      return false;
    }
    String text = new String(term.bytes, term.offset + skip, length, StandardCharsets.ISO_8859_1);
    if (!NumberText.isNumber(text)) {
      return false;
    }
    var number = new BigDecimal(text);
    int low = number.compareTo(from);
    int high = number.compareTo(to);
    return (withFrom ? low >= 0 : low > 0) && (withTo ? high <= 0 : high < 0);
  }

  /** The number a value is; NaN where it is none. */
  static double of(BytesRef value) {
    if (value.length > NumberText.LONGEST) {
      return Double.NaN;
    }
    String text = new String(value.bytes, value.offset, value.length, StandardCharsets.ISO_8859_1);
    return NumberText.isNumber(text) ? Double.parseDouble(text) : Double.NaN;
  }

  private static boolean isNumberOrOpen(String text) {
    return text.isEmpty() || NumberText.isNumber(text);
  }
}
