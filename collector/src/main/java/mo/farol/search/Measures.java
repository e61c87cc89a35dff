package mo.farol.search;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mo.farol.pipe.Columns;
import mo.farol.pipe.Pipe;

/** Reads a stage that counts: {@code sum network.bytes, count by host.name, bin(5m)}. */
final class Measures {
  private static final int MOST = 8;
  private static final Pattern WIDTH = Pattern.compile("([1-9][0-9]{0,5})([smhdw])");
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,4})?");

  private final Scanner scanner;
  private final StageNames names;
  private final NameReader reader;

  Measures(Scanner scanner, StageNames names, NameReader reader) {
    this.scanner = scanner;
    this.names = names;
    this.reader = reader;
  }

  /** What a word measures; empty where it is no such word. */
  static Optional<Pipe.Kind> kind(String word) {
    return Arrays.stream(Pipe.Kind.values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /**
   * The whole stage.
   *
   * @param first its first word, read already
   */
  Pipe.Group group(String first, int column) {
    var told = new ArrayList<Pipe.Told>();
    told.add(told(first, column));
    while (reader.isMore(told.size(), MOST, "measures")) {
      scanner.skipSpace();
      int at = scanner.column();
      told.add(told(scanner.takeColumn(), at));
    }
    return new Pipe.Group(scanner.takeWord("by") ? keys() : List.of(), told, column);
  }

  private Pipe.Told told(String word, int column) {
    var kind =
        kind(word)
            .orElseThrow(
                () ->
                    new QueryFault(
                        column,
                        "count, distinct, sum, avg, min, max, percentiles, first or last must stand"
                            + " here"));
    List<Double> percents = kind == Pipe.Kind.PERCENTILES ? percents() : List.of();
    if (kind == Pipe.Kind.COUNT) {
      return named(kind, new Pipe.Name("", column), percents);
    }
    return named(kind, field(kind), percents);
  }

  // The field may stand in parentheses: sum(network.bytes).
  private Pipe.Name field(Pipe.Kind kind) {
    scanner.skipSpace();
    boolean open = scanner.take("(");
    var found =
        reader.one(
            (name, column) -> names.measured(kind, name, column),
            "%s is followed by a field, as in sum network.bytes".formatted(kind.word()));
    scanner.skipSpace();
    if (open && !scanner.take(")")) {
      throw fault("')' must follow the field");
    }
    return found;
  }

  private Pipe.Told named(Pipe.Kind kind, Pipe.Name field, List<Double> percents) {
    if (kind == Pipe.Kind.COUNT && scanner.take("(")) {
      scanner.skipSpace();
      if (!scanner.take(")")) {
        throw fault("count has nothing in parentheses: it counts events; 'count by' groups them");
      }
    }
    if (!scanner.takeWord("as")) {
      return new Pipe.Told(kind, field, percents, columns(kind, field.text(), percents));
    }
    scanner.skipSpace();
    int column = scanner.column();
    String name = scanner.takeColumn();
    if (name.isEmpty() || percents.size() > 1) {
      throw new QueryFault(
          column,
          name.isEmpty()
              ? "a name must follow 'as'"
              : "several percentiles have names of their own, such as p95(%s)"
                  .formatted(field.text()));
    }
    return new Pipe.Told(kind, field, percents, List.of(name));
  }

  private static List<String> columns(Pipe.Kind kind, String field, List<Double> percents) {
    return switch (kind) {
      case COUNT -> List.of(Columns.COUNT);
      case PERCENTILES ->
          percents.stream().map(p -> "p%s(%s)".formatted(digits(p), field)).toList();
      case DISTINCT, SUM, AVG, MIN, MAX, FIRST, LAST ->
          List.of("%s(%s)".formatted(kind.word(), field));
    };
  }

  private static String digits(double percent) {
    return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
  }

  private List<Double> percents() {
    scanner.skipSpace();
    if (!scanner.take("(")) {
      throw fault("percentiles are said in parentheses: percentiles(50,95,99) event.duration");
    }
    var percents = new ArrayList<Double>();
    do {
      scanner.skipSpace();
      int column = scanner.column();
      String text = scanner.takeColumn();
      if (!PERCENT.matcher(text).matches() || Double.parseDouble(text) > 100) {
        throw new QueryFault(column, "a percentile is a number from 0 to 100");
      }
      percents.add(Double.parseDouble(text));
    } while (reader.isMore(percents.size(), MOST, "percentiles"));
    if (!scanner.take(")")) {
      throw fault("',' or ')' must follow a percentile");
    }
    return percents;
  }

  private List<Pipe.By> keys() {
    var keys = new ArrayList<Pipe.By>();
    do {
      keys.add(key());
    } while (reader.isMore(keys.size(), MOST, "keys"));
    return keys;
  }

  private Pipe.By key() {
    scanner.skipSpace();
    int column = scanner.column();
    String name = scanner.takeColumn();
    if (name.equals("bin") && scanner.isAt("(")) {
      names.any(Columns.TIME, column);
      return new Pipe.By.Bin(width(), column);
    }
    if (name.isEmpty()) {
      throw new QueryFault(column, "a field or bin(5m) must follow here");
    }
    return new Pipe.By.Values(names.counted(reader.whole(name), column));
  }

  private Duration width() {
    int column = scanner.column() + 1;
    String group = scanner.takeGroup();
    var width =
        WIDTH.matcher(group.length() > 2 ? group.substring(1, group.length() - 1).strip() : "");
    if (!width.matches()) {
      throw new QueryFault(
          column, "a bin is so wide: bin(30s), bin(5m), bin(1h), bin(1d), bin(1w)");
    }
    long n = Long.parseLong(width.group(1));
    return switch (width.group(2)) {
      case "s" -> Duration.ofSeconds(n);
      case "m" -> Duration.ofMinutes(n);
      case "h" -> Duration.ofHours(n);
      case "d" -> Duration.ofDays(Math.min(n, 36_500));
      default -> Duration.ofDays(Math.min(n * 7, 36_500));
    };
  }

  private QueryFault fault(String message) {
    return new QueryFault(scanner.column(), message);
  }
}
