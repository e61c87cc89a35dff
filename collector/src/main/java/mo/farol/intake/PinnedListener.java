package mo.farol.intake;

import mo.farol.syslog.Framing;

/**
 * A syslog listener of one agency: whatever arrives there is that agency's.
 *
 * @param agency agency id
 * @param protocol {@code tcp} or {@code udp}
 * @param port 0 any free one
 * @param framing where messages end, over TCP
 */
public record PinnedListener(String agency, String protocol, int port, Framing framing) {
  public PinnedListener {
    if (!protocol.equals("tcp") && !protocol.equals("udp")) {
      throw new IllegalArgumentException(
          "a pinned listener speaks tcp or udp, not '" + protocol + "'");
    }
  }

  /** Messages end as each sender shows. */
  public PinnedListener(String agency, String protocol, int port) {
    this(agency, protocol, port, Framing.SHOWN);
  }

  /** Its name in the configuration and on the ready line. */
  String key() {
    return "intake.syslog." + protocol + "." + agency;
  }
}
