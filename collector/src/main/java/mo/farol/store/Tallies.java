package mo.farol.store;

import java.util.function.DoubleFunction;

/** Makes the tallies of measures. */
final class Tallies {
  private final Grouping.Bounds bounds;
  private final Budget budget;

  Tallies(Grouping.Bounds bounds, Budget budget) {
    this.bounds = bounds;
    this.budget = budget;
  }

  Tally of(Measure measure) {
    return switch (measure) {
      case Measure.Count _ -> new Tally.Counted();
      case Measure.Sum(var field) -> number(NumberTally.Kind.SUM, field);
      case Measure.Avg(var field) -> number(NumberTally.Kind.AVG, field);
      case Measure.Min(var field) -> number(NumberTally.Kind.MIN, field);
      case Measure.Max(var field) -> number(NumberTally.Kind.MAX, field);
      case Measure.Percentiles(var percents, var field) ->
          new SpreadTally(percents, numbers(field), cell(field), bounds.values(), budget);
      case Measure.Distinct(var field) -> {
        var values = new Dictionary(budget);
        yield new DistinctTally(reader -> Columns.of(field, reader, values, budget), budget);
      }
      case Measure.First(var field) -> edge(false, field);
      case Measure.Last(var field) -> edge(true, field);
      case Measure.Newest _ -> new NewestTally();
    };
  }

  private Tally number(NumberTally.Kind kind, String field) {
    return new NumberTally(kind, numbers(field), cell(field));
  }

  private Tally edge(boolean newest, String field) {
    if (field.equals(Layout.WHEN)) {
      return number(newest ? NumberTally.Kind.MAX : NumberTally.Kind.MIN, field);
    }
    var values = new Dictionary(budget);
    return new EdgeTally(newest, reader -> Columns.of(field, reader, values, budget), values);
  }

  private ColumnTally.Source numbers(String field) {
    return field.equals(Layout.WHEN)
        ? reader -> Columns.time(reader, Coder::bits)
        : reader -> Columns.of(field, reader, Coder.NUMBERS, budget);
  }

  private static DoubleFunction<Cell> cell(String field) {
    return field.equals(Layout.WHEN) ? number -> new Cell.Time((long) number) : Cell::of;
  }
}
