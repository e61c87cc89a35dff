package mo.farol.api;

/** Takes archived lines through the journal; the wiring stands behind it. */
public interface Imports {
  /** Makes lines durable before it returns; gives the sequence after the last one. */
  long append(
      String agency, String lane, String format, int year, String zone, String file, byte[] lines);
}
