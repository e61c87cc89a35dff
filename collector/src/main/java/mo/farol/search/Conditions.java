package mo.farol.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import mo.farol.event.Micros;
import mo.farol.pipe.Pipe;

/** Reads what rows must be: {@code count > 10 and user.name != "root"}. */
final class Conditions {
  private static final List<String> SIGNS = List.of("!=", ">=", "<=", "=", ">", "<");

  private final Scanner scanner;
  private final StageNames names;
  private final NameReader reader;

  Conditions(Scanner scanner, StageNames names, NameReader reader) {
    this.scanner = scanner;
    this.names = names;
    this.reader = reader;
  }

  Pipe.Where where(int column) {
    if (names.areFields()) {
      throw new QueryFault(
          column,
          "where works on a table, after a stage such as count or fields; of events say it before"
              + " the first '|'");
    }
    var conditions = new ArrayList<Pipe.Condition>();
    do {
      conditions.add(condition());
    } while (scanner.takeWord("and") || scanner.takeWord("AND"));
    return new Pipe.Where(conditions, column);
  }

  private Pipe.Condition condition() {
    var name = reader.one(names::any);
    scanner.skipSpace();
    for (var sign : SIGNS) {
      if (scanner.take(sign)) {
        scanner.skipSpace();
        int column = scanner.column();
        boolean inOrder = sign.startsWith("<") || sign.startsWith(">");
        return new Pipe.Condition(name, test(sign), kept(scanner.takeValue(inOrder), column));
      }
    }
    throw new QueryFault(
        scanner.column(), "=, !=, <, <=, > or >= must follow, as in where count > 10");
  }

  // An instant may be written that no event can have.
  private static String kept(String value, int column) {
    try {
      Micros.of(Instant.parse(value));
    } catch (DateTimeParseException e) {
      return value;
    } catch (DateTimeException | ArithmeticException e) {
      throw new QueryFault(
          column, "no event has this time: write one such as 2026-11-24T08:00:00Z");
    }
    return value;
  }

  private static Pipe.Test test(String sign) {
    for (var test : Pipe.Test.values()) {
      if (test.sign().equals(sign)) {
        return test;
      }
    }
    throw new IllegalStateException(sign);
  }
}
