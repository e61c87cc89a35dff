package mo.farol.parse;

/**
 * One kind of message text: adds the fields it recognises. The cursor stands at the first byte of
 * the message.
 */
interface Dialect {
  /** Reads the message; adds nothing where the text is not of this kind. */
  void read(Line line);
}
