package mo.farol.onboard;

/** What a forwarder speaks on its way to the centre, as its snippet sets it up. */
public enum Speech {
  RELP("RELP"),
  LUMBERJACK("Lumberjack"),
  /** RFC 6587 section 3.4.1, with an octet count. */
  COUNTED("syslog"),
  /** Lines that end by LF. */
  LINES("syslog"),
  /** A JSON object a line. */
  JSON_LINES("JSON lines"),
  DATAGRAM("syslog over UDP"),
  EVENTS("HTTP"),
  OTLP("OTLP/HTTP");

  private final String word;

  Speech(String word) {
    this.word = word;
  }

  /** As people write it. */
  public String word() {
    return word;
  }

  /** Whether the sender hears that its line is on disk. */
  boolean isAnswered() {
    return this == RELP || this == LUMBERJACK || isHttp();
  }

  boolean isHttp() {
    return this == EVENTS || this == OTLP;
  }

  static Speech of(Forwarder forwarder) {
    return switch (forwarder) {
      case RSYSLOG -> RELP;
      case FILEBEAT, WINLOGBEAT -> LUMBERJACK;
      case SPLUNK -> LINES;
      case LOGBACK -> JSON_LINES;
      case LOGGER -> COUNTED;
      case DEVICE -> DATAGRAM;
      case OTEL -> OTLP;
      case SYSLOG_NG, FLUENT_BIT, VECTOR, NXLOG, LOG4J2, PYTHON, CURL -> EVENTS;
    };
  }
}
