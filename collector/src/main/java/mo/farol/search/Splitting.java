package mo.farol.search;

/** Where the stages of a query begin, found without understanding it. */
public final class Splitting {
  private Splitting() {}

  /** What events must be: the query without its stages. */
  public static String clause(String query) {
    int bar = bar(query);
    return (bar < 0 ? query : query.substring(0, bar)).strip();
  }

  /** The stages, the first {@code |} included; empty where there are none. */
  public static String stages(String query) {
    int bar = bar(query);
    return bar < 0 ? "" : query.substring(bar).strip();
  }

  /** The same question of fewer events: those of which this clause holds too. */
  public static String narrowed(String query, String clause) {
    String before = clause(query);
    String both = before.isEmpty() ? clause : "(" + before + ") AND " + clause;
    return (both + " " + stages(query)).strip();
  }

  /** A clause for one value of a field, whatever characters it has. */
  public static String clause(String field, String value) {
    return escaped(field) + ":\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** The name of one field as a query takes it, whatever characters it has; never a short one. */
  public static String escaped(String field) {
    String name = field.replaceAll("[^\\p{L}\\p{N}_.@-]", "\\\\$0");
    boolean means =
        Names.isShort(field) || field.equals(Leaves.ANY_ADDRESS) || field.equals(Leaves.EXISTS);
    return means ? "\\" + name : name;
  }

  private static int bar(String query) {
    var scanner = new Scanner(query);
    while (!scanner.isAtEnd()) {
      if (scanner.isAtBar()) {
        return scanner.column() - 1;
      }
      if (!scanner.skipPart()) {
        return -1;
      }
    }
    return -1;
  }
}
