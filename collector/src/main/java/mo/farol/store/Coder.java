package mo.farol.store;

import org.apache.lucene.util.BytesRef;

/** Makes a number of a value, by which it is known until the answer is given. */
interface Coder {
  /** The value counts for nothing here, such as a word where numbers are asked for. */
  long NONE = Long.MIN_VALUE;

  /** The value is a new one, and there is no room for it. */
  long FULL = Long.MIN_VALUE + 1;

  long code(BytesRef value);

  /** Each value that is a plain decimal number is that number's bits. */
  Coder NUMBERS = value -> bits(Numbers.of(value));

  /** The bits of a number, of which -0 and 0 are one. */
  static long bits(double number) {
    return Double.isNaN(number) ? NONE : Double.doubleToRawLongBits(number + 0.0);
  }
}
