package mo.farol.parse;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON object means as an event: its time, its severity, its message, and the ECS names
 * beside the sender's own.
 */
final class JsonEvent {
  private static final String[] TIMES = {
    "@timestamp",
    "TimeCreated",
    "__REALTIME_TIMESTAMP",
    "timestamp",
    "time",
    "ts",
    "UtcTime",
    "eventTime",
    "EventTime"
  };
  private static final String[] LEVELS = {"log.level", "level", "severity", "PRIORITY"};

  private static final int HOST = Fields.id("host");
  private static final int METHOD = Fields.id("method");
  private static final int ZEEK = Fields.id("id.orig_h");
  private static final int TIMESTAMP = Fields.id("@timestamp");
  private static final int OWN_MESSAGE = Fields.id("json.message");
  private static final int EVENT_ID = Fields.id("event.id");
  private static final int BEATS_ID = Fields.id("@metadata._id");
  private static final String LUMBERJACK = "lumberjack";
  private static final byte[] TIME_RANKS = ranks(TIMES);
  private static final byte[] LEVEL_RANKS = ranks(LEVELS);

  private final EcsCopies copies = new EcsCopies("", EcsNames.TABLE);
  private final JsonDataset dataset = new JsonDataset();
  private final ZeekJson zeek = new ZeekJson();
  private final WindowsNames nested = new WindowsNames();
  private final WindowsEvent windows = new WindowsEvent();
  private final Gelf gelf;
  private boolean isMessageTaken;
  private int timeRank;

  JsonEvent(Gelf gelf) {
    this.gelf = gelf;
  }

  /** Index of the object that Zeek's object holds, or -1. */
  int inner(byte[] b, int from, int to) {
    return zeek.inner(b, from, to);
  }

  void open(EventDraft draft) {
    isMessageTaken = draft.into().findOpen(Fields.MESSAGE) >= 0;
    timeRank = Integer.MAX_VALUE;
  }

  /** Whether a value is the event's time and nothing else; other times are also kept as fields. */
  boolean isTime(EventDraft draft, int field, byte[] b, int from, int to) {
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
  @Nullable String close(EventDraft draft, int first, int from, int to) {
    if (gelf.isOne(draft, first)) {
      var why = gelf.rename(draft, first, isMessageTaken);
      if (why != null) {
        return why;
      }
    }
    nested.add(draft, first);
    copies.add(draft, first);
    beatsId(draft);
    if (windows.isOne(draft)) {
      windows.add(draft);
    } else {
      dataset.add(draft, first);
      zeek.add(draft);
    }
    host(draft);
    severity(draft, first);
    if (draft.into().findOpen(Fields.MESSAGE) < 0) {
      draft.add(Fields.MESSAGE, from, to);
    }
    return null;
  }

  private static void host(EventDraft draft) {
    var into = draft.into();
    int k = into.findOpen(HOST);
    if (k < 0) {
      return;
    }
    if (into.findOpen(ZEEK) >= 0 && into.findOpen(METHOD) >= 0) {
      ZeekJson.requestedHost(draft);
    } else if (into.findOpen(Fields.HOST_NAME) < 0 && into.length(k) > 0) {
      into.addPart(Fields.HOST_NAME, k, 0, into.length(k));
    }
  }

  private static void severity(EventDraft draft, int first) {
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

  // What Beats call a document is its event's id; over other inputs it is a field like any other.
  private static void beatsId(EventDraft draft) {
    if (!draft.origin().input().equals(LUMBERJACK)) {
      return;
    }
    var into = draft.into();
    int named = into.findOpen(BEATS_ID);
    if (named >= 0 && into.findOpen(EVENT_ID) < 0) {
      int start = into.start(named);
      into.addCopy(EVENT_ID, into.bytes(named), start, start + into.length(named));
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
