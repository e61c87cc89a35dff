package mo.farol.event;

/**
 * Where frames came from, as decided by us and never by the frame's own text.
 *
 * @param agency agency id, from listener, certificate or token
 * @param input the listener's name, such as {@code syslog.tcp}
 * @param peer the sender's address, empty when unknown
 * @param lane empty for live traffic; otherwise the id of the import, whose windows and clocks stay
 *     apart from live ones
 * @param exercise drill data, marked from frame to report
 * @param format parser asked for, or several joined by {@code +}; empty to detect
 * @param year year of dates without one, 0 to take the last that is not ahead of the time of
 *     receipt
 * @param zone zone id of dates without one, such as {@code UTC} or {@code Asia/Macau}
 */
public record Origin(
    String agency,
    String input,
    String peer,
    String lane,
    boolean exercise,
    String format,
    int year,
    String zone) {

  /** Live frames of an agency from a peer. */
  public static Origin live(String agency, String input, String peer) {
    return new Origin(agency, input, peer, "", false, "", 0, "UTC");
  }

  /** Live frames of an agency from a peer, written in this format. */
  public static Origin live(String agency, String input, String peer, String format) {
    return new Origin(agency, input, peer, "", false, format, 0, "UTC");
  }

  /**
   * Who sent them, as far as nobody else can claim: input and address; of datagrams, whose address
   * anybody can write, the input alone.
   */
  public String sender() {
    return input.endsWith(".udp") ? input : input + " " + peer;
  }

  /** Whether these frames arrive as they happen, rather than out of an archive. */
  public boolean isLive() {
    return lane.isEmpty();
  }
}
