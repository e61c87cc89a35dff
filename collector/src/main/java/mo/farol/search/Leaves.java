package mo.farol.search;

import java.util.List;
import java.util.regex.Pattern;
import mo.farol.store.Clause;

/** Makes the parts of a query's tree that name a field. */
final class Leaves {
  /** The field of words without a field. */
  static final String TEXT = "message";

  /** The same, as what a part is about that names none. */
  static final List<String> TEXTS = List.of(TEXT);

  /** Short for every address an event is about. */
  static final String ANY_ADDRESS = "ip";

  /** What asks elsewhere for the events that have a field. */
  static final String EXISTS = "_exists_";

  private static final String EXERCISE = "farol.exercise";
  private static final Pattern TRUE_OR_FALSE = Pattern.compile("(?i)true|false");
  private static final List<String> ADDRESSES =
      List.of("source.ip", "destination.ip", "client.ip", "server.ip", "host.ip");

  private static final List<String> NO_TEXTS = List.of("@timestamp", "id");

  private static final Pattern NETWORK =
      Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/[0-9]{1,3}");

  // Of a field of addresses: what the index will say is none.
  private static final Pattern LIKE_A_NETWORK =
      Pattern.compile("[0-9a-fA-F.:]*[.:][0-9a-fA-F.:]*/[0-9]{1,3}");

  private static final int LONGEST_EXPRESSION = 1_000;

  // Each may become an automaton of some MiB.
  private static final int MOST_PATTERNS = 32;

  private final Names names;
  private int patterns;

  Leaves(Names names) {
    this.names = names;
  }

  /**
   * The fields that a name stands for; a fault where another was probably meant.
   *
   * @param exactly whether it is the name of one field, and no short one
   */
  List<String> fields(String name, boolean exactly, int column) {
    if (name.equals(ANY_ADDRESS) && !exactly) {
      return ADDRESSES;
    }
    if (name.equals(EXISTS) && !exactly) {
      throw new QueryFault(column, "write user.name:* for the events that have a field");
    }
    var fields = exactly ? List.of(name) : names.fields(name);
    known(name, fields.getFirst(), column);
    return fields;
  }

  /** The one field of a name where values are shown or counted; a fault as in a condition. */
  String field(String name, boolean exactly, int column) {
    if (name.equals(ANY_ADDRESS) && !exactly) {
      throw new QueryFault(column, "'ip' stands for several fields; name one, such as source.ip");
    }
    String field = exactly ? name : names.field(name);
    known(name, field, column);
    return field;
  }

  private void known(String name, String full, int column) {
    if (full.indexOf('*') >= 0 || full.indexOf('?') >= 0) {
      throw new QueryFault(column, "a field is named whole: '*' and '?' belong into the value");
    }
    names
        .meant(full)
        .ifPresent(
            meant -> {
              throw new QueryFault(
                  column, "no event has a field '%s'; did you mean %s?".formatted(name, meant));
            });
  }

  /** The part for a value of one of some fields. */
  Clause of(List<String> fields, Scanner.Value value, int column) {
    if (isPattern(value) && ++patterns > MOST_PATTERNS) {
      throw new QueryFault(
          column, "a query has at most %d patterns and expressions".formatted(MOST_PATTERNS));
    }
    var asked = value instanceof Scanner.Value.Bounds ? inOneOrder(fields) : fields;
    return asked.size() == 1
        ? leaf(asked.getFirst(), value, column)
        : new Clause.Or(asked.stream().map(each -> leaf(each, value, column)).toList());
  }

  // A sender's own field is no address to the index, and a range of texts is another thing.
  private static List<String> inOneOrder(List<String> fields) {
    boolean areMixed =
        fields.getFirst().endsWith(".ip") && fields.stream().anyMatch(Names::isShort);
    return areMixed ? fields.subList(0, 1) : fields;
  }

