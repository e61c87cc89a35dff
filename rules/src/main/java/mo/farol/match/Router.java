package mo.farol.match;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mo.farol.sigma.Fold;
import mo.farol.sigma.LogSource;

/**
 * Which log sources an event belongs to, by the table {@link LogSources}. A rule without a log
 * source sees every event. A rule whose log source the table doesn't know sees events whose {@code
 * event.dataset} bears its name, and events that nothing in the table knows; so a rule for a
 * home-made source works, and one for a product that isn't here can't fire on Windows by accident.
 *
 * @param <T> what is kept for each log source
 */
final class Router<T> {
  private static final int ROUTES = 8_192;
  private static final int SHOWN = 256;
  private static final String DATASET = "event.dataset";

  private final LogSources table;
  private final Map<LogSource, T> sources;
  private final Map<String, Integer> values = new LinkedHashMap<>(); // field -> column
  private final Map<String, Integer> marks = new LinkedHashMap<>(); // field of has -> column
  private final int[] valueColumns;
  private final int[] markColumns;
  private final long seed = new SecureRandom().nextLong(); // so that nobody can make keys collide
  private final Map<Long, List<T>> routes = new HashMap<>();

  Router(LogSources table, FieldMap fields, Columns columns, Map<LogSource, T> sources) {
    this.table = table;
    this.sources = new LinkedHashMap<>(sources);
    var windows = new LogSource("windows", "", "");
    values.put(DATASET, columns.column(List.of(DATASET)));
    for (var clause : table.all()) {
      clause
          .values()
          .keySet()
          .forEach(name -> values.put(name, columns.column(fields.names(windows, name))));
      clause.has().forEach(name -> marks.put(name, columns.column(List.of(name))));
    }
    valueColumns = values.values().stream().mapToInt(Integer::intValue).toArray();
    markColumns = marks.values().stream().mapToInt(Integer::intValue).toArray();
  }

  /** What is kept for the log sources of the event in view. */
  List<T> route(View view) {
    long key = key(view);
    var known = routes.get(key);
    if (known != null) {
      return known;
    }
    if (routes.size() >= ROUTES) {
      routes.clear();
    }
    var found = find(view);
    routes.put(key, found);
    return found;
  }

  private long key(View view) {
    long hash = seed;
    for (int column : valueColumns) {
      int k = view.first(column);
      hash = mix(hash, k < 0 ? 0 : 1);
      if (k >= 0) {
        byte[] b = view.folded(k);
        int end = Math.min(view.foldedTo(k), view.foldedFrom(k) + SHOWN);
        for (int i = view.foldedFrom(k); i < end; i++) {
          hash = mix(hash, b[i]);
        }
      }
    }
    long present = 0;
    for (int i = 0; i < markColumns.length; i++) {
      present |= view.first(markColumns[i]) < 0 ? 0 : 1L << (i % Long.SIZE);
      if (i % Long.SIZE == Long.SIZE - 1) {
        hash = mix(hash, present);
        present = 0;
      }
    }
    return mix(hash, present);
  }

  private static long mix(long hash, long value) {
    long h = (hash ^ value) * 0x9E3779B97F4A7C15L;
    return h ^ (h >>> 32);
  }

  private List<T> find(View view) {
    boolean known = table.all().stream().anyMatch(clause -> holds(clause, view, false));
    var found = new ArrayList<T>();
    sources.forEach(
        (source, each) -> {
          if (isOf(source, view, known)) {
            found.add(each);
          }
        });
    return List.copyOf(found);
  }

  private boolean isOf(LogSource source, View view, boolean known) {
    if (source.isAny() || isNamed(source, view)) {
      return true;
    }
    var lists = table.of(source);
    Predicate<LogSources.Clause> holds = clause -> holds(clause, view, !known);
    return lists.isEmpty()
        ? !known
        : lists.stream().allMatch(list -> list.stream().anyMatch(holds));
  }

  private boolean isNamed(LogSource source, View view) {
    String dataset = text(view, values.getOrDefault(DATASET, Columns.EVERY));
    if (dataset.isEmpty() || !table.of(source).isEmpty()) {
      return false;
    }
    var names =
        Stream.of(
            source.product(),
            source.service(),
            source.category(),
            source.product() + "." + source.service(),
            source.product() + "." + source.category());
    return names.anyMatch(dataset::equals);
  }

  private boolean holds(LogSources.Clause clause, View view, boolean byMarks) {
    if (clause.values().isEmpty() && !byMarks) {
      return false;
    }
    return clause.has().stream()
            .allMatch(name -> view.first(marks.getOrDefault(name, Columns.EVERY)) >= 0)
        && clause.values().entrySet().stream()
            .allMatch(
                entry -> {
                  String value = text(view, values.getOrDefault(entry.getKey(), Columns.EVERY));
                  return entry.getValue().stream().anyMatch(wanted -> fits(wanted, value));
                });
  }

  private static boolean fits(String wanted, String value) {
    String folded = Fold.text(wanted);
    return folded.endsWith("*")
        ? !value.isEmpty() && value.startsWith(folded.substring(0, folded.length() - 1))
        : folded.equals(value);
  }

  private static String text(View view, int column) {
    int k = column == Columns.EVERY ? -1 : view.first(column);
    if (k < 0) {
      return "";
    }
    byte[] b = view.folded(k);
    int from = view.foldedFrom(k);
    int length = Math.min(SHOWN, view.foldedTo(k) - from);
    return new String(b, from, length, StandardCharsets.UTF_8);
  }
}
