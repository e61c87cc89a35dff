package mo.farol.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a condition: Sigma specification 2.1.0, section "Condition". Loosest first: {@code or},
 * {@code and}, {@code not}, {@code 1 of}/{@code any of}/{@code all of}, parentheses.
 */
final class ConditionParser {
  private static final String PIPE =
      "aggregations after '|' left Sigma with 2.0; write a correlation rule";
  private static final String EARLY = "the condition ends too early";
  private static final int DEPTH = 50;
  private static final Pattern TOKEN = Pattern.compile("[()|]|[^\\s()|]+");

  private record Token(String text, int at) {}

  private final Reading reading;
  private final Node node;
  private final Map<String, Expr> selections;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  private final int length;

  private ConditionParser(Reading reading, Node node, String text, Map<String, Expr> selections) {
    this.reading = reading;
    length = text.length();
    this.node = node;
    this.selections = selections;
    for (Matcher token = TOKEN.matcher(text); token.find(); ) {
      tokens.add(new Token(token.group(), token.start()));
    }
  }

  /**
   * The tree of a condition.
   *
   * @param reading the file
   * @param node where it stands
   * @param selections by name, wrapped so that they remember it
   */
  static Expr parse(Reading reading, Node node, String text, Map<String, Expr> selections)
      throws RuleFault {
    var parser = new ConditionParser(reading, node, text, selections);
    Expr expr = parser.or(0);
    if (parser.next < parser.tokens.size()) {
      throw parser.fault(parser.unexpected());
    }
    return expr;
  }

  private String unexpected() {
    String word = peek();
    return switch (word) {
      case "|" -> PIPE;
      case "AND", "OR", "NOT" -> lower(word);
      case String _ -> "'and' or 'or' expected before '" + word + "'";
    };
  }

  private static String lower(String word) {
    return "'" + word + "' is written in lower case";
  }

  private Expr or(int depth) throws RuleFault {
    var parts = new ArrayList<Expr>();
    do {
      parts.add(and(depth));
    } while (take("or"));
    return Expr.any(parts);
  }

  private Expr and(int depth) throws RuleFault {
    var parts = new ArrayList<Expr>();
    do {
      parts.add(not(depth));
    } while (take("and"));
    return Expr.all(parts);
  }

  private Expr not(int depth) throws RuleFault {
    if (depth > DEPTH) {
      throw fault("nested deeper than " + DEPTH);
    }
    return take("not") ? new Expr.Not(not(depth + 1)) : of(depth);
  }

  private Expr of(int depth) throws RuleFault {
    if (take("(")) {
      Expr inner = or(depth + 1);
      if (!take(")")) {
        throw fault("')' expected");
      }
      return inner;
    }
    return switch (after()) {
      case "of" -> quantified();
      case "OF" -> {
        next++;
        throw fault(lower("OF"));
      }
      case String _ -> selection(peek());
    };
  }

  private Expr quantified() throws RuleFault {
    boolean all = isAll();
    next += 2;
    String pattern = peek();
    if (pattern.isEmpty()) {
      throw fault(EARLY);
    }
    var parts = new ArrayList<Expr>();
    for (var selection : selections.entrySet()) {
      if (fits(pattern, selection.getKey())) {
        parts.add(selection.getValue());
      }
    }
    if (parts.isEmpty()) {
      throw fault("no search identifier fits '" + pattern + "'");
    }
    next++;
    return all ? Expr.all(parts) : Expr.any(parts);
  }

  private boolean isAll() throws RuleFault {
    return switch (peek()) {
      case "1", "any" -> false;
      case "all" -> true;
      case String word ->
          throw fault("'" + word + " of': only '1 of', 'any of' and 'all of' exist");
    };
  }

  // Names that begin with '_' are left out "by convention", unless the pattern begins so itself.
  private static boolean fits(String pattern, String name) {
    if (name.startsWith("_") && !pattern.startsWith("_")) {
      return false;
    }
    if (pattern.equals("them")) {
      return true;
    }
    String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
    return name.matches(regex);
  }

  private Expr selection(String word) throws RuleFault {
    Expr selection = selections.get(word);
    if (selection == null) {
      throw fault(
          switch (word) {
            case "" -> EARLY;
            case "|" -> PIPE;
            case "AND", "OR", "NOT" -> lower(word);
            case String _ -> "no search identifier is named '" + word + "'";
          });
    }
    next++;
    return selection;
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next).text() : "";
  }

  private String after() {
    return next + 1 < tokens.size() ? tokens.get(next + 1).text() : "";
  }

  private boolean take(String text) {
    boolean fits = peek().equals(text);
    next += fits ? 1 : 0;
    return fits;
  }

  private RuleFault fault(String reason) {
    int at = next < tokens.size() ? tokens.get(next).at() : length;
    return reading.faultIn(node, at, "condition: " + reason);
  }
}
