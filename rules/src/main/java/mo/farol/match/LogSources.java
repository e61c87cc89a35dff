package mo.farol.match;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mo.farol.sigma.LogSource;

/**
 * The table of how a Sigma log source shows itself in an event: {@code logsources.yml} beside this
 * class, where its form is written down, and a site's own in the same form.
 */
public final class LogSources {
  /**
   * One alternative: entries that must all hold, and fields that must all be present.
   *
   * @param values by field, the values of which one must be there; one that ends in {@code *} is
   *     what the value begins with
   * @param has fields
   */
  public record Clause(Map<String, List<String>> values, List<String> has) {
    private String meaning() {
      return new TreeMap<>(values) + " " + has;
    }
  }

  private final Map<LogSource, List<Clause>> table = new LinkedHashMap<>();
  private final Set<LogSource> replacing = new HashSet<>();

  private LogSources() {}

  /** The table that comes with Farol. */
  public static LogSources standard() {
    return read(Resource.text("logsources.yml"));
  }

  /** This table with a site's own rows: they add alternatives, or replace those there are. */
  public LogSources with(LogSources own) {
    var all = new LogSources();
    table.forEach((source, clauses) -> all.table.put(source, new ArrayList<>(clauses)));
    own.replacing.forEach(all.table::remove);
    own.table.forEach(
        (source, clauses) ->
            all.table.computeIfAbsent(source, _ -> new ArrayList<>()).addAll(clauses));
    return all;
  }

  /** Whether the table says how events of a log source are known. */
  public boolean knows(LogSource source) {
    return source.isAny() || !of(source).isEmpty();
  }

  /** Reads a table; throws {@link IllegalArgumentException} where it is not one. */
  public static LogSources read(String yaml) {
    var sources = new LogSources();
    for (var row : Resource.maps(yaml)) {
      var clauses = new ArrayList<Clause>();
      if (row.get("when") instanceof List<?> list) {
        list.forEach(each -> clauses.add(clause(each)));
      }
      if (Boolean.TRUE.equals(row.get("replace"))) {
        sources.replacing.add(Resource.logSource(row.get("logsource")));
      }
      sources
          .table
          .computeIfAbsent(Resource.logSource(row.get("logsource")), _ -> new ArrayList<>())
          .addAll(clauses);
    }
    return sources;
  }

  private static Clause clause(Object map) {
    var values = Resource.lists(map);
    var has = values.remove("has");
    return new Clause(values, has == null ? List.of() : has);
  }

  /**
   * What an event must show for a rule of this log source to be asked: one alternative of every
   * list. Empty where the table doesn't know the log source.
   */
  public List<List<Clause>> of(LogSource source) {
    var exact = table.get(source);
    if (exact != null) {
      return List.of(exact);
    }
    var byCategory = table.get(new LogSource(source.product(), source.category(), ""));
    var byService = table.get(new LogSource(source.product(), "", source.service()));
    return byCategory == null || byService == null || source.isAny()
        ? List.of()
        : List.of(byCategory, byService);
  }

  /** How events of a log source are known, as one text. */
  String meaning(LogSource source) {
    return of(source).stream()
        .map(clauses -> new TreeSet<>(clauses.stream().map(Clause::meaning).toList()).toString())
        .collect(Collectors.joining("\n"));
  }

  /** Every alternative there is. */
  List<Clause> all() {
    return table.values().stream().flatMap(List::stream).toList();
  }
}
