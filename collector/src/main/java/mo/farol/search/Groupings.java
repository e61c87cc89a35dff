package mo.farol.search;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.pipe.Columns;
import mo.farol.pipe.Pipe;
import mo.farol.store.Grouping;
import mo.farol.store.Key;
import mo.farol.store.Measure;

/** What the index is asked for where a first stage groups events. */
final class Groupings {
  /** Groups that go on to the next stage at most. */
  static final int MOST = 100_000;

  private static final List<String> NOT_IN_GROUPS = List.of(Leaves.TEXT, "id");

  private Groupings() {}

  static Grouping of(Pipe.Group group, Optional<Integer> keep, Grouping.Bounds bounds) {
    return new Grouping(
        group.keys().stream().map(Groupings::key).toList(),
        group.told().stream().map(Groupings::measure).toList(),
        false,
        Columns.isOverTime(group) ? Grouping.Order.KEYS : Grouping.Order.MOST,
        keep.orElse(MOST),
        bounds);
  }

  static Grouping of(Pipe.Top top, Grouping.Bounds bounds) {
    return new Grouping(
        top.names().stream().map(Groupings::key).toList(),
        List.of(new Measure.Count()),
        true,
        top.rare() ? Grouping.Order.LEAST : Grouping.Order.MOST,
        top.n(),
        bounds);
  }

  /** The newest event of each group, newest first. */
  static Grouping of(Pipe.Dedup dedup, int keep, Grouping.Bounds bounds) {
    return new Grouping(
        dedup.names().stream().map(Groupings::key).toList(),
        List.of(new Measure.Newest()),
        false,
        Grouping.Order.MOST,
        keep,
        bounds);
  }

  /** Whether the index can do a stage over events by itself. */
  static boolean takes(Pipe pipe) {
    return switch (pipe) {
      case Pipe.Group group ->
          Stream.concat(
                  group.keys().stream()
                      .filter(Pipe.By.Values.class::isInstance)
                      .map(by -> ((Pipe.By.Values) by).name()),
                  group.told().stream().map(Pipe.Told::name))
              .allMatch(Groupings::isCounted);
      case Pipe.Top top -> top.names().stream().allMatch(Groupings::isCounted);
      case Pipe.Dedup dedup -> dedup.names().stream().allMatch(Groupings::isCounted);
      case Pipe.Fields _, Pipe.Sort _, Pipe.Limit _, Pipe.Where _ -> false;
    };
  }

  private static boolean isCounted(Pipe.Name name) {
    return !NOT_IN_GROUPS.contains(name.text());
  }

  private static Key key(Pipe.By by) {
    return switch (by) {
      case Pipe.By.Values(var name) -> key(name);
      case Pipe.By.Bin(var width, _) -> new Key.Bin(width.toNanos() / 1_000);
    };
  }

  private static Key key(Pipe.Name name) {
    return name.text().equals(Columns.TIME) ? new Key.Bin(1) : new Key.Value(name.text());
  }

  private static Measure measure(Pipe.Told told) {
    String field = told.name().text();
    return switch (told.kind()) {
      case COUNT -> new Measure.Count();
      case DISTINCT -> new Measure.Distinct(field);
      case SUM -> new Measure.Sum(field);
      case AVG -> new Measure.Avg(field);
      case MIN -> new Measure.Min(field);
      case MAX -> new Measure.Max(field);
      case PERCENTILES -> new Measure.Percentiles(told.percents(), field);
      case FIRST -> new Measure.First(field);
      case LAST -> new Measure.Last(field);
    };
  }
}
