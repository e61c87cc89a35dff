package mo.farol.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int ROUTES = 8_192;
  private static final int SHOWN = 256;
  private static final String DATASET = "event.dataset";

  private final LogSources table;
  private final Map<LogSource, T> sources;
  private final Map<String, Integer> values = new LinkedHashMap<>(); // field -> column
  private final Map<String, Integer> marks = new LinkedHashMap<>(); // field of has -> column
  private final int[][] valuesOf; // by local name: columns that may begin with it
  private final long[] markOf; // by local name: its part of the key, 0 where nobody asks
  private final long seed; // with the secret, so that nobody can make keys collide
  private final long secret;
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
    var random = new SecureRandom();
    seed = random.nextLong();
    secret = random.nextLong() | 1;
    valuesOf = valuesOf(columns);
    markOf = new long[columns.nameCount()];
    for (int column : marks.values()) {
      for (int name : columns.locals(column)) {
        markOf[name] = random.nextLong();
      }
    }
  }

  private int[][] valuesOf(Columns columns) {
    var lists = new int[columns.nameCount()][];
    Arrays.fill(lists, new int[0]);
    for (int column : values.values()) {
      for (int name : columns.locals(column)) {
        lists[name] = Arrays.copyOf(lists[name], lists[name].length + 1);
        lists[name][lists[name].length - 1] = column;
      }
    }
    return lists;
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

  // Whatever the order of an event's fields, the same key.
  private long key(View view) {
    long key = seed;
    for (int i = 0; i < view.presentCount(); i++) {
      int name = view.present(i);
      if (name < markOf.length) {
        key += markOf[name];
        for (int column : valuesOf[name]) {
          if (view.leads(column, name)) {
            key += value(view, column);
          }
        }
      }
    }
    return key;
  }

  private long value(View view, int column) {
    int k = view.first(column);
    byte[] b = view.folded(k);
    int at = view.foldedFrom(k);
    int end = Math.min(view.foldedTo(k), at + SHOWN);
    long hash = mix(seed ^ column, end - at);
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      hash = mix(hash, (long) EIGHT.get(b, at));
    }
    for (; at < end; at++) {
      hash = mix(hash, b[at]);
    }
    return hash;
  }

  // Both halves of a product with a number nobody knows: what one block changes in the hash can't
  // be
  // undone by choosing the next.
  private long mix(long hash, long value) {
    long x = hash ^ value;
    return (x * secret) ^ Math.unsignedMultiplyHigh(x, secret) ^ Long.rotateLeft(x, 23);
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
