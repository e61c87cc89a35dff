package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import java.nio.charset.StandardCharsets;
import mo.farol.event.Fields;

/**
 * Which of Zeek's logs a JSON event comes from: said by {@code _path}, by an object around it
 * ({@code {"dns":{"ts":…}}}), or by names that only one log has.
 */
final class ZeekJson {
  private static final byte[] TS = bytes("\"ts\"");
  private static final int PATH = Fields.id("_path");
  private static final int HOST = Fields.id("host");
  private static final int UID = Fields.id("uid");
  private static final int[] MARKS = {
    Fields.id("conn_state"),
    Fields.id("trans_id"),
    Fields.id("trans_depth"),
    Fields.id("cipher"),
    Fields.id("fuid"),
    Fields.id("auth_attempts"),
    Fields.id("mailfrom"),
    Fields.id("note")
  };
  private static final byte[][] LOGS = {
    bytes("zeek.conn"),
    bytes("zeek.dns"),
    bytes("zeek.http"),
    bytes("zeek.ssl"),
    bytes("zeek.files"),
    bytes("zeek.ssh"),
    bytes("zeek.smtp"),
    bytes("zeek.notice")
  };

  private int nameFrom;
  private int nameTo;

  /** Index of the inner object's brace, or -1 where the object at {@code from} is no wrapper. */
  int inner(byte[] b, int from, int to) {
    nameTo = nameFrom;
    int quote = skip(b, from + 1, to);
    int end = quote < to && b[quote] == '"' ? quote + 1 : to;
    while (end < to && (Ascii.isLetter(b[end]) || b[end] == '_' || Ascii.isDigit(b[end]))) {
      end++;
    }
    int colon = skip(b, end + 1, to);
    boolean isName = end < to && b[end] == '"' && end - quote < 32 && end > quote + 1;
    int brace = isName && colon < to && b[colon] == ':' ? skip(b, colon + 1, to) : to;
    if (brace >= to || b[brace] != '{') {
      return -1;
    }
    if (!Ascii.startsWith(b, skip(b, brace + 1, to), to, TS)) {
      return -1;
    }
    nameFrom = quote + 1;
    nameTo = end;
    return brace;
  }

  /** Adds the dataset to an event that has Zeek's names. */
  void add(EventDraft draft) {
    var into = draft.into();
    if (into.findOpen(Fields.EVENT_DATASET) >= 0) {
      return;
    }
    int path = into.findOpen(PATH);
    if (nameTo > nameFrom) {
      named(draft, draft.bytes(), nameFrom, nameTo);
    } else if (path >= 0 && into.findOpen(UID) >= 0) {
      named(draft, into.bytes(path), into.start(path), into.start(path) + into.length(path));
    } else if (into.findOpen(UID) >= 0) {
      marked(draft);
    }
  }

  /** What Zeek calls {@code host} is the name a browser asked for, not the sender's. */
  static void requestedHost(EventDraft draft) {
    int k = draft.into().findOpen(HOST);
    if (k >= 0 && draft.into().findOpen(Names.URL_DOMAIN) < 0) {
      draft.into().addPart(Names.URL_DOMAIN, k, 0, draft.into().length(k));
    }
  }

  private static void named(EventDraft draft, byte[] b, int from, int to) {
    draft
        .into()
        .addText(
            Fields.EVENT_DATASET, "zeek." + new String(b, from, to - from, StandardCharsets.UTF_8));
  }

  private static void marked(EventDraft draft) {
    for (int i = 0; i < MARKS.length; i++) {
      if (draft.into().findOpen(MARKS[i]) >= 0) {
        draft.word(Fields.EVENT_DATASET, LOGS[i]);
        return;
      }
    }
  }

  private static int skip(byte[] b, int from, int to) {
    int p = from;
    while (p < to && (b[p] == ' ' || b[p] == '\t')) {
      p++;
    }
    return p;
  }
}
