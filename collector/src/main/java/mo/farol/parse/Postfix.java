package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;
import static mo.farol.parse.Ascii.startsWith;

import mo.farol.event.Fields;

/** Postfix: who connects, who fails to log in, what is refused, what becomes of mail. */
final class Postfix implements Refiner {
  private static final Kind CONNECTED = Kind.of("postfix", "network", "smtp-connect");
  private static final Kind DISCONNECTED = Kind.of("postfix", "network", "smtp-disconnect");
  private static final Kind LOGIN = Kind.of("postfix", "authentication", "sasl-login").failed();
  private static final Kind REFUSED = Kind.of("postfix", "email", "mail-refused").failed();
  private static final Kind MAIL = Kind.of("postfix", "email", "");

  private static final int FROM_FIELD = Fields.id("email.from.address");
  private static final int TO_FIELD = Fields.id("email.to.address");
  private static final int STATUS_FIELD = Fields.id("postfix.status");

  private static final byte[] CONNECT = bytes("connect from ");
  private static final byte[] DISCONNECT = bytes("disconnect from ");
  private static final byte[] SASL = bytes(": SASL ");
  private static final byte[] AUTH_FAILED = bytes("authentication fail");
  private static final byte[] WARNING = bytes("warning: ");
  private static final byte[] REJECT = bytes("reject: ");
  private static final byte[] SPACE_FROM = bytes(" from ");
  private static final byte[] CLIENT = bytes(" client=");
  private static final byte[] USERNAME = bytes("sasl_username=");
  private static final byte[] FROM = bytes("from=<");
  private static final byte[] TO = bytes("to=<");
  private static final byte[] STATUS = bytes(" status=");

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (startsWith(b, from, to, CONNECT)) {
      CONNECTED.addTo(draft);
      peer(draft, from + CONNECT.length, to);
    } else if (startsWith(b, from, to, DISCONNECT)) {
      DISCONNECTED.addTo(draft);
      peer(draft, from + DISCONNECT.length, to);
    } else if (startsWith(b, from, to, WARNING) && isLogin(b, from, to)) {
      LOGIN.addTo(draft);
      peer(draft, from + WARNING.length, to);
      Text.value(draft, Fields.USER_NAME, USERNAME, ' ', from, to);
    } else {
      mail(draft, from, to);
    }
  }

  private static boolean isLogin(byte[] b, int from, int to) {
    int sasl = find(b, from, to, SASL);
    return sasl > 0 && find(b, sasl, to, AUTH_FAILED) > 0;
  }

  private static void mail(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int reject = find(b, from, to, REJECT);
    (reject >= 0 ? REFUSED : MAIL).addTo(draft);
    int client = reject >= 0 ? find(b, reject, to, SPACE_FROM) : find(b, from, to, CLIENT);
    if (client >= 0) {
      peer(draft, client + (reject >= 0 ? SPACE_FROM.length : CLIENT.length), to);
      Text.value(draft, Fields.USER_NAME, USERNAME, ',', client, to);
    }
    Text.value(draft, FROM_FIELD, FROM, '>', from, to);
    Text.value(draft, TO_FIELD, TO, '>', from, to);
    Text.value(draft, STATUS_FIELD, STATUS, ' ', from, to);
  }

  /** {@code mx16.provider.example[203.0.113.154]}. */
  private static void peer(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int open = Ascii.find(b, from, to, '[');
    int close = open < 0 ? -1 : Ascii.find(b, open, to, ']');
    if (close > 0) {
      draft.add(Names.SOURCE_DOMAIN, from, open);
      draft.add(Fields.SOURCE_IP, open + 1, close);
    }
  }
}
