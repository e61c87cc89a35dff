package mo.farol.intake;

/** The kinds of listener. */
public enum Input {
  /** RFC 5426. */
  SYSLOG_UDP("intake.syslog.udp"),
  /** RFC 6587. */
  SYSLOG_TCP("intake.syslog.tcp"),
  /** RFC 5425. */
  SYSLOG_TLS("intake.syslog.tls"),
  /** RELP, plain or TLS as the first byte says. */
  RELP("intake.relp"),
  /** GELF over TCP and over UDP, both on one port number. */
  GELF("intake.gelf"),
  /** Lumberjack, plain or TLS as the first byte says. */
  LUMBERJACK("intake.lumberjack"),
  /** Everything over HTTP. */
  HTTP("intake.http");

  private final String key;

  Input(String key) {
    this.key = key;
  }

  /** Its key in the configuration and on the ready line. */
  public String key() {
    return key;
  }

  /** The last word of its key, such as {@code udp}. */
  public String word() {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
