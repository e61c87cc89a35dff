package mo.farol.centre;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** Every key of {@code farol.yaml}: its name, default and meaning. This table is the manual's. */
public enum Key {
  BIND("bind", "127.0.0.1", "address every listener binds to"),
  INTAKE_SYSLOG_UDP("intake.syslog.udp", "5514", "syslog over UDP; 0 any free port, -1 off"),
  INTAKE_SYSLOG_TCP("intake.syslog.tcp", "5514", "syslog over TCP; 0 any free port, -1 off"),
  INTAKE_SYSLOG_TLS("intake.syslog.tls", "6514", "syslog over TLS; 0 any free port, -1 off"),
  INTAKE_RELP("intake.relp", "2514", "RELP, plain or TLS; 0 any free port, -1 off"),
  INTAKE_GELF("intake.gelf", "12201", "GELF over TCP and UDP; 0 any free port, -1 off"),
  INTAKE_LUMBERJACK("intake.lumberjack", "5044", "Beats, plain or TLS; 0 any free port, -1 off"),
  INTAKE_HTTP("intake.http", "5580", "HTTP inputs; 0 any free port, -1 off"),
  INTAKE_TLS_NAMES(
      "intake.tls.names", "", "further names and addresses in the listeners' certificate"),
  INTAKE_TLS_CERTIFICATE(
      "intake.tls.certificate",
      "",
      "your own certificate for the listeners, PEM, issuers after it"),
  INTAKE_TLS_KEY("intake.tls.key", "", "its key, PEM without a password"),
  INTAKE_TLS_CLIENTS(
      "intake.tls.clients", "required", "required or optional: certificates of TLS clients"),
  INTAKE_TLS_REQUIRED(
      "intake.tls.required", "false", "true refuses plain connections on ports that take both"),
  INTAKE_FRAME_LIMIT("intake.frame.limit", "64KiB", "longest frame kept whole"),
  INTAKE_FRAMING_TCP(
      "intake.framing.tcp",
      "auto",
      "where messages of syslog over TCP end: auto, shown, octet, lf or nul"),
  INTAKE_FRAMING_TLS("intake.framing.tls", "shown", "the same over TLS"),
  INTAKE_AGENCY("intake.agency", "agency-a", "agency of the listeners that belong to none"),
  INTAKE_PINNED(
      "intake.pinned",
      "",
      "listeners of single agencies: agency=port for syslog over TCP, port/lf where messages end"
          + " if not shown, agency=udp:port, gelf:port, relp:port, lumberjack:port"),
  QUOTA_EVENTS("quota.events", "0", "events a second of one agency; 0 no limit"),
  QUOTA_BYTES("quota.bytes", "0", "bytes a second of one agency; 0 no limit"),
  QUOTA_AGENCIES(
      "quota.agencies", "", "events a second of single agencies: agency=events,agency=events"),
  QUOTA_SOURCE_EVENTS(
      "quota.source.events", "0", "events a second of one sender's address; 0 no limit"),
  QUOTA_CONNECTIONS(
      "quota.connections", "5000", "TCP connections of one agency at a time; 0 no limit"),
  CONSOLE_PORT("console.port", "8443", "the console's port; 0 any free port"),
  CONSOLE_TLS("console.tls", "true", "https; false only for a loopback proxy in front"),
  METRICS_PORT("metrics.port", "9464", "Prometheus metrics; 0 any free port, -1 off"),
  PARSE_SOURCES(
      "parse.sources",
      "",
      "format and zone of single senders, first that fits: AGENCY FROM FORMAT [ZONE], ..."),
  JOURNAL_SEGMENT("journal.segment", "256MiB", "size at which a journal segment is closed"),
  JOURNAL_RESERVE(
      "journal.reserve",
      "256MiB",
      "free disk space below which nothing more is accepted, so that index and ledger go on"),
  SEAL_EVERY("seal.every", "1m", "longest time from an event to a signed head that covers it"),
  SEAL_TSA("seal.tsa", "", "URL of an RFC 3161 authority that stamps heads"),
  SEAL_STAMPS("seal.stamps", "1h", "how often the newest head is stamped"),
  SEAL_WITNESSES("seal.witnesses", "", "public keys of witnesses, separated by commas"),
  RETENTION_DEFAULT("retention.default", "", "how long frames are kept; for ever where not set"),
  RETENTION_AGENCIES("retention.agencies", "", "agency=time,agency=time"),
  RETENTION_INPUTS("retention.inputs", "", "input=time or agency/input=time, separated by commas"),
  RETENTION_CLASSES(
      "retention.classes", "", "class=time or agency/class=time, separated by commas"),
  DATA_CLASSES(
      "data.classes",
      "* * event.category:authentication|session|iam access,"
          + "* * event.category:intrusion_detection|malware|threat security,"
          + "* * event.dataset:suricata.eve|auditd|windows.security|windows.sysmon security,"
          + "* * event.category:network network,"
          + "* * event.category:web|email traffic",
      "classes of data, first that fits: AGENCY FROM WHAT CLASS, ..."),
  BACKUP_WITHIN(
      "backup.within",
      "7d",
      "longest time from one whole backup to the next before operators are told; empty for never"),
  STORE_BUFFER("store.buffer", "32MiB", "memory the index writer fills before it flushes"),
  RULES_FOLDERS("rules.folders", "", "further folders of Sigma rules, separated by commas"),
  RULES_BUILTIN("rules.builtin", "true", "whether the shipped rule book is loaded"),
  RULES_REVIEW(
      "rules.review",
      "false",
      "true: changes of files in the rule folders wait as drafts until a second person publishes"
          + " them"),
  ALERT_FOLDERS("alert.folders", "", "further folders of decision rules (DRL)"),
  PLAYBOOKS_FOLDERS("playbooks.folders", "", "further folders of CACAO playbooks"),
  SILENCE_CEILING(
      "silence.ceiling",
      "15m",
      "longest pause before any known source counts as silent, while its hours of the week are not"
          + " known; then, longer ones that its weeks before explain are none"),
  LOG_LEVEL("log.level", "info", "error, warn, info or debug");

  private final String key;
  private final String byDefault;
  private final String meaning;

  Key(String key, String byDefault, String meaning) {
    this.key = key;
    this.byDefault = byDefault;
    this.meaning = meaning;
  }

  /** The name in {@code farol.yaml}, dotted. */
  public String key() {
    return key;
  }

  /** The value where none is given. */
  public String byDefault() {
    return byDefault;
  }

  /** One line for the manual. */
  public String meaning() {
    return meaning;
  }

  /** Whether it is the port of a listener. */
  public boolean isPort() {
    return this != QUOTA_CONNECTIONS && byDefault.matches("\\d{4,5}");
  }

  /** The key of this name; throws {@link Usage} that names the nearest known one. */
  static Key named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new Usage(
                    "unknown configuration key '%s'; did you mean '%s'?"
                        .formatted(name, nearest(name).key)));
  }

  private static Optional<Key> find(String name) {
    return Arrays.stream(values()).filter(k -> k.key.equals(name)).findFirst();
  }

  private static Key nearest(String name) {
    return Arrays.stream(values())
        .min(Comparator.comparingInt(k -> Distance.between(k.key, name)))
        .orElseThrow();
  }
}
