package mo.farol.parse;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON object means as an event: its time, its severity, its message, and the ECS names
 * beside the sender's own.
 */
final class JsonEvent {
  private static final String TABLE =
      """
      host.name whole Computer hostname Hostname host computer_name agent.hostname agent.name
      source.ip whole IpAddress SourceIp src_ip id.orig_h SourceAddress sourceIPAddress client_ip
      source.port whole IpPort SourcePort src_port id.orig_p
      source.bytes whole orig_bytes
      destination.ip whole DestinationIp dest_ip id.resp_h DestAddress
      destination.port whole DestinationPort dest_port id.resp_p DestPort
      destination.domain whole DestinationHostname
      destination.bytes whole resp_bytes
      network.transport transport proto
      process.executable whole Image NewProcessName exe ProcessName
      process.name leaf Image NewProcessName exe ProcessName
      process.command_line whole CommandLine cmdline ProcessCommandLine
      process.pid whole ProcessId NewProcessId pid
      process.working_directory whole CurrentDirectory cwd
      process.parent.executable whole ParentImage ParentProcessName parent_exe
      process.parent.name leaf ParentImage ParentProcessName parent_exe
      process.parent.command_line whole ParentCommandLine
      process.parent.pid whole ParentProcessId
      file.path whole TargetFilename
      registry.path whole TargetObject
      dns.question.name whole QueryName query dns.rrname
      dns.question.type whole qtype_name dns.rrtype
      dns.response_code whole rcode_name dns.rcode
      rule.name whole alert.signature
      event.action whole eventName
      event.code whole EventID EventCode
      event.provider whole Provider_Name ProviderName
      user.name leaf User user username AccountName userIdentity.userName
      user_agent.original whole userAgent
      message whole msg Message short_message
      """;
  private static final String[] TIMES = {
    "@timestamp", "TimeCreated", "timestamp", "time", "ts", "UtcTime", "eventTime", "EventTime"
  };
  private static final String[] LEVELS = {"log.level", "level", "severity"};

  private static final int TIMESTAMP = Fields.id("@timestamp");
  private static final int OWN_MESSAGE = Fields.id("json.message");
  private static final byte[] TIME_RANKS = ranks(TIMES);
  private static final byte[] LEVEL_RANKS = ranks(LEVELS);

  private final EcsCopies copies = new EcsCopies("", TABLE);
  private final JsonDataset dataset = new JsonDataset();
  private final WindowsEvent windows = new WindowsEvent();
  private final Gelf gelf;
  private boolean isMessageTaken;
  private int timeRank;

  JsonEvent(Gelf gelf) {
    this.gelf = gelf;
  }

  void open(Draft draft) {
    isMessageTaken = draft.into().findOpen(Fields.MESSAGE) >= 0;
    timeRank = Integer.MAX_VALUE;
  }

  /** Whether a value is the event's time and nothing else; other times are also kept as fields. */
  boolean isTime(Draft draft, int field, byte[] b, int from, int to) {
    int rank = field < TIME_RANKS.length ? TIME_RANKS[field] : 0;
    if (rank == 0 || rank >= timeRank) {
      return false;
    }
    long at = draft.dates().any(b, from, to);
    if (at == Micros.NONE) {
      return false;
    }
    draft.occurredAt(at);
    timeRank = rank;
    return field == TIMESTAMP;
  }

  /** The field under which a value is kept: the message of a syslog frame stays what it is. */
  int rename(int field) {
    return field == Fields.MESSAGE && isMessageTaken ? OWN_MESSAGE : field;
  }

  /**
   * Adds what the pairs from {@code first} on mean. An object without a message gets its own text
   * as one, so that free text finds what it holds.
   *
   * @return why the event is none, or null
   */
  @Nullable String close(Draft draft, int first, int from, int to) {
    if (gelf.isOne(draft, first)) {
      var why = gelf.rename(draft, first, isMessageTaken);
      if (why != null) {
        return why;
      }
    }
    copies.add(draft, first);
    if (windows.isOne(draft)) {
      windows.add(draft);
    } else {
      dataset.add(draft);
    }
    severity(draft, first);
    if (draft.into().findOpen(Fields.MESSAGE) < 0) {
      draft.add(Fields.MESSAGE, from, to);
    }
    return null;
  }

  private static void severity(Draft draft, int first) {
    if (draft.hasPriority()) {
      return;
    }
    var into = draft.into();
    for (int k = first; k < into.filled(); k++) {
      int field = into.field(k);
      if (field < LEVEL_RANKS.length && LEVEL_RANKS[field] > 0) {
        int from = into.start(k);
        int code = Levels.code(into.bytes(k), from, from + into.length(k));
        if (code >= 0) {
          draft.severity(code);
          return;
        }
      }
    }
  }

  private static byte[] ranks(String[] names) {
    int most = 0;
    for (String name : names) {
      most = Math.max(most, Fields.id(name));
    }
    byte[] ranks = new byte[most + 1];
    for (int i = 0; i < names.length; i++) {
      ranks[Fields.id(names[i])] = (byte) (i + 1);
    }
    return ranks;
  }
}
