package mo.farol.store;

import java.util.List;

/**
 * What is told of the events of a group. Of a field that is read as numbers the values that are
 * plain decimal numbers count, of {@code @timestamp} the instants; equal values of one event count
 * once. Empty where no event of the group has such a value.
 */
public sealed interface Measure {
  /** How many events. */
  record Count() implements Measure {}

  /** How many different values. */
  record Distinct(String field) implements Measure {}

  /** The sum of the numbers. */
  record Sum(String field) implements Measure {}

  /** Their mean. */
  record Avg(String field) implements Measure {}

  /** The least. */
  record Min(String field) implements Measure {}

  /** The greatest. */
  record Max(String field) implements Measure {}

  /**
   * Values that so many percent of the numbers do not exceed, by nearest rank; one cell for each.
   *
   * @param percents 0 to 100
   */
  record Percentiles(List<Double> percents, String field) implements Measure {
    public Percentiles {
      percents = List.copyOf(percents);
    }
  }

  /** The value of the oldest event that has one: the first in order where it has several. */
  record First(String field) implements Measure {}

  /** The value of the newest event that has one. */
  record Last(String field) implements Measure {}

  /** The newest event, as a {@link Cell.Place}. */
  record Newest() implements Measure {}
}
