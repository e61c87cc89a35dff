package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;

import mo.farol.event.Fields;

/**
 * dnsmasq's questions and answers: {@code query[A] a.example from 192.0.2.5}, {@code forwarded … to
 * …}, {@code reply … is …}, with or without the serial number and client of {@code
 * log-queries=extra}.
 */
final class Dnsmasq implements Refiner {
  private static final Kind QUERY_KIND = Kind.of("dnsmasq", "network", "dns-query");
  private static final Kind ANSWER = Kind.of("dnsmasq", "network", "dns-answer");
  private static final Kind FORWARD = Kind.of("dnsmasq", "network", "dns-forward");
  private static final Kind OTHER = Kind.of("dnsmasq", "", "");
  private static final byte[] QUERY = bytes("query[");
  private static final byte[] FROM = bytes(" from ");
  private static final byte[] TO = bytes(" to ");
  private static final byte[] IS = bytes(" is ");
  private static final byte[] FORWARDED = bytes("forwarded ");
  private static final byte[][] ANSWERS = {
    bytes("reply "),
    bytes("cached "),
    bytes("config "),
    bytes("cached-stale "),
    bytes("/etc/hosts ")
  };

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = extra(draft, from, to);
    if (Ascii.startsWith(b, p, to, QUERY)) {
      query(draft, p + QUERY.length, to);
      return;
    }
    int forwarded = Text.after(b, p, to, FORWARDED);
    int answered = Text.after(b, p, to, ANSWERS);
    if (forwarded > 0) {
      FORWARD.addTo(draft);
      int end = find(b, forwarded, to, TO);
      draft.add(Names.DNS_QUESTION, forwarded, end < 0 ? to : end);
      Text.value(draft, Names.DNS_SERVER, TO, ' ', forwarded, to);
    } else if (answered > 0) {
      answer(draft, answered, to);
    } else {
      OTHER.addTo(draft);
    }
  }

  /** {@code 12 192.0.2.5/4711 } of the longer form. */
  private static int extra(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int number = Ascii.skipDigits(b, from, to);
    int slash = number > from ? Ascii.find(b, number, Math.min(to, number + 48), '/') : -1;
    int end = slash < 0 ? -1 : Ascii.skipDigits(b, slash + 1, to);
    if (end < 0 || end >= to || b[end] != ' ' || !Text.isAddress(b, number + 1, slash)) {
      return from;
    }
    draft.add(Fields.SOURCE_IP, number + 1, slash);
    draft.add(Fields.SOURCE_PORT, slash + 1, end);
    return end + 1;
  }

  private static void query(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    QUERY_KIND.addTo(draft);
    int type = Ascii.until(b, from, to, ']');
    int name = Ascii.skipSpaces(b, Math.min(type + 1, to), to);
    int end = Text.findLast(b, name, to, FROM);
    draft.add(Names.DNS_TYPE, from, type);
    draft.add(Names.DNS_QUESTION, name, end < 0 ? to : end);
    if (end > 0 && draft.into().findOpen(Fields.SOURCE_IP) < 0) {
      draft.add(Fields.SOURCE_IP, end + FROM.length, to);
    }
  }

  private static void answer(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    ANSWER.addTo(draft);
    int is = find(b, from, to, IS);
    draft.add(Names.DNS_QUESTION, from, is < 0 ? to : is);
    if (is > 0) {
      int value = is + IS.length;
      draft.add(Text.isAddress(b, value, to) ? Names.DNS_RESOLVED_IP : Names.DNS_ANSWER, value, to);
    }
  }
}
