package mo.farol.alert;

import java.util.List;
import java.util.regex.Pattern;

/** The first reader: every word of a file is among those allowed, and stands where it may. */
final class DrlSpeech {
  private static final int TOKENS_A_RULE = 2_000;
  private static final Pattern PACKAGE = Pattern.compile("decide\\.[a-z][a-z0-9]{0,40}");
  private static final String DESK = Desk.class.getName();

  private final List<DrlToken> tokens;
  private int at;

  private DrlSpeech(List<DrlToken> tokens) {
    this.tokens = tokens;
  }

  /** Throws {@link DrlRefusal} at the first word that may not stand where it does. */
  static void check(List<DrlToken> tokens) {
    new DrlSpeech(tokens).file();
  }

  private void file() {
    packageName();
    while (at < tokens.size()) {
      var token = tokens.get(at++);
      switch (token.text()) {
        case "import" -> imported(token);
        case "global" -> global(token);
        case "rule" -> rule(token);
        default -> throw new DrlRefusal(token.line(), outside(token));
      }
    }
  }

  private void packageName() {
    if (tokens.isEmpty()) {
      throw new DrlRefusal(1, "an empty file; begin with 'package decide.NAME;'");
    }
    var token = tokens.get(at++);
    String name = token.is("package") ? qualified() : "";
    if (!PACKAGE.matcher(name).matches()) {
      throw new DrlRefusal(token.line(), "begin with 'package decide.NAME;', NAME in lower case");
    }
  }

  private static String outside(DrlToken token) {
    return token.kind() == DrlToken.Kind.WORD
        ? DrlWords.ALL.contains(token.text())
            ? "'" + token.text() + "' stands outside a rule"
            : DrlWords.reason(token.text())
        : "'" + Bounded.text(token.text(), 20) + "' stands outside a rule";
  }

  private void imported(DrlToken where) {
    String name = qualified();
    if (!DrlWords.IMPORTS.contains(name)) {
      throw new DrlRefusal(
          where.line(),
          "'%s' can't be imported; what can: %s"
              .formatted(Bounded.text(name, 80), String.join(", ", DrlWords.IMPORTS)));
    }
  }

  private void global(DrlToken where) {
    String type = qualified();
    boolean desk = at < tokens.size() && tokens.get(at++).is("desk");
    if (!type.equals(DESK) || !desk) {
      throw new DrlRefusal(where.line(), "the one global is '" + DESK + " desk'");
    }
    semicolon();
  }

  // A name with dots, and the semicolon behind it.
  private String qualified() {
    var name = new StringBuilder();
    while (at < tokens.size()) {
      var token = tokens.get(at);
      boolean fits =
          name.isEmpty() || name.charAt(name.length() - 1) == '.'
              ? token.kind() == DrlToken.Kind.WORD || token.is("*")
              : token.is(".");
      if (!fits) {
        break;
      }
      name.append(token.text());
      at++;
    }
    semicolon();
    return name.toString();
  }

  private void semicolon() {
    if (at < tokens.size() && tokens.get(at).is(";")) {
      at++;
    }
  }

  private void rule(DrlToken where) {
    if (at >= tokens.size() || tokens.get(at).kind() != DrlToken.Kind.TEXT) {
      throw new DrlRefusal(where.line(), "a rule has a name in double quotes");
    }
    String name = tokens.get(at++).text();
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}")) {
      throw new DrlRefusal(where.line(), "a rule's name has letters, figures, blanks and . _ -");
    }
    int from = at;
    boolean conditions = true;
    while (at < tokens.size() && !tokens.get(at).is("end")) {
      var token = tokens.get(at);
      conditions &= !token.is("then");
      word(token, conditions);
      sign(token, conditions);
      at++;
    }
    if (at >= tokens.size()) {
      throw new DrlRefusal(where.line(), "rule '" + name + "' has no end");
    }
    at++;
    if (at - from > TOKENS_A_RULE) {
      throw new DrlRefusal(where.line(), "rule '" + name + "' is too long; make several of it");
    }
  }

  private void word(DrlToken token, boolean conditions) {
    if (token.kind() != DrlToken.Kind.WORD || token.text().startsWith("$")) {
      return;
    }
    if (!DrlWords.ALL.contains(token.text())) {
      throw new DrlRefusal(token.line(), DrlWords.reason(token.text()));
    }
    if (conditions && (token.is("desk") || token.is("drools"))) {
      throw new DrlRefusal(token.line(), "'" + token.text() + "' belongs behind 'then'");
    }
  }

  private void sign(DrlToken token, boolean conditions) {
    if (token.kind() != DrlToken.Kind.SIGN) {
      return;
    }
    String next = at + 1 < tokens.size() ? tokens.get(at + 1).text() : "";
    String pair = token.text() + next;
    if (List.of("->", "::", "++", "--", "+=", "-=", "*=", ":=", "%=", "&=", "|=").contains(pair)) {
      throw new DrlRefusal(token.line(), "'" + pair + "' is not for decision rules");
    }
    boolean changes = token.is("=") && !next.equals("=") && !isComparison(tokens.get(at - 1));
    if (conditions && (changes || token.is("{") || token.is("}"))) {
      throw new DrlRefusal(
          token.line(), "'" + token.text() + "' is not for the conditions of a rule");
    }
  }

  private static boolean isComparison(DrlToken token) {
    return token.is("=") || token.is("!") || token.is("<") || token.is(">");
  }
}