  private static boolean isPattern(Scanner.Value value) {
    return value instanceof Scanner.Value.Expression
        || value instanceof Scanner.Value.Plain plain
            && plain.isPattern()
            && !plain.pattern().equals("*");
  }

  private static Clause leaf(String field, Scanner.Value value, int column) {
    if (isPattern(value) && NO_TEXTS.contains(field)) {
      throw new QueryFault(
          value.column(),
          "%s is no text, and has no patterns: name one, or a range [from TO to]".formatted(field));
    }
    mustBeTrueOrFalse(field, value);
    return switch (value) {
      case Scanner.Value.Plain plain -> plain(field, plain, column);
      case Scanner.Value.Quoted quoted -> quoted(field, quoted, column);
      case Scanner.Value.Expression expression -> expression(field, expression, column);
      case Scanner.Value.Bounds bounds -> bounds(field, bounds, column);
    };
  }

  // Whatever is not true would else be taken for false.
  private static void mustBeTrueOrFalse(String field, Scanner.Value value) {
    String text =
        switch (value) {
          case Scanner.Value.Plain plain -> plain.pattern().equals("*") ? "true" : plain.text();
          case Scanner.Value.Quoted quoted -> quoted.text();
          case Scanner.Value.Expression expression -> expression.pattern();
          case Scanner.Value.Bounds bounds -> bounds.from();
        };
    if (field.equals(EXERCISE) && !TRUE_OR_FALSE.matcher(text).matches()) {
      throw new QueryFault(value.column(), field + " is true or false, not '" + text + "'");
    }
  }

  private static Clause plain(String field, Scanner.Value.Plain value, int column) {
    if (value.pattern().equals("*")) {
      return field.equals(TEXT) && column == value.column()
          ? new Clause.All()
          : new Clause.Exists(field, column);
    }
    if (value.isPattern()) {
      return new Clause.Wildcard(field, withWord(field, value.pattern(), value.column()), column);
    }
    boolean isNetwork =
        NETWORK.matcher(value.text()).matches()
            || field.endsWith(".ip") && LIKE_A_NETWORK.matcher(value.text()).matches();
    if (isNetwork && !field.equals(TEXT)) {
      return network(field, value, column);
    }
    return new Clause.Term(field, withWord(field, value.text(), value.column()), column);
  }

  private static Clause quoted(String field, Scanner.Value.Quoted value, int column) {
    return new Clause.Phrase(field, withWord(field, value.text(), value.column()), column);
  }

  private static Clause network(String field, Scanner.Value.Plain value, int column) {
    int slash = value.text().indexOf('/');
    int bits = Integer.parseInt(value.text().substring(slash + 1));
    int most = value.text().indexOf(':') < 0 ? 32 : 128;
    if (bits > most) {
      throw new QueryFault(
          value.column() + slash + 1, "a network of this kind has at most %d bits".formatted(most));
    }
    return new Clause.Cidr(field, value.text(), column);
  }

  private static Clause expression(String field, Scanner.Value.Expression value, int column) {
    if (value.pattern().length() > LONGEST_EXPRESSION) {
      throw new QueryFault(
          value.column(), "an expression has at most %,d characters".formatted(LONGEST_EXPRESSION));
    }
    return new Clause.Regex(field, Expressions.plain(value.pattern(), value.column()), column);
  }

  private static Clause bounds(String field, Scanner.Value.Bounds value, int column) {
    if (field.equals(TEXT)) {
      throw new QueryFault(value.column(), "a range needs a field before it, as in port:>=1024");
    }
    return new Clause.Range(
        field, value.from(), value.withFrom(), value.to(), value.withTo(), column);
  }

  private static String withWord(String field, String value, int column) {
    if (field.equals(TEXT) && value.codePoints().noneMatch(Character::isLetterOrDigit)) {
      if (value.indexOf('_') < 0) {
        throw new QueryFault(
            column, "'%s' has no letter or digit, and text is searched by word".formatted(value));
      }
    }
    return value;
  }
}
