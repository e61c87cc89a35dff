package mo.farol.parse;

import mo.farol.event.Fields;

/** OpenSSH's daemon: who tried to sign in, from where, how, with what outcome. */
final class Sshd implements Dialect {
  private static final byte[] DATASET = Cursor.ascii("sshd");
  private static final byte[] ACCEPTED = Cursor.ascii("Accepted ");
  private static final byte[] FAILED = Cursor.ascii("Failed ");
  private static final byte[] FOR = Cursor.ascii("for ");
  private static final byte[] INVALID = Cursor.ascii("invalid user ");
  private static final byte[] INVALID_LINE = Cursor.ascii("Invalid user ");
  private static final byte[] FROM = Cursor.ascii(" from ");
  private static final byte[] PORT = Cursor.ascii(" port ");
  private static final byte[] CLOSED = Cursor.ascii("Connection closed by ");
  private static final byte[] DISCONNECTED = Cursor.ascii("Disconnected from ");
  private static final byte[] AUTHENTICATING = Cursor.ascii("authenticating user ");
  private static final byte[] USER = Cursor.ascii("user ");
  private static final byte[] LOGIN = Cursor.ascii("ssh-login");
  private static final byte[] CLOSE = Cursor.ascii("ssh-disconnect");
  private static final byte[] NO_SUCH_USER = Cursor.ascii("ssh-invalid-user");
  private static final int INVALID_USER = Fields.id("sshd.invalid_user");

  private final Dialect pam = new Pam();

  @Override
  public void read(Line line) {
    line.put(Fields.EVENT_DATASET, DATASET);
    var c = line.cursor;
    if (c.eat(ACCEPTED)) {
      login(line, Name.SUCCESS);
    } else if (c.eat(FAILED)) {
      login(line, Name.FAILURE);
    } else if (c.eat(INVALID_LINE)) {
      line.put(Fields.EVENT_CATEGORY, Name.AUTHENTICATION);
      line.put(Fields.EVENT_ACTION, NO_SUCH_USER);
      userFromPort(line);
    } else if (c.eat(CLOSED) || c.eat(DISCONNECTED)) {
      ended(line);
    } else {
      pam.read(line);
    }
  }

  // METHOD for [invalid user ]NAME from ADDRESS port N ssh2
  private static void login(Line line, byte[] outcome) {
    var c = line.cursor;
    int from = c.at;
    int to = c.find(' ');
    c.at = Math.min(to + 1, c.end);
    if (!c.eat(FOR)) {
      return;
    }
    line.put(Fields.EVENT_CATEGORY, Name.AUTHENTICATION);
    line.put(Fields.EVENT_ACTION, LOGIN);
    line.put(Fields.EVENT_OUTCOME, outcome);
    line.put(Name.AUTH_METHOD, from, to);
    if (c.eat(INVALID)) {
      line.put(INVALID_USER, TRUE);
    }
    userFromPort(line);
  }

  private static final byte[] TRUE = Cursor.ascii("true");

  // A name may hold blanks and even " from ": the last one before the address counts.
  private static void userFromPort(Line line) {
    var c = line.cursor;
    int split = lastFrom(c);
    if (split < 0) {
      return;
    }
    line.put(Fields.USER_NAME, c.at, split);
    c.at = split + FROM.length;
    addressPort(line);
  }

  private static int lastFrom(Cursor c) {
    int start = c.at;
    int last = -1;
    for (int found = c.find(FROM); found >= 0; found = c.find(FROM)) {
      last = found;
      c.at = found + 1;
    }
    c.at = start;
    return last;
  }

  private static void addressPort(Line line) {
    var c = line.cursor;
    int to = c.find(' ');
    line.put(Fields.SOURCE_IP, c.at, to);
    c.at = to;
    if (c.eat(PORT)) {
      line.put(Fields.SOURCE_PORT, c.at, c.find(' '));
    }
  }

  // [authenticating |invalid ]user NAME ADDRESS port N, or ADDRESS port N
  private static void ended(Line line) {
    var c = line.cursor;
    line.put(Fields.EVENT_ACTION, CLOSE);
    if (c.eat(AUTHENTICATING) || c.eat(INVALID) || c.eat(USER)) {
      int to = c.find(' ');
      line.put(Fields.USER_NAME, c.at, to);
      c.at = Math.min(to + 1, c.end);
    }
    addressPort(line);
  }
}
