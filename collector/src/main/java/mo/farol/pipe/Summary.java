package mo.farol.pipe;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import mo.farol.store.Cell;

/** What is told of the cells of one group. */
final class Summary {
  private Summary() {}

  /** One cell for each column of a measure; from cells that are there, in order of their rows. */
  static List<Cell> of(Pipe.Told told, List<Cell> cells) {
    return switch (told.kind()) {
      case COUNT -> List.of(new Cell.Whole(cells.size()));
      case DISTINCT ->
          List.of(new Cell.Whole(cells.stream().map(Values::folded).distinct().count()));
      case SUM -> one(cells, numbers -> DoubleStream.of(numbers).sum());
      case AVG -> one(cells, numbers -> DoubleStream.of(numbers).sum() / numbers.length);
      case MIN -> extreme(cells, true);
      case MAX -> extreme(cells, false);
      case PERCENTILES -> percentiles(told.percents(), cells);
      case FIRST -> List.of(cells.isEmpty() ? Cell.Empty.EMPTY : cells.getFirst());
      case LAST -> List.of(cells.isEmpty() ? Cell.Empty.EMPTY : cells.getLast());
    };
  }

  private interface Function {
    double of(double[] numbers);
  }

  private static List<Cell> one(List<Cell> cells, Function function) {
    double[] numbers = numbers(cells);
    return List.of(numbers.length == 0 ? Cell.Empty.EMPTY : Cell.of(function.of(numbers)));
  }

  private static List<Cell> extreme(List<Cell> cells, boolean least) {
    var times = cells.stream().filter(Cell.Time.class::isInstance).sorted(Cell.ORDER).toList();
    if (!times.isEmpty()) {
      return List.of(least ? times.getFirst() : times.getLast());
    }
    return one(
        cells,
        numbers ->
            least
                ? Arrays.stream(numbers).min().orElseThrow()
                : Arrays.stream(numbers).max().orElseThrow());
  }

  private static List<Cell> percentiles(List<Double> percents, List<Cell> cells) {
    double[] numbers = numbers(cells);
    if (numbers.length == 0) {
      return Collections.nCopies(percents.size(), Cell.Empty.EMPTY);
    }
    Arrays.sort(numbers);
    return percents.stream().map(p -> Cell.of(numbers[rank(p, numbers.length) - 1])).toList();
  }

  // From 1, in whole ten-thousandths of a percent.
  private static int rank(double percent, int count) {
    long parts = Math.round(percent * 10_000);
    return Math.clamp(Math.ceilDiv(parts * count, 1_000_000), 1, count);
  }

  private static double[] numbers(List<Cell> cells) {
    return cells.stream()
        .map(Values::number)
        .filter(java.util.OptionalDouble::isPresent)
        .mapToDouble(java.util.OptionalDouble::getAsDouble)
        .toArray();
  }
}
