package mo.farol.search;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import mo.farol.event.Event;
import mo.farol.pipe.Columns;
import mo.farol.pipe.Pipe;
import org.jspecify.annotations.Nullable;

/**
 * What stages leave, worked out the slow and obvious way on rows that are maps. Values are texts,
 * numbers as {@code Double}, instants, or absent.
 */
final class PipeOracle {
  private PipeOracle() {}

  /** An event as a row, its values as they were sent. */
  static Map<String, Object> row(Event event) {
    var row = new LinkedHashMap<String, Object>(event.fields());
    row.values().removeIf(value -> value.equals(""));
    row.put(Columns.TIME, event.occurredAt());
    row.put("agency", event.source().agency());
    row.put("host.name", event.source().host());
    row.put("severity", event.severity().word());
    row.put("id", event.id().toString());
    return row;
  }

  static List<Map<String, Object>> apply(List<Pipe> pipes, List<Map<String, Object>> rows) {
    var now = rows;
    for (var pipe : pipes) {
      now = apply(pipe, now);
    }
    return now;
  }

  private static List<Map<String, Object>> apply(Pipe pipe, List<Map<String, Object>> rows) {
    return switch (pipe) {
      case Pipe.Group group -> group(group, rows);
      case Pipe.Top top -> top(top, rows);
      case Pipe.Fields fields -> rows.stream().map(row -> only(row, fields.names())).toList();
      case Pipe.Sort sort -> sorted(sort, rows);
      case Pipe.Dedup dedup -> dedup(dedup, rows);
      case Pipe.Limit limit -> rows.subList(0, Math.min(limit.n(), rows.size()));
      case Pipe.Where where ->
          rows.stream()
              .filter(row -> where.conditions().stream().allMatch(c -> holds(c, row)))
              .toList();
    };
  }

  private static Map<String, Object> only(Map<String, Object> row, List<Pipe.Name> names) {
    var some = new LinkedHashMap<String, Object>();
    for (var name : names) {
      var value = row.get(name.text());
      if (value != null) {
        some.put(name.text(), value);
      }
    }
    return some;
  }

  private static List<Map<String, Object>> dedup(Pipe.Dedup dedup, List<Map<String, Object>> rows) {
    var seen = new HashSet<Map<String, Object>>();
    return rows.stream().filter(row -> seen.add(low(only(row, dedup.names())))).toList();
  }

  private static List<Map<String, Object>> top(Pipe.Top top, List<Map<String, Object>> rows) {
    var counts = new LinkedHashMap<Map<String, Object>, Double>();
    for (var row : rows) {
      var key = low(only(row, top.names()));
      if (key.size() == top.names().size()) {
        counts.merge(key, 1.0, Double::sum);
      }
    }
    var list = new ArrayList<Map<String, Object>>();
    counts.forEach(
        (key, count) -> {
          var row = new LinkedHashMap<>(key);
          row.put("count", count);
          list.add(row);
        });
    var names = top.names().stream().map(Pipe.Name::text).toList();
    Comparator<Map<String, Object>> byCount = Comparator.comparing(r -> (Double) r.get("count"));
    list.sort((top.rare() ? byCount : byCount.reversed()).thenComparing(byKeys(names)));
    return list.subList(0, Math.min(top.n(), list.size()));
  }

  private static List<Map<String, Object>> group(Pipe.Group group, List<Map<String, Object>> rows) {
    var groups = new LinkedHashMap<Map<String, Object>, List<Map<String, Object>>>();
    if (group.keys().isEmpty()) {
      groups.put(Map.of(), new ArrayList<>());
    }
    var names = new ArrayList<String>();
    boolean overTime = false;
    for (var by : group.keys()) {
      names.add(by instanceof Pipe.By.Values(var name) ? name.text() : Columns.TIME);
      overTime |= names.getLast().equals(Columns.TIME);
    }
    for (var row : rows) {
      groups.computeIfAbsent(key(group, row), _ -> new ArrayList<>()).add(row);
    }
    var list = new ArrayList<Map<String, Object>>();
    groups.forEach((key, members) -> list.add(told(group, key, members)));
    var byKeys = byKeys(names);
    String first = group.told().getFirst().columns().getFirst();
    Comparator<Map<String, Object>> byFirst =
        (one, other) ->
            one.get(first) instanceof String || other.get(first) instanceof String
                ? 0
                : natural(one.get(first), other.get(first), true);
    list.sort(overTime ? byKeys : byFirst.thenComparing(byKeys));
    return list;
  }

  private static Map<String, Object> key(Pipe.Group group, Map<String, Object> row) {
    var key = new LinkedHashMap<String, Object>();
    for (var by : group.keys()) {
      if (by instanceof Pipe.By.Bin(var width, _)) {
        long second = ((Instant) Objects.requireNonNull(row.get(Columns.TIME))).getEpochSecond();
        long start = Math.floorDiv(second, width.toSeconds()) * width.toSeconds();
        key.put(Columns.TIME, Instant.ofEpochSecond(start));
      } else if (by instanceof Pipe.By.Values(var name)) {
        key.putAll(low(only(row, List.of(name))));
      }
    }
    return key;
  }

