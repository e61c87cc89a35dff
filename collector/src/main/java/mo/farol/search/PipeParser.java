package mo.farol.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import mo.farol.pipe.Columns;
import mo.farol.pipe.Pipe;

/**
 * Reads the stages after a query, each after {@code |}. Belongs to one thread; bounded in stages
 * and names.
 */
final class PipeParser {
  private static final int MOST_STAGES = 20;
  private static final int MOST_ORDERS = 16;
  private static final int USUAL = 10;

  private static final List<String> WORDS =
      List.of(
          "top",
          "rare",
          "count",
          "distinct",
          "sum",
          "avg",
          "min",
          "max",
          "percentiles",
          "first",
          "last",
          "fields",
          "sort",
          "dedup",
          "limit",
          "where");

  private final Scanner scanner;
  private final StageNames names;
  private final NameReader reader;

  PipeParser(Scanner scanner, Leaves leaves) {
    this.scanner = scanner;
    names = new StageNames(leaves, scanner);
    reader = new NameReader(scanner, names);
  }

  /** Every stage from here to the end of the text. */
  List<Pipe> stages() {
    var stages = new ArrayList<Pipe>();
    scanner.skipSpace();
    while (scanner.isAtBar()) {
      scanner.take("|");
      if (stages.size() == MOST_STAGES) {
        throw fault("a query has at most %d stages".formatted(MOST_STAGES));
      }
      stages.add(stage());
      scanner.skipSpace();
    }
    if (!scanner.isAtEnd()) {
      throw fault(
          "a stage ends here: a '|' or the end must follow, and OR stands before the first stage");
    }
    return stages;
  }

  private Pipe stage() {
    scanner.skipSpace();
    int column = scanner.column();
    String word = scanner.takeColumn();
    return switch (word) {
      case "top", "rare" -> top(word.equals("rare"), column);
      case "fields" -> fields(column);
      case "sort" -> new Pipe.Sort(orders(), column);
      case "dedup" -> dedup(column);
      case "limit" -> new Pipe.Limit(reader.rows(word), column);
      case "where" -> new Conditions(scanner, names, reader).where(column);
      default -> group(word, column);
    };
  }

  private Pipe group(String word, int column) {
    if (Measures.kind(word).isEmpty()) {
      throw unknown(word, column);
    }
    var group = new Measures(scanner, names, reader).group(word, column);
    var columns = new ArrayList<String>();
    group.keys().forEach(key -> columns.add(name(key)));
    group.told().forEach(told -> columns.addAll(told.columns()));
    become(columns, column);
    return group;
  }

  private static String name(Pipe.By key) {
    return switch (key) {
      case Pipe.By.Values(var name) -> name.text();
      case Pipe.By.Bin _ -> Columns.TIME;
    };
  }

  private Pipe top(boolean rare, int column) {
    scanner.skipSpace();
    int n = scanner.isAtDigit() ? reader.rows(rare ? "rare" : "top") : USUAL;
    var by = reader.list(names::counted);
    var columns = new ArrayList<>(by.stream().map(Pipe.Name::text).toList());
    columns.add(Columns.COUNT);
    become(columns, column);
    return new Pipe.Top(rare, n, by, column);
  }

  private Pipe fields(int column) {
    var fields = reader.list(names::any).stream().filter(distinct()).toList();
    names.picked(fields.stream().map(Pipe.Name::text).toList());
    return new Pipe.Fields(fields, column);
  }

  private static Predicate<Pipe.Name> distinct() {
    var seen = new HashSet<String>();
    return name -> seen.add(name.text());
  }

  // "by newest" is what it does in any case; it may be said.
  private Pipe dedup(int column) {
    var by = reader.list(names::any);
    if (scanner.takeWord("by") && !scanner.takeWord("newest")) {
      throw fault("dedup keeps the newest: 'by newest', or nothing");
    }
    return new Pipe.Dedup(by, column);
  }

  private List<Pipe.Order> orders() {
    var orders = new ArrayList<Pipe.Order>();
    var seen = new HashSet<String>();
    do {
      scanner.skipSpace();
      boolean descending = scanner.take("-");
      var name = reader.one(names::any);
      if (!seen.add(name.text())) {
        throw new QueryFault(
            name.column(),
            "the rows are sorted by %s already; name it once".formatted(name.text()));
      }
      orders.add(new Pipe.Order(name, descending));
    } while (reader.isMore(orders.size(), MOST_ORDERS, "columns"));
    return orders;
  }

  private void become(List<String> columns, int column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.indexOf(columns.get(i)) < i) {
        throw new QueryFault(
            column,
            "two columns would be called %s; name the one that is counted with 'as', as in count as n"
                .formatted(columns.get(i)));
      }
    }
    names.become(columns);
  }

  private QueryFault unknown(String word, int column) {
    if (word.isEmpty()) {
      return new QueryFault(column, "a stage must follow the '|': " + String.join(", ", WORDS));
    }
    return new QueryFault(
        column,
        "there is no stage '%s'%s"
            .formatted(
                word,
                StageNames.near(word, WORDS)
                    .map("; did you mean %s?"::formatted)
                    .orElse(", only " + String.join(", ", WORDS))));
  }

  private QueryFault fault(String message) {
    return new QueryFault(scanner.column(), message);
  }
}
