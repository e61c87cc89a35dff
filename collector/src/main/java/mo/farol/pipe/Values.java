package mo.farol.pipe;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import mo.farol.event.Micros;
import mo.farol.store.Cell;
import mo.farol.store.NumberText;

/** How cells compare: numbers as such, also those that are text; letters in either case alike. */
final class Values {
  private Values() {}

  /** Order of two cells. What is empty comes last either way. */
  static int compare(Cell one, Cell other, boolean descending) {
    return compareKeys(plain(one), plain(other), descending);
  }

  /** What cells are put in order by, each read once. */
  static List<Cell> keys(List<Cell> cells) {
    return cells.stream().map(Values::plain).toList();
  }

  /** Order of two cells that {@link #keys} gave. What is empty comes last either way. */
  static int compareKeys(Cell one, Cell other, boolean descending) {
    if (!one.isThere() || !other.isThere()) {
      return Boolean.compare(!one.isThere(), !other.isThere());
    }
    int order = Cell.ORDER.compare(one, other);
    return descending ? -order : order;
  }

  /** Whether a condition holds of a cell. */
  static boolean holds(Pipe.Condition condition, Cell cell) {
    if (!cell.isThere()) {
      return condition.test() == Pipe.Test.OTHER;
    }
    var wanted = wanted(condition.value(), cell);
    var have = plain(cell);
    boolean alike = wanted.getClass() == have.getClass() || isNumber(wanted) && isNumber(have);
    int order = Cell.ORDER.compare(have, wanted);
    return switch (condition.test()) {
      case EQUAL -> alike && order == 0;
      case OTHER -> !(alike && order == 0);
      case LESS -> alike && order < 0;
      case AT_MOST -> alike && order <= 0;
      case MORE -> alike && order > 0;
      case AT_LEAST -> alike && order >= 0;
    };
  }

  /** The number a cell is. */
  static OptionalDouble number(Cell cell) {
    return switch (plain(cell)) {
      case Cell.Whole(var number) -> OptionalDouble.of(number);
      case Cell.Real(var number) -> OptionalDouble.of(number);
      default -> OptionalDouble.empty();
    };
  }

  /** Cells to tell rows apart by. */
  static List<Cell> folded(List<Cell> cells) {
    return cells.stream().map(Values::folded).toList();
  }

  /** A cell with its letters in lower case, as the index has them. */
  static Cell folded(Cell cell) {
    return cell instanceof Cell.Text(var text) ? new Cell.Text(low(text)) : cell;
  }

  private static boolean isNumber(Cell cell) {
    return cell instanceof Cell.Whole || cell instanceof Cell.Real;
  }

  private static Cell plain(Cell cell) {
    return cell instanceof Cell.Text(var text) ? read(text) : cell;
  }

  private static Cell wanted(String value, Cell beside) {
    if (beside instanceof Cell.Time) {
      try {
        return new Cell.Time(Micros.of(Instant.parse(value)));
      } catch (DateTimeException | ArithmeticException e) {
        return new Cell.Text(value);
      }
    }
    return read(value);
  }

  private static Cell read(String text) {
    return NumberText.isNumber(text)
        ? Cell.of(new BigDecimal(text).doubleValue())
        : new Cell.Text(low(text));
  }

  private static String low(String text) {
    var low = new StringBuilder(text.length());
    text.codePoints().map(Character::toLowerCase).forEach(low::appendCodePoint);
    return low.toString();
  }
}
