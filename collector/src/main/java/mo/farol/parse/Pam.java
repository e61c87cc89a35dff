package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;

import mo.farol.event.Fields;

/** PAM modules, from whichever program: {@code pam_unix(sshd:session): session opened for …}. */
final class Pam implements Refiner {
  private static final Kind OPENED = Kind.of("pam", "session", "session-opened").succeeded();
  private static final Kind CLOSED = Kind.of("pam", "session", "session-closed").succeeded();
  private static final Kind FAILED =
      Kind.of("pam", "authentication", "pam-authentication").failed();
  private static final Kind CHANGED = Kind.of("pam", "iam", "password-changed").succeeded();
  private static final Kind OTHER = Kind.of("pam", "authentication", "");

  private static final int SERVICE = Fields.id("pam.service");
  private static final byte[] MODULE = bytes("pam_");
  private static final byte[] OPENED_ = bytes("session opened for user ");
  private static final byte[] CLOSED_ = bytes("session closed for user ");
  private static final byte[] FAILED_ = bytes("authentication failure;");
  private static final byte[] CHANGED_ = bytes("password changed for ");
  private static final byte[] END = bytes("): ");
  private static final byte[] UID = bytes("(uid=");
  private static final byte[] RHOST = bytes(" rhost=");
  private static final byte[] USER = bytes(" user=");
  private static final byte[] TTY = bytes(" tty=");

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (!Ascii.startsWith(b, from, to, MODULE)) {
      byTag(draft);
      sentence(draft, from, to);
      return;
    }
    int open = Ascii.until(b, from, to, '(');
    int colon = Ascii.find(b, open, to, ':');
    int text = find(b, open, to, END);
    if (open >= to || text < 0) {
      OTHER.addTo(draft);
      return;
    }
    draft.add(Names.EVENT_PROVIDER, from, open);
    if (colon > 0 && colon < text) {
      draft.add(SERVICE, open + 1, colon);
    }
    sentence(draft, text + 3, to);
  }

  /** {@code sshd(pam_unix)}, as Linux-PAM before version 1 names itself. */
  private static void byTag(EventDraft draft) {
    byte[] b = draft.bytes();
    int open = Ascii.until(b, draft.appFrom(), draft.appTo(), '(');
    draft.add(SERVICE, draft.appFrom(), open);
    draft.add(Names.EVENT_PROVIDER, open + 1, Ascii.until(b, open, draft.appTo(), ')'));
  }

  private static void sentence(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = Text.after(b, from, to, OPENED_);
    if (p > 0) {
      OPENED.addTo(draft);
      user(draft, Fields.USER_NAME, p, to);
      return;
    }
    p = Text.after(b, from, to, CLOSED_);
    if (p > 0) {
      CLOSED.addTo(draft);
      user(draft, Fields.USER_NAME, p, to);
      return;
    }
    p = Text.after(b, from, to, CHANGED_);
    if (p > 0) {
      CHANGED.addTo(draft);
      user(draft, Names.USER_TARGET, p, to);
      return;
    }
    failure(draft, from, to);
  }

  private static void failure(EventDraft draft, int from, int to) {
    if (!Ascii.startsWith(draft.bytes(), from, to, FAILED_)) {
      OTHER.addTo(draft);
      return;
    }
    FAILED.addTo(draft);
    Text.value(draft, Names.TTY_NAME, TTY, ' ', from, to);
    int p = find(draft.bytes(), from, to, RHOST);
    if (p > 0) {
      int start = p + RHOST.length;
      int end = Ascii.until(draft.bytes(), start, to, ' ');
      boolean isAddress = Text.isAddress(draft.bytes(), start, end);
      draft.add(isAddress ? Fields.SOURCE_IP : Names.SOURCE_DOMAIN, start, end);
      Text.value(draft, Fields.USER_NAME, USER, ' ', end, to);
    }
  }

  /** {@code kaio(uid=1010) by (uid=0)}. */
  private static void user(EventDraft draft, int field, int from, int to) {
    byte[] b = draft.bytes();
    int end = Ascii.until(b, from, to, ' ');
    int uid = find(b, from, end, UID);
    draft.add(field, from, uid > 0 ? uid : end);
    if (uid > 0) {
      int start = uid + UID.length;
      draft.add(Names.USER_ID, start, Ascii.skipDigits(b, start, end));
    }
  }
}
