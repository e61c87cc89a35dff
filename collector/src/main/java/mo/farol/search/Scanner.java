package mo.farol.search;

/** Moves over the text of a query and cuts the smallest parts out of it. Columns count from 1. */
final class Scanner {
  /** A value as it was written. {@code column} is where it began. */
  sealed interface Value {
    int column();

    /** Without quotes; {@code text} has no escapes left, {@code pattern} has those that matter. */
    record Plain(String text, String pattern, boolean isPattern, int column) implements Value {}

    record Quoted(String text, int column) implements Value {}

    record Expression(String pattern, int column) implements Value {}

    record Bounds(String from, boolean withFrom, String to, boolean withTo, int column)
        implements Value {}
  }

  private static final String ENDS = "()[]{}\"|";
  private static final String NAME_ENDS = ENDS + ",<>=!:/";

  private final String text;
  private int at;
  // For skipPart only: whether an expression may begin here, and a sign before it.
  private boolean begins = true;
  private boolean signs = true;
  private boolean isExact;

  Scanner(String text) {
    this.text = text;
  }

  int column() {
    return at + 1;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  void skipSpace() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  boolean isAt(String sign) {
    return text.startsWith(sign, at);
  }

  boolean take(String sign) {
    if (!isAt(sign)) {
      return false;
    }
    at += sign.length();
    return true;
  }

  /** A sign that stands before a part, not alone. */
  boolean takeSign(char sign) {
    boolean here =
        at + 1 < text.length() && text.charAt(at) == sign && !isSpace(text.charAt(at + 1));
    if (here) {
      at++;
    }
    return here;
  }

  /** Whether a stage begins here. */
  boolean isAtBar() {
    return isAt("|") && !isAt("||");
  }

  /** Moves over whatever can't hold a bar that begins a stage; false where it has no end. */
  boolean skipPart() {
    char c = text.charAt(at);
    if (c == '"') {
      int end = at + 1;
      while (end < text.length() && text.charAt(end) != '"') {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      at = end + 1;
      begins = true;
      signs = true;
      return end < text.length();
    }
    if (c == '/' && begins && isExpression()) {
      at = closingSlash() + 1;
      begins = false;
      signs = false;
    } else {
      skipSign(c);
    }
    return true;
  }

  private void skipSign(char c) {
    boolean joins = isAt("||") || signs && isAt("&&");
    boolean isSign = signs && "-+!".indexOf(c) >= 0;
    signs = joins || isSign || isSpace(c) || "()]}".indexOf(c) >= 0;
    begins = signs || c == ':';
    at += joins || c == '\\' ? 2 : 1;
  }

  /**
   * Whether the name taken last began with a backslash: then it is the name of one field, and no
   * short one.
   */
  boolean isExact() {
    return isExact;
  }

  /** A name among stages, perhaps in quotes; empty, and nothing taken, where there is none. */
  String takeColumn() {
    skipSpace();
    isExact = isAt("\\");
    if (isAt("\"")) {
      return quoted();
    }
    var name = new StringBuilder();
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        name.append(text.charAt(++at));
      } else if (isSpace(c) || NAME_ENDS.indexOf(c) >= 0) {
        break;
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  boolean isAtDigit() {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  /**
   * A value to compare with, perhaps in quotes: up to a space, a bar or the end.
   *
   * @param inOrder whether less and more count, so that a number must be one
   */
  String takeValue(boolean inOrder) {
    if (isAtEnd() || isAtBar()) {
      throw new QueryFault(column(), "a value must follow here");
    }
    if (isAt("\"")) {
      return quoted();
    }
    return inOrder ? compared() : ((Value.Plain) plain(column())).text();
  }

  private String compared() {
    var plain = (Value.Plain) plain(column());
    OtherNotations.refuseExponent(plain);
    return plain.text();
  }

  /** What stands between parentheses that begin here, with them; empty where none do. */
  String takeGroup() {
    int end = isAt("(") ? text.indexOf(')', at) : -1;
    String group = end < 0 ? "" : text.substring(at, end + 1);
    at += group.length();
    return group;
  }

  boolean isAtWord(String word) {
    int end = at + word.length();
    return isAt(word)
        && (end == text.length()
            || isSpace(text.charAt(end))
            || ENDS.indexOf(text.charAt(end)) >= 0);
  }

  boolean takeWord(String word) {
    skipSpace();
    return isAtWord(word) && take(word);
  }

  /** The name before a colon, with the colon; empty, and nothing taken, where there is none. */
  String takeName() {
    var name = new StringBuilder();
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':') {
        isExact = isAt("\\");
        at = name.isEmpty() ? at : i + 1;
        return name.toString();
      }
      if (c == '\\' && i + 1 < text.length()) {
        name.append(text.charAt(++i));
      } else if (isSpace(c) || ENDS.indexOf(c) >= 0 || c == '/' || c == '<' || c == '>') {
        return "";
      } else {
        name.append(c);
      }
    }
    return "";
  }

  /** Whatever may stand after a name, or alone. */
  Value value() {
    int column = column();
    char first = text.charAt(at);
    return switch (first) {
      case '"' -> phrase(column);
      case '[', '{' -> bounds(column);
      case '<', '>' -> comparison(column);
      case '/' -> isExpression() ? expression(column) : plain(column);
      default -> plain(column);
    };
  }

  private String quoted() {
    int open = column();
    var inside = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return inside.toString();
      }
      if (c == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0) {
        at++;
      }
      inside.append(text.charAt(at));
    }
    throw new QueryFault(open, "this quotation mark is never closed");
  }

