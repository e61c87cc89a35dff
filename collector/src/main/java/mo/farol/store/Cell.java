package mo.farol.store;

import java.math.BigDecimal;
import java.util.Comparator;
import mo.farol.event.Micros;

/** One value of a table. */
public sealed interface Cell {
  /** A value of a field; out of the index in lower case, as it compares them. */
  record Text(String text) implements Cell {}

  /** A number without a fraction. */
  record Whole(long number) implements Cell {}

  /** Any other number. */
  record Real(double number) implements Cell {}

  /** An instant, in microseconds since 1970. */
  record Time(long micros) implements Cell {}

  /** An event, by its place. */
  record Place(Row row) implements Cell {}

  /** No value. */
  enum Empty implements Cell {
    EMPTY
  }

  /** Beyond these a {@code double} no longer holds every whole number. */
  double LARGEST_WHOLE = 1L << 53;

  /** Numbers first, then instants, texts by their characters, and what is empty last. */
  Comparator<Cell> ORDER = Cell::compare;

  /** The cell of a number. */
  static Cell of(double number) {
    return number == Math.rint(number) && Math.abs(number) <= LARGEST_WHOLE
        ? new Whole((long) number)
        : new Real(number);
  }

  /** As people and files read it: plain digits, ISO 8601 in UTC, nothing where there is none. */
  default String text() {
    return switch (this) {
      case Text(var text) -> text;
      case Whole(var number) -> Long.toString(number);
      case Real(var number) -> plain(number);
      case Time(var micros) -> Micros.toInstant(micros).toString();
      case Place(var row) -> Long.toString(row.sequence());
      case Empty _ -> "";
    };
  }

  /** Whether there is a value. */
  default boolean isThere() {
    return this != Empty.EMPTY;
  }

  private static String plain(double number) {
    return Double.isFinite(number)
        ? new BigDecimal(Double.toString(number)).toPlainString()
        : Double.toString(number);
  }

  private static int compare(Cell one, Cell other) {
    int byKind = Integer.compare(kind(one), kind(other));
    if (byKind != 0) {
      return byKind;
    }
    return switch (one) {
      case Whole(var number) when other instanceof Whole(var second) ->
          Long.compare(number, second);
      case Whole(var number) -> Double.compare(number, number(other));
      case Real(var number) -> Double.compare(number, number(other));
      case Time(var micros) when other instanceof Time(var second) -> Long.compare(micros, second);
      case Place(var row) when other instanceof Place(var second) -> row.compareTo(second);
      case Text(var text) when other instanceof Text(var second) -> text.compareTo(second);
      default -> 0;
    };
  }

  private static double number(Cell cell) {
    return switch (cell) {
      case Whole(var number) -> number;
      case Real(var number) -> number;
      default -> Double.NaN;
    };
  }

  private static int kind(Cell cell) {
    return switch (cell) {
      case Whole _, Real _ -> 0;
      case Time _ -> 1;
      case Text _ -> 2;
      case Place _ -> 3;
      case Empty _ -> 4;
    };
  }
}
