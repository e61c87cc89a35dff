package mo.farol.parse;

/** A CEF or LEEF text that words of its sender stand before. */
final class Embedded {
  private Embedded() {}

  /** Index of the text, or -1. */
  static int start(byte[] b, int from, int to) {
    int at = Cef.within(b, from, to);
    return at > 0 ? at : Leef.within(b, from, to);
  }
}
