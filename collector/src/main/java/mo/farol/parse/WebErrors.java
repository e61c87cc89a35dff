package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;

import mo.farol.event.Fields;
import mo.farol.event.Micros;

/**
 * Error logs of web servers. Apache httpd: {@code [Mon Aug 31 09:30:48.958 2020] [core:error] [pid
 * 9:tid 14] [client 192.0.2.1:593] AH00126: …}; nginx: {@code 2019/10/30 23:26:34 [error] 2058#0:
 * *18 …, client: 192.0.2.1, server: _, request: "GET / HTTP/1.1"}.
 */
final class WebErrors implements Refiner {
  private static final byte[] ERROR = bytes("http-error");
  private static final int MODULE = Fields.id("httpd.module");
  private static final byte[] CODE = bytes(" AH");
  private static final int CODE_DIGITS = 5;
  private static final int FARTHEST_CODE = 300;
  private static final byte[] PID = bytes("pid ");
  private static final byte[] TID = bytes(":tid ");
  private static final byte[] CLIENT = bytes("[client ");
  private static final byte[] NGINX_CLIENT = bytes(", client: ");
  private static final byte[] SERVER = bytes(", server: ");
  private static final byte[] REQUEST = bytes(", request: \"");
  private static final byte[] HOST = bytes(", host: \"");
  private static final byte[] REFERER = bytes(", referer: ");

  /** Whether a frame begins with the time of an error log; the time is then in the draft. */
  static boolean begins(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (to - from < 24) {
      return false;
    }
    boolean apache = b[from] == '[' && Days.isWeekday(b, from + 1);
    int close = apache ? Ascii.until(b, from, Math.min(to, from + 40), ']') : to;
    long at = apache ? draft.dates().bsd(b, from + 1, close) : nginxTime(draft, from, to);
    if (at != Micros.NONE && (!apache || draft.dates().end() == close)) {
      draft.occurredAt(at);
      return true;
    }
    return false;
  }

  private static long nginxTime(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    boolean looks = b[from + 4] == '/' && b[from + 19] == ' ' && b[from + 20] == '[';
    return looks ? draft.dates().iso(b, from, to) : Micros.NONE;
  }

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    long before = draft.occurredAt();
    if (!begins(draft, from, to)) {
      return;
    }
    if (before != Micros.NONE) {
      draft.occurredAt(before);
    }
    draft.word(Fields.EVENT_CATEGORY, Words.WEB);
    draft.word(Fields.EVENT_ACTION, ERROR);
    if (b[from] == '[') {
      apache(draft, Ascii.until(b, from, to, ']') + 1, to);
    } else {
      nginx(draft, from + 20, to);
    }
  }

  private static void apache(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = Ascii.skipSpaces(b, from, to);
    int close = Ascii.find(b, p, to, ']');
    if (p < to && b[p] == '[' && close > 0) {
      int colon = Ascii.find(b, p, close, ':');
      draft.add(MODULE, p + 1, colon < 0 ? p + 1 : colon);
      level(draft, colon < 0 ? p + 1 : colon + 1, close);
    }
    int pid = find(b, p, Math.min(to, p + 80), PID);
    if (pid > 0) {
      int end = Ascii.skipDigits(b, pid + PID.length, to);
      draft.add(Names.PROCESS_ID, pid + PID.length, end);
      if (Ascii.startsWith(b, end, to, TID)) {
        int thread = end + TID.length;
        draft.add(Names.THREAD_ID, thread, Ascii.skipDigits(b, thread, to));
      }
    }
    int client = find(b, p, to, CLIENT);
    if (client > 0) {
      client(draft, pid > 0, client + CLIENT.length, Ascii.until(b, client, to, ']'));
    }
    code(draft, p, to);
    Text.value(draft, Names.REFERRER, REFERER, '\n', p, to);
  }

  /** {@code AH00126: }, httpd's number of a message. */
  private static void code(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int at = find(b, from, Math.min(to, from + FARTHEST_CODE), CODE);
    int end = at < 0 ? to : at + CODE.length + CODE_DIGITS;
    if (end < to && b[end] == ':' && Ascii.skipDigits(b, at + CODE.length, to) == end) {
      draft.add(Names.EVENT_CODE, at + 1, end);
    }
  }

  /** httpd 2.4, which names its process, puts the port even behind an IPv6 address. */
  private static void client(EventDraft draft, boolean hasPort, int from, int to) {
    if (hasPort) {
      Text.endpoint(draft, Fields.SOURCE_IP, Fields.SOURCE_PORT, from, to);
    } else {
      Text.endpoint(draft, from, to);
    }
  }

  private static void nginx(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int close = Ascii.until(b, from, to, ']');
    level(draft, from + 1, close);
    int pid = Math.min(close + 2, to);
    draft.add(Names.PROCESS_ID, pid, Ascii.skipDigits(b, pid, to));
    Text.value(draft, Fields.SOURCE_IP, NGINX_CLIENT, ',', close, to);
    Text.value(draft, Names.SERVER_NAME, SERVER, ',', close, to);
    int host = find(b, close, to, HOST);
    if (host > 0) {
      Text.value(draft, Names.URL_DOMAIN, HOST, '"', host, to);
    }
    int request = find(b, close, to, REQUEST);
    if (request > 0) {
      int start = request + REQUEST.length;
      int end = Ascii.until(b, start, to, '"');
      int method = Ascii.until(b, start, end, ' ');
      int url = Math.min(method + 1, end);
      draft.add(Names.METHOD, start, method);
      draft.add(Names.URL, url, Ascii.until(b, url, end, ' '));
    }
  }

  private static void level(EventDraft draft, int from, int to) {
    draft.add(Fields.LOG_LEVEL, from, to);
    draft.gradeWithoutPriority(Levels.code(draft.bytes(), from, to));
  }
}
