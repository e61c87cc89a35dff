package mo.farol.parse;

import static mo.farol.parse.Ascii.isDigit;
import static mo.farol.parse.Ascii.isLetter;

import mo.farol.event.Fields;
import org.jspecify.annotations.Nullable;

/**
 * RFC 3164 as senders write it: the time may be BSD or ISO, with or without a year, or missing; so
 * may host and tag; Cisco devices put a counter before and a colon after the time; rsyslog puts
 * structured data before its own messages. Text without a time is all message (section 4.3.3).
 */
final class Rfc3164 {
  private static final byte[] FORWARDED = Ascii.bytes("Message forwarded from ");
  private static final byte[] NO_PRIORITY = Ascii.bytes("no priority");
  private static final int LONGEST_WORD = 255;

  private final StructuredData data = new StructuredData();
  private final Message message;

  Rfc3164(Message message) {
    this.message = message;
  }

  /** Reads what follows the priority. */
  @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int start = Ascii.skipSpaces(b, from, to);
    int before = draft.into().filled();
    int p = CiscoPrefix.counter(draft, start, to);
    int timed = BsdTime.read(draft, p, to);
    if (timed < 0) {
      timed = afterNode(draft, p, to);
    }
    if (timed >= 0) {
      afterTime(draft, timed, to);
      return null;
    }
    int text = p > start ? CiscoPrefix.afterUptime(b, p, to, start) : start;
    if (text == start) {
      draft.into().undoTo(before);
    }
    untimed(draft, text, to);
    return null;
  }

  /** Reads a frame without priority: user.notice, says section 4.3.3. */
  @Nullable String unmarked(EventDraft draft, int from, int to) {
    draft.severity(5);
    draft.word(Names.NOTE, NO_PRIORITY);
    return read(draft, from, to);
  }

  /** Whether a frame without priority begins with a time. */
  boolean hasTime(EventDraft draft, int from, int to) {
    return BsdTime.read(draft, from, to) >= 0;
  }

  private static int afterNode(EventDraft draft, int from, int to) {
    int node = CiscoPrefix.node(draft, from, to);
    return node < 0 ? -1 : BsdTime.read(draft, node, to);
  }

  /** Without a time there is no host; but a CEF or LEEF text may stand behind a word. */
  private void untimed(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int word = Ascii.until(b, from, Math.min(to, from + LONGEST_WORD), ' ') + 1;
    boolean begins = word + 8 < to && (b[word] == 'C' || b[word] == 'L');
    int inner = begins ? Embedded.start(b, from, to) : -1;
    if (inner > 0) {
      message.read(draft, inner, to);
    } else {
      tagged(draft, from, to);
    }
  }

  private void afterTime(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = Ascii.skipSpaces(b, from, to);
    if (p < to && b[p] == ':' && (p == from || (p + 1 < to && b[p + 1] == ' '))) {
      tagged(draft, Ascii.skipSpaces(b, p + 1, to), to);
      return;
    }
    p = BsdTime.zone(draft, p, to);
    int forwarded = forwarded(draft, p, to);
    if (forwarded > 0) {
      tagged(draft, forwarded, to);
      return;
    }
    int end = Ascii.until(b, p, Math.min(to, p + LONGEST_WORD), ' ');
    if (draft.into().findOpen(Fields.HOST_NAME) >= 0 || !HostNames.startsWith(b, p, end, to)) {
      level(draft, p, end);
      tagged(draft, p, to);
      return;
    }
    host(draft, p, end);
    int next = Ascii.skipSpaces(b, end, to);
    if (next + 1 < to && b[next] == ':' && b[next + 1] == ' ') {
      next = Ascii.skipSpaces(b, next + 1, to);
    }
    relayed(draft, next, to);
  }

  private static void level(EventDraft draft, int from, int end) {
    if (end > from && HostNames.isLevel(draft.bytes(), from, end)) {
      draft.add(Fields.LOG_LEVEL, from, end);
      draft.gradeWithoutPriority(Levels.code(draft.bytes(), from, end));
    }
  }

  /** Adds a host without the colon behind it or the brackets around it. */
  private static void host(EventDraft draft, int from, int end) {
    byte[] b = draft.bytes();
    boolean mark = b[end - 1] == ':' || b[end - 1] == ']';
    draft.add(Fields.HOST_NAME, b[from] == '[' ? from + 1 : from, mark ? end - 1 : end);
  }

  /** Behind a relay's header the sender's own may follow: then that one tells time and host. */
  private void relayed(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int forwarded = forwarded(draft, from, to);
    if (forwarded > 0) {
      tagged(draft, forwarded, to);
      return;
    }
    if (from < to && isDigit(b[from]) && counted(draft, from, to)) {
      return;
    }
    int timed = from < to && isLetter(b[from]) ? BsdTime.read(draft, from, to) : -1;
    int start = timed < 0 ? to : Ascii.skipSpaces(b, timed, to);
    int end = Ascii.until(b, start, Math.min(to, start + LONGEST_WORD), ' ');
    if (!HostNames.startsWith(b, start, end, to)) {
      tagged(draft, timed < 0 ? from : start, to);
      return;
    }
    behindRelay(draft);
    host(draft, start, end);
    tagged(draft, Ascii.skipSpaces(b, end, to), to);
  }

  /** Reads what a Cisco device wrote behind its relay's header; false where it is none. */
  private boolean counted(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int before = draft.into().filled();
    int p = CiscoPrefix.counter(draft, from, to);
    int timed = p > from ? BsdTime.read(draft, p, to) : -1;
    int text = p > from && timed < 0 ? CiscoPrefix.afterUptime(b, p, to, from) : from;
    if (timed >= 0) {
      ownHost(draft, before);
      afterTime(draft, timed, to);
    } else if (text > from) {
      tagged(draft, text, to);
    } else {
      draft.into().undoTo(before);
    }
    return timed >= 0 || text > from;
  }

  /** Takes the host of {@code Message forwarded from host: }; index of what follows, or -1. */
  private static int forwarded(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (from >= to || b[from] != 'M' || !Ascii.startsWith(b, from, to, FORWARDED)) {
      return -1;
    }
    int start = from + FORWARDED.length;
    int end = Ascii.until(b, start, Math.min(to, start + LONGEST_WORD), ' ');
    if (end - start < 2 || b[end - 1] != ':' || !HostNames.isOne(b, start, end - 1)) {
      return -1;
    }
    behindRelay(draft);
    draft.add(Fields.HOST_NAME, start, end - 1);
    return Ascii.skipSpaces(b, end, to);
  }

  /** A host that the device named itself stands before its relay's. */
  private static void ownHost(EventDraft draft, int before) {
    for (int k = before; k < draft.into().filled(); k++) {
      if (draft.into().field(k) == Fields.HOST_NAME) {
        behindRelay(draft);
        return;
      }
    }
  }

  private static void behindRelay(EventDraft draft) {
    int relay = draft.into().findOpen(Fields.HOST_NAME);
    if (relay >= 0) {
      draft.into().rename(relay, Names.RELAY);
    }
  }

  /** {@code tag[pid]: text}, or text alone. */
  private void tagged(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (from >= to) {
      return;
    }
    int end = Ascii.until(b, from, Math.min(to, from + LONGEST_WORD), ' ');
    int tag = Tags.end(b, from, end, to);
    if (tag < 0 || message.isPayload(draft, from, to)) {
      message.read(draft, from, to);
      return;
    }
    int open = tag > from && b[tag - 1] == ']' ? Ascii.findLast(b, from + 1, tag, '[') : -1;
    draft.app(from, open < 0 ? tag : open);
    if (open > 0) {
      draft.add(Fields.PROC_ID, open + 1, tag - 1);
    }
    int text = tag < to && b[tag] == ':' ? tag + 1 : tag;
    text = Ascii.skipSpaces(b, text, to);
    message.read(draft, data.readPlain(draft, text, to), to);
  }
}
