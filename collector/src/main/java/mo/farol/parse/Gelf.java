package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * GELF 1.1: JSON whose own names become ECS ones and whose {@code _additional} fields move under
 * {@code gelf.}. An object is GELF where it says so by its version and has a short message, or has
 * no name that is not GELF's.
 */
final class Gelf {
  private static final int VERSION = Fields.id("version");
  private static final int HOST = Fields.id("host");
  private static final int SHORT_MESSAGE = Fields.id("short_message");
  private static final int TIMESTAMP = Fields.id("timestamp");
  private static final int LEVEL = Fields.id("level");
  private static final int OWN_LEVEL = Fields.id("gelf.level");
  private static final int[] FROM = {
    VERSION,
    HOST,
    SHORT_MESSAGE,
    Fields.id("full_message"),
    TIMESTAMP,
    LEVEL,
    Fields.id("facility"),
    Fields.id("line"),
    Fields.id("file")
  };
  private static final int[] TO = {
    Fields.id("gelf.version"),
    Fields.HOST_NAME,
    Fields.MESSAGE,
    Fields.id("gelf.full_message"),
    Fields.id("gelf.timestamp"),
    OWN_LEVEL,
    Fields.id("gelf.facility"),
    Fields.id("gelf.line"),
    Fields.id("gelf.file")
  };
  private static final byte[] DATASET = Ascii.bytes("gelf");
  private static final byte[] NO_TIME = Ascii.bytes("gelf.timestamp: no time");

  private final boolean isAsked;

  /** One that takes every object for GELF, where that was asked for. */
  Gelf(boolean isAsked) {
    this.isAsked = isAsked;
  }

  /** Whether the pairs of the open event from {@code first} on are GELF. */
  boolean isOne(EventDraft draft, int first) {
    if (isAsked) {
      return true;
    }
    var into = draft.into();
    int version = into.findOpen(VERSION);
    if (version < first
        || !isVersion(into.bytes(version), into.start(version), into.length(version))) {
      return false;
    }
    return into.findOpen(SHORT_MESSAGE) >= 0 || hasNoOther(draft, first);
  }

  /**
   * Renames the pairs from {@code first} on.
   *
   * @return why this is no valid GELF, or null
   */
  @Nullable String rename(EventDraft draft, int first, boolean hasMessage) {
    var why = fault(draft);
    if (why != null) {
      return why;
    }
    var into = draft.into();
    for (int k = first; k < into.filled(); k++) {
      int own = own(into.field(k));
      if (own >= 0) {
        into.rename(k, hasMessage && TO[own] == Fields.MESSAGE ? SHORT_MESSAGE : TO[own]);
      } else if (Fields.name(into.field(k)).startsWith("_")) {
        into.rename(k, additional(draft, Fields.name(into.field(k)).substring(1)));
      }
    }
    level(draft);
    if (into.findOpen(Fields.EVENT_DATASET) < 0) {
      draft.word(Fields.EVENT_DATASET, DATASET);
    }
    return null;
  }

  /** {@code host} and {@code short_message} are the strings that must be there. */
  private static @Nullable String fault(EventDraft draft) {
    if (!isText(draft, HOST)) {
      return "GELF: host is a text that must be there";
    }
    if (!isText(draft, SHORT_MESSAGE)) {
      return "GELF: short_message is a text that must be there";
    }
    if (draft.into().findOpen(TIMESTAMP) >= 0 && draft.occurredAt() == Micros.NONE) {
      draft.word(Names.NOTE, NO_TIME);
    }
    return null;
  }

  private static void level(EventDraft draft) {
    var into = draft.into();
    int k = into.findOpen(OWN_LEVEL);
    int from = k < 0 ? 0 : into.start(k);
    int code = k < 0 ? -1 : Ascii.number(into.bytes(k), from, from + into.length(k));
    if (code >= 0 && code <= 7 && !draft.hasPriority()) {
      draft.severity(code);
      into.addPart(Fields.SEVERITY, k, 0, into.length(k));
    }
  }

  /** Whether a field is there as a text with something in it; a number has no quote before it. */
  private static boolean isText(EventDraft draft, int field) {
    var into = draft.into();
    int k = into.findOpen(field);
    if (k < 0 || into.length(k) == 0) {
      return false;
    }
    return !into.isSlice(k) || draft.bytes()[into.start(k) - 1] == '"';
  }

  private static boolean hasNoOther(EventDraft draft, int first) {
    var into = draft.into();
    for (int k = first; k < into.filled(); k++) {
      if (own(into.field(k)) < 0 && !Fields.name(into.field(k)).startsWith("_")) {
        return false;
      }
    }
    return true;
  }

  /** {@code 1.0} or {@code 1.1}. */
  private static boolean isVersion(byte[] b, int from, int length) {
    return length == 3 && b[from] == '1' && b[from + 1] == '.' && (b[from + 2] & 0xfe) == '0';
  }

  private static int own(int field) {
    for (int i = 0; i < FROM.length; i++) {
      if (FROM[i] == field) {
        return i;
      }
    }
    return -1;
  }

  private static int additional(EventDraft draft, String name) {
    byte[] utf8 = ("gelf." + name).getBytes(StandardCharsets.UTF_8);
    return draft.field(utf8, 0, utf8.length);
  }
}
