package mo.farol.search;

/**
 * A piece of a query.
 *
 * @param kind what it is
 * @param text the characters, without quotes or slashes; escapes of words are still in it
 * @param column of its first character, from 1
 */
record Lexeme(Kind kind, String text, int column) {
  enum Kind {
    WORD,
    PHRASE,
    REGEX,
    RANGE,
    COLON,
    OPEN,
    CLOSE,
    AND,
    OR,
    NOT,
    END
  }
}
