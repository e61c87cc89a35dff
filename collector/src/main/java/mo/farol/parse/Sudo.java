package mo.farol.parse;

import mo.farol.event.Fields;

/**
 * sudo: {@code user : TTY=pts/0 ; PWD=/home/user ; USER=root ; COMMAND=/bin/bash}, or why it was
 * refused.
 */
final class Sudo implements Dialect {
  private static final byte[] DATASET = Cursor.ascii("sudo");
  private static final byte[] AS = Cursor.ascii(" : ");
  private static final byte[] NEXT = Cursor.ascii(" ; ");
  private static final byte[] ACTION = Cursor.ascii("sudo-command");
  private static final byte[] REFUSED = Cursor.ascii("sudo-refused");
  private static final byte[] COMMAND = Cursor.ascii("COMMAND=");
  private static final byte[] NOT_ALLOWED = Cursor.ascii("NOT ");
  private static final byte[] INCORRECT = Cursor.ascii("incorrect password");
  private static final Words<Integer> PARTS =
      Words.of(
          java.util.Map.of(
              "TTY", Name.TTY, "PWD", Name.WORKING_DIRECTORY, "USER", Name.EFFECTIVE_USER));

  private final Dialect pam = new Pam();

  @Override
  public void read(Line line) {
    line.put(Fields.EVENT_DATASET, DATASET);
    var c = line.cursor;
    c.skipSpaces();
    int split = c.find(AS);
    if (split < 0 || c.find(COMMAND) < 0) {
      pam.read(line);
      return;
    }
    line.put(Fields.USER_NAME, c.at, split);
    line.put(Fields.EVENT_CATEGORY, Name.PROCESS);
    c.at = split + AS.length;
    boolean refused = c.find(NOT_ALLOWED) >= 0 || c.find(INCORRECT) >= 0;
    line.put(Fields.EVENT_ACTION, refused ? REFUSED : ACTION);
    line.put(Fields.EVENT_OUTCOME, refused ? Name.FAILURE : Name.SUCCESS);
    parts(line);
  }

  private static void parts(Line line) {
    var c = line.cursor;
    while (!c.isAtEnd()) {
      if (c.eat(COMMAND)) {
        line.put(Name.COMMAND_LINE, c.at, c.end); // the command may hold " ; ": it is the rest
        return;
      }
      int next = c.find(NEXT);
      int to = next < 0 ? c.end : next;
      int equals = c.find('=');
      if (equals < to) {
        var field = PARTS.find(c.bytes, c.at, equals);
        if (field != null) {
          line.put(field, equals + 1, to);
        }
      }
      c.at = next < 0 ? c.end : next + NEXT.length;
    }
  }
}