  private static Map<String, Object> told(
      Pipe.Group group, Map<String, Object> key, List<Map<String, Object>> members) {
    var row = new LinkedHashMap<>(key);
    for (var told : group.told()) {
      var values = new ArrayList<>();
      for (var member : ordered(told.kind(), members)) {
        var value = member.get(told.name().text());
        if (value != null) {
          values.add(value);
        }
      }
      var all = told.kind() == Pipe.Kind.COUNT ? List.<Object>copyOf(members) : values;
      for (int i = 0; i < told.columns().size(); i++) {
        double percent = told.percents().isEmpty() ? 0 : told.percents().get(i);
        var value = told(told.kind(), percent, all);
        if (value != null) {
          row.put(told.columns().get(i), value);
        }
      }
    }
    return row;
  }

  private static List<Map<String, Object>> ordered(
      Pipe.Kind kind, List<Map<String, Object>> members) {
    boolean byTime = kind == Pipe.Kind.FIRST || kind == Pipe.Kind.LAST;
    if (!byTime || members.isEmpty() || !members.getFirst().containsKey(Columns.TIME)) {
      return members;
    }
    var oldestFirst = new ArrayList<>(members);
    Collections.reverse(oldestFirst);
    oldestFirst.sort(Comparator.comparing(row -> (Instant) row.get(Columns.TIME)));
    return oldestFirst;
  }

  private static @Nullable Object told(Pipe.Kind kind, double percent, List<Object> values) {
    var numbers =
        values.stream().map(PipeOracle::number).filter(Objects::nonNull).sorted().toList();
    var times = values.stream().filter(Instant.class::isInstance).sorted().toList();
    boolean none = numbers.isEmpty();
    return switch (kind) {
      case COUNT -> (double) values.size();
      case DISTINCT -> (double) values.stream().map(PipeOracle::low).distinct().count();
      case SUM -> none ? null : sum(numbers).doubleValue();
      case AVG -> none ? null : sum(numbers).doubleValue() / numbers.size();
      case MIN -> !times.isEmpty() ? times.getFirst() : none ? null : numbers.getFirst();
      case MAX -> !times.isEmpty() ? times.getLast() : none ? null : numbers.getLast();
      case PERCENTILES -> none ? null : rank(percent, numbers);
      case FIRST -> values.isEmpty() ? null : values.getFirst();
      case LAST -> values.isEmpty() ? null : values.getLast();
    };
  }

  private static Double rank(double percent, List<Double> sorted) {
    int at = 0;
    while (at + 1 < sorted.size() && (at + 1) * 100.0 < percent * sorted.size()) {
      at++;
    }
    return sorted.get(at);
  }

  private static BigDecimal sum(List<Double> numbers) {
    return numbers.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static List<Map<String, Object>> sorted(Pipe.Sort sort, List<Map<String, Object>> rows) {
    var list = new ArrayList<>(rows);
    for (var order : sort.orders().reversed()) {
      String name = order.name().text();
      list.sort((one, other) -> natural(one.get(name), other.get(name), order.descending()));
    }
    return list;
  }

  private static boolean holds(Pipe.Condition condition, Map<String, Object> row) {
    var value = row.get(condition.name().text());
    if (value == null) {
      return condition.test() == Pipe.Test.OTHER;
    }
    var have = number(value);
    var wanted = number(condition.value());
    Object one = have == null ? low(value) : have;
    Object other = wanted == null ? low(condition.value()) : wanted;
    boolean alike = one.getClass() == other.getClass();
    int order = alike ? natural(one, other, false) : 0;
    return switch (condition.test()) {
      case EQUAL -> alike && order == 0;
      case OTHER -> !alike || order != 0;
      case LESS -> alike && order < 0;
      case AT_MOST -> alike && order <= 0;
      case MORE -> alike && order > 0;
      case AT_LEAST -> alike && order >= 0;
    };
  }

  /** Numbers, also those in texts, then instants, then texts; what is absent last either way. */
  private static int natural(@Nullable Object one, @Nullable Object other, boolean descending) {
    if (one == null || other == null) {
      return Boolean.compare(one == null, other == null);
    }
    return descending ? ordered(other, one) : ordered(one, other);
  }

  private static int ordered(Object one, Object other) {
    var first = number(one);
    var second = number(other);
    if (first != null && second != null) {
      return Double.compare(first, second);
    }
    int kinds = Integer.compare(kind(one), kind(other));
    if (kinds != 0) {
      return kinds;
    }
    return one instanceof Instant at
        ? at.compareTo((Instant) other)
        : low(one).toString().compareTo(low(other).toString());
  }

  private static int kind(Object value) {
    return number(value) != null ? 0 : value instanceof Instant ? 1 : 2;
  }

  private static Comparator<Map<String, Object>> byKeys(List<String> names) {
    return (one, other) -> {
      for (String name : names) {
        var first = one.get(name);
        var second = other.get(name);
        int order =
            first instanceof String text && second instanceof String last
                ? text.compareTo(last)
                : natural(first, second, false);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  private static @Nullable Double number(Object value) {
    if (value instanceof Double number) {
      return number;
    }
    return value instanceof String text && text.matches("-?[0-9]{1,12}(\\.[0-9]{1,9})?")
        ? Double.valueOf(text)
        : null;
  }

  private static Map<String, Object> low(Map<String, Object> row) {
    var low = new LinkedHashMap<>(row);
    low.replaceAll((_, value) -> low(value));
    return low;
  }

  static Object low(Object value) {
    return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
  }
}
