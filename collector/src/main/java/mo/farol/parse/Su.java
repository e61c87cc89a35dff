package mo.farol.parse;

import mo.farol.event.Fields;

/**
 * su: {@code 'su root' failed for ana on /dev/pts/8}, {@code (to root) ana on pts/3}, and PAM's
 * lines.
 */
final class Su implements Dialect {
  private static final byte[] DATASET = Cursor.ascii("su");
  private static final byte[] TO = Cursor.ascii("(to ");
  private static final byte[] FAILED_TO = Cursor.ascii("FAILED SU (to ");
  private static final byte[] ACTION = Cursor.ascii("su");
  private final Dialect pam = new Pam();

  @Override
  public void read(Line line) {
    line.put(Fields.EVENT_DATASET, DATASET);
    var c = line.cursor;
    if (c.eat(TO)) {
      change(line, Name.SUCCESS);
    } else if (c.eat(FAILED_TO)) {
      change(line, Name.FAILURE);
    } else {
      pam.read(line);
    }
  }

  private static void change(Line line, byte[] outcome) {
    var c = line.cursor;
    int close = c.find(')');
    line.put(Fields.EVENT_CATEGORY, Name.AUTHENTICATION);
    line.put(Fields.EVENT_ACTION, ACTION);
    line.put(Fields.EVENT_OUTCOME, outcome);
    line.put(Name.EFFECTIVE_USER, c.at, close);
    c.at = Math.min(close + 2, c.end);
    line.put(Fields.USER_NAME, c.at, c.find(' '));
  }
}
