package mo.farol.intake;

/**
 * A syslog listener of one agency: whatever arrives there is that agency's.
 *
 * @param agency agency id
 * @param protocol {@code tcp} or {@code udp}
 * @param port 0 any free one
 */
public record PinnedListener(String agency, String protocol, int port) {
  public PinnedListener {
    if (!protocol.equals("tcp") && !protocol.equals("udp")) {
      throw new IllegalArgumentException(
          "a pinned listener speaks tcp or udp, not '" + protocol + "'");
    }
  }

  /** Its name in the configuration and on the ready line. */
  String key() {
    return "intake.syslog." + protocol + "." + agency;
  }
}
