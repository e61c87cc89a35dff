package mo.farol.parse;

import mo.farol.event.Fields;

/**
 * Linux-PAM's own lines, written under the name of whatever program asked: {@code
 * pam_unix(sshd:session): …}.
 */
final class Pam implements Dialect {
  private static final byte[] START = Cursor.ascii("pam_");
  private static final byte[] OPENED = Cursor.ascii("session opened for user ");
  private static final byte[] CLOSED = Cursor.ascii("session closed for user ");
  private static final byte[] FAILED = Cursor.ascii("authentication failure");
  private static final byte[] HOST = Cursor.ascii("rhost=");
  private static final byte[] USER = Cursor.ascii(" user=");
  private static final byte[] SESSION_OPENED = Cursor.ascii("session-opened");
  private static final byte[] SESSION_CLOSED = Cursor.ascii("session-closed");
  private static final byte[] PAM_FAILED = Cursor.ascii("pam-authentication");
  private static final byte[] SESSION = Cursor.ascii("session");

  @Override
  public void read(Line line) {
    var c = line.cursor;
    if (!c.startsWith(START)) {
      return;
    }
    int colon = c.find(Cursor.ascii("): "));
    if (colon < 0) {
      return;
    }
    c.at = colon + 3;
    if (c.eat(OPENED)) {
      session(line, SESSION_OPENED);
    } else if (c.eat(CLOSED)) {
      session(line, SESSION_CLOSED);
    } else if (c.eat(FAILED)) {
      failure(line);
    }
  }

  private static void session(Line line, byte[] action) {
    var c = line.cursor;
    line.put(Fields.EVENT_CATEGORY, SESSION);
    line.put(Fields.EVENT_ACTION, action);
    line.put(Fields.USER_NAME, c.at, Math.min(c.find('('), c.find(' ')));
  }

  private static void failure(Line line) {
    line.put(Fields.EVENT_CATEGORY, Name.AUTHENTICATION);
    line.put(Fields.EVENT_ACTION, PAM_FAILED);
    line.put(Fields.EVENT_OUTCOME, Name.FAILURE);
    after(line, HOST, Fields.SOURCE_IP);
    after(line, USER, Fields.USER_NAME);
  }

  private static void after(Line line, byte[] word, int field) {
    var c = line.cursor;
    int start = c.at;
    int found = c.find(word);
    if (found >= 0) {
      c.at = found + word.length;
      line.put(field, c.at, c.find(' '));
    }
    c.at = start;
  }
}
