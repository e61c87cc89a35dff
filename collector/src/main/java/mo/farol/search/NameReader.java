package mo.farol.search;

import java.util.ArrayList;
import java.util.List;
import mo.farol.pipe.Pipe;

/** Reads names and numbers among stages. Belongs to one reading of a query. */
final class NameReader {
  private static final int MOST_NAMES = 16;
  private static final int MOST_ROWS = 10_000;

  /** What a name that was read stands for. */
  interface Naming {
    Pipe.Name of(String name, int column);
  }

  private final Scanner scanner;
  private final StageNames names;

  NameReader(Scanner scanner, StageNames names) {
    this.scanner = scanner;
    this.names = names;
  }

  /** One name. */
  Pipe.Name one(Naming naming) {
    return one(
        naming, names.areFields() ? "a field must follow here" : "a column must follow here");
  }

  /**
   * One name.
   *
   * @param missing what is said where there is none
   */
  Pipe.Name one(Naming naming, String missing) {
    scanner.skipSpace();
    int column = scanner.column();
    String name = scanner.takeColumn();
    if (name.isEmpty()) {
      throw new QueryFault(column, missing);
    }
    return naming.of(whole(name), column);
  }

  /** A name with what belongs to it in parentheses, as columns have it: {@code sum(x)}. */
  String whole(String name) {
    return names.areFields() ? name : name + scanner.takeGroup();
  }

  /** Names with commas between them. */
  List<Pipe.Name> list(Naming naming) {
    var list = new ArrayList<Pipe.Name>();
    do {
      list.add(one(naming));
    } while (isMore(list.size(), MOST_NAMES, "names"));
    return list;
  }

  /** Takes the comma after one of several parts. */
  boolean isMore(int have, int most, String what) {
    scanner.skipSpace();
    if (have == most && scanner.isAt(",")) {
      throw new QueryFault(scanner.column(), "at most %d %s".formatted(most, what));
    }
    return scanner.take(",");
  }

  /** A number of rows. */
  int rows(String stage) {
    scanner.skipSpace();
    int column = scanner.column();
    String digits = scanner.takeColumn();
    int number = digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
    if (number < 1 || number > MOST_ROWS) {
      throw new QueryFault(
          column, "%s is followed by a number from 1 to %,d".formatted(stage, MOST_ROWS));
    }
    return number;
  }
}
