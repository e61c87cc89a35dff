package mo.farol.post;

/** Whether JSON's bytes stand within a text, RFC 8259 section 7. */
final class Quotes {
  private boolean open;
  private boolean escaped;

  /** The next byte stands outside. */
  void clear() {
    open = false;
    escaped = false;
  }

  /** Takes the next byte; whether it belongs to a text, its quotes included. */
  boolean take(byte b) {
    if (!open) {
      open = b == '"';
      return open;
    }
    if (escaped) {
      escaped = false;
    } else if (b == '\\') {
      escaped = true;
    } else if (b == '"') {
      open = false;
    }
    return true;
  }
}
