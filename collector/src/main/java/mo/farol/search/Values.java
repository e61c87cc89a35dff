package mo.farol.search;

/** What one bare word means as a value. */
final class Values {
  private Values() {}

  static Ast of(String field, Lexeme lexeme) {
    String text = lexeme.text();
    int column = lexeme.column();
    if (field.isEmpty()) {
      return text.equals("*")
          ? new Ast.All()
          : isPattern(text)
              ? new Ast.Wildcard("", text, column)
              : new Ast.Text(unescape(text), column);
    }
    if (text.equals("*")) {
      return new Ast.Exists(field, column);
    }
    if (text.startsWith(">") || text.startsWith("<")) {
      return Ranges.compared(field, text, column);
    }
    if (isPattern(text)) {
      return new Ast.Wildcard(field, text, column);
    }
    return isNetwork(field, text)
        ? new Ast.Cidr(field, text, column)
        : new Ast.Term(field, unescape(text), column);
  }

  /** Takes backslashes away from the characters they protect. */
  static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    var plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(c == '\\' && i + 1 < text.length() ? text.charAt(++i) : c);
    }
    return plain.toString();
  }

  private static boolean isPattern(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?') {
        return true;
      }
    }
    return false;
  }

  private static boolean isNetwork(String field, String text) {
    int slash = text.indexOf('/');
    return field.endsWith("ip") && slash > 0 && text.substring(slash + 1).matches("\\d{1,3}");
  }
}
