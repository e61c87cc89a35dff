package mo.farol.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ranges: {@code [a TO b]}, {@code {a TO b}}, mixed brackets, {@code >=a}. */
final class Ranges {
  private static final Pattern BRACKETED =
      Pattern.compile("([\\[{])\\s*(\\S+)\\s+TO\\s+(\\S+?)\\s*([\\]}])");

  private Ranges() {}

  static Ast bracketed(String field, Lexeme lexeme) {
    Matcher m = BRACKETED.matcher(lexeme.text());
    if (!m.matches()) {
      throw new QueryFault(lexeme.column(), "a range is written [a TO b], with TO in capitals");
    }
    return new Ast.Range(
        field,
        String.valueOf(m.group(2)),
        "[".equals(m.group(1)),
        String.valueOf(m.group(3)),
        "]".equals(m.group(4)),
        lexeme.column());
  }

  static Ast compared(String field, String text, int column) {
    boolean with = text.length() > 1 && text.charAt(1) == '=';
    String value = text.substring(with ? 2 : 1);
    if (value.isEmpty()) {
      throw new QueryFault(column, "a value is missing after " + text);
    }
    return text.charAt(0) == '>'
        ? new Ast.Range(field, value, with, "*", true, column)
        : new Ast.Range(field, "*", true, value, with, column);
  }
}
