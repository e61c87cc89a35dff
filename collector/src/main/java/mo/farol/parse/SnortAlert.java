package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;

import mo.farol.event.Fields;

/**
 * An alert of Snort and Suricata as one line: {@code [**] [1:2003:8] text [**] [Classification: x]
 * [Priority: 2] {UDP} 192.0.2.1:5 -> 192.0.2.2:6}; in syslog the stars are missing.
 */
final class SnortAlert implements Refiner {
  static final Kind KIND = Kind.of("snort.alert", "intrusion_detection", "alert");
  static final int GENERATOR = Fields.id("snort.gid");
  static final int RULE_ID = Fields.id("rule.id");
  static final int RULE_VERSION = Fields.id("rule.version");
  private static final int RULE_CATEGORY = Fields.id("rule.category");
  private static final int EVENT_SEVERITY = Fields.id("event.severity");
  private static final byte[] DENIED = bytes("denied");
  private static final byte[] STARS = bytes("[**] ");
  private static final byte[] DROP = bytes("[Drop] ");
  private static final byte[] CLASSIFICATION = bytes("[Classification: ");
  private static final byte[] PRIORITY = bytes("[Priority: ");
  private static final byte[] ARROW = bytes(" -> ");
  private static final byte[][] AFTER_TEXT = {
    bytes(" [**]"),
    bytes(" [Classification:"),
    bytes(" [Priority:"),
    bytes(" [Impact:"),
    bytes(" {")
  };

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = skip(b, skip(b, skip(b, from, to, STARS), to, DROP), to, STARS);
    int close = begins(b, p, to) ? find(b, p, to, ']') : -1;
    if (close < 0) {
      return;
    }
    KIND.addTo(draft);
    if (find(b, from, p, DROP) >= 0) {
      draft.word(Names.EVENT_TYPE, DENIED);
    }
    int colon = Ascii.until(b, p + 1, close, ':');
    int second = Ascii.until(b, Math.min(colon + 1, close), close, ':');
    draft.add(GENERATOR, p + 1, colon);
    draft.add(RULE_ID, Math.min(colon + 1, close), second);
    draft.add(RULE_VERSION, Math.min(second + 1, close), close);
    int text = Ascii.skipSpaces(b, close + 1, to);
    int end = textEnd(b, text, to);
    boolean quoted = end - text > 1 && b[text] == '"' && b[end - 1] == '"';
    draft.add(Names.RULE_NAME, quoted ? text + 1 : text, quoted ? end - 1 : end);
    Text.value(draft, RULE_CATEGORY, CLASSIFICATION, ']', end, to);
    priority(draft, end, to);
    flow(draft, end, to);
  }

  /** Whether {@code [1:2003:8]} stands here. */
  static boolean begins(byte[] b, int from, int to) {
    int colon = from < to && b[from] == '[' ? Ascii.skipDigits(b, from + 1, to) : from;
    return colon > from + 1 && colon + 1 < to && b[colon] == ':' && Ascii.isDigit(b[colon + 1]);
  }

  /** {@code {TCP} 192.0.2.1:5 -> 192.0.2.2:6}; ICMP has no ports. */
  static void flow(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int arrow = find(b, from, to, ARROW);
    int open = arrow < 0 ? -1 : Ascii.findLast(b, from, arrow, '{');
    int close = open < 0 ? -1 : Ascii.find(b, open, arrow, '}');
    if (close < 0) {
      return;
    }
    byte[] transport = Transport.word(b, open + 1, close);
    if (transport == null) {
      draft.add(Names.TRANSPORT, open + 1, close);
    } else {
      draft.word(Names.TRANSPORT, transport);
    }
    int source = Ascii.skipSpaces(b, close + 1, arrow);
    int target = arrow + ARROW.length;
    int end = Ascii.until(b, target, to, ' ');
    Text.endpoint(draft, Fields.SOURCE_IP, Fields.SOURCE_PORT, source, arrow);
    Text.endpoint(draft, Fields.DESTINATION_IP, Fields.DESTINATION_PORT, target, end);
  }

  private static void priority(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int at = find(b, from, to, PRIORITY);
    if (at >= 0) {
      int start = at + PRIORITY.length;
      int end = Ascii.skipDigits(b, start, to);
      draft.add(EVENT_SEVERITY, start, end);
      int priority = Ascii.number(b, start, end);
      draft.gradeWithoutPriority(priority < 1 || priority > 4 ? -1 : priority + 2);
    }
  }

  private static int textEnd(byte[] b, int from, int to) {
    int end = to;
    for (byte[] mark : AFTER_TEXT) {
      int at = find(b, from, end, mark);
      end = at < 0 ? end : at;
    }
    return end;
  }

  private static int skip(byte[] b, int from, int to, byte[] word) {
    return Ascii.startsWith(b, from, to, word) ? from + word.length : from;
  }
}