  private Value plain(int column) {
    var plain = new StringBuilder();
    var pattern = new StringBuilder();
    boolean wild = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (isSpace(c) || ENDS.indexOf(c) >= 0) {
        break;
      }
      if (c == '\\') {
        if (at + 1 == text.length()) {
          throw new QueryFault(column(), "a backslash stands before the character it makes plain");
        }
        char next = text.charAt(++at);
        plain.append(next);
        pattern.append('\\').append(next);
      } else {
        wild |= c == '*' || c == '?';
        plain.append(c);
        pattern.append(c);
      }
    }
    if (plain.isEmpty()) {
      throw new QueryFault(
          column, "'%s' must be in quotes to be searched for".formatted(text.charAt(at)));
    }
    OtherNotations.refuseTail(pattern, column);
    return new Value.Plain(plain.toString(), pattern.toString(), wild, column);
  }

  private Value phrase(int column) {
    var phrase = new Value.Quoted(quoted(), column);
    OtherNotations.refusePhraseTail(text, at);
    return phrase;
  }

  /**
   * A path such as {@code /etc/passwd} is no expression: that ends with a slash and then a space.
   */
  private boolean isExpression() {
    int end = closingSlash();
    return end > at + 1
        && (end + 1 == text.length()
            || isSpace(text.charAt(end + 1))
            || ")|".indexOf(text.charAt(end + 1)) >= 0);
  }

  private int closingSlash() {
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '/') {
        return i;
      }
    }
    return -1;
  }

  private Value expression(int column) {
    int end = closingSlash();
    String inside = text.substring(at + 1, end).replace("\\/", "/");
    at = end + 1;
    return new Value.Expression(inside, column);
  }

  private Value comparison(int column) {
    boolean greater = text.charAt(at++) == '>';
    boolean with = take("=");
    skipSpace();
    String bound = bound(column);
    return greater
        ? new Value.Bounds(bound, with, "", false, column)
        : new Value.Bounds("", false, bound, with, column);
  }

  private Value bounds(int column) {
    boolean withFrom = text.charAt(at++) == '[';
    String from = bound(column);
    if (!takeWord("TO")) {
      throw new QueryFault(column(), "a range is written [from TO to]");
    }
    String to = bound(column);
    skipSpace();
    if (isAtEnd() || (!isAt("]") && !isAt("}"))) {
      throw new QueryFault(column, "this range is never closed");
    }
    boolean withTo = text.charAt(at++) == ']';
    return new Value.Bounds(open(from), withFrom, open(to), withTo, column);
  }

  private String bound(int column) {
    skipSpace();
    if (isAtEnd()) {
      throw new QueryFault(column, "this range is never closed");
    }
    return isAt("\"") ? quoted() : compared();
  }

  private static String open(String bound) {
    return bound.equals("*") ? "" : bound;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
