package mo.farol.onboard;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What agencies forward with. Each has a file of its own in {@code snippets}. */
public enum Forwarder {
  RSYSLOG("rsyslog.conf", "intake.relp", Promise.ACKNOWLEDGED),
  SYSLOG_NG("syslog-ng.conf", "intake.http", Promise.ACKNOWLEDGED),
  FLUENT_BIT("fluent-bit.conf", "intake.http", Promise.ACKNOWLEDGED),
  VECTOR("vector.yaml", "intake.http", Promise.ACKNOWLEDGED),
  FILEBEAT("filebeat.yml", "intake.lumberjack", Promise.ACKNOWLEDGED),
  WINLOGBEAT("winlogbeat.yml", "intake.lumberjack", Promise.ACKNOWLEDGED),
  NXLOG("nxlog.conf", "intake.http", Promise.ACKNOWLEDGED),
  OTEL("otel.yaml", "intake.http", Promise.ACKNOWLEDGED),
  SPLUNK("splunk.conf", "intake.syslog.tls", Promise.BEST_EFFORT),
  LOG4J2("log4j2.xml", "intake.http", Promise.ACKNOWLEDGED),
  LOGBACK("logback.xml", "intake.syslog.tls", Promise.BEST_EFFORT),
  PYTHON("farol_log.py", "intake.http", Promise.ACKNOWLEDGED),
  CURL("curl.sh", "intake.http", Promise.ACKNOWLEDGED),
  LOGGER("logger.sh", "intake.syslog.tcp", Promise.BEST_EFFORT),
  DEVICE("device.txt", "intake.syslog.udp", Promise.BEST_EFFORT);

  /** What is promised about a line that was sent. */
  public enum Promise {
    /** The centre answers once the line is on disk, and the forwarder keeps it until then. */
    ACKNOWLEDGED,
    /** Nobody knows what became of a line when a connection breaks. */
    BEST_EFFORT
  }

  private final String file;
  private final String key;
  private final Promise promise;

  Forwarder(String file, String key, Promise promise) {
    this.file = file;
    this.key = key;
    this.promise = promise;
  }

  /** The one of a word such as {@code fluent-bit}. */
  public static Optional<Forwarder> named(String word) {
    return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
  }

  /** As people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Name of the file it becomes. */
  public String file() {
    return file;
  }

  /** What is promised. */
  public Promise promise() {
    return promise;
  }

  /** Key of the listener it sends to. */
  String key() {
    return key;
  }

  /** Whether it shows neither certificate nor token, so that only an own port tells its agency. */
  boolean needsOwnPort() {
    return this == LOGGER || this == DEVICE;
  }

  /** Where its machine keeps the certificate, unless told otherwise. */
  String folder() {
    return this == WINLOGBEAT || this == NXLOG ? "C:/farol" : "/etc/farol";
  }
}
