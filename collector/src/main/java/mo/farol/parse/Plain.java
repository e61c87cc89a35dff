package mo.farol.parse;

import mo.farol.event.Fields;

/** A daemon whose text needs no reading beyond its name: cron's commands, systemd's units. */
final class Plain implements Dialect {
  private static final byte[] COMMAND = Cursor.ascii(") CMD (");

  private final byte[] dataset;
  private final Dialect pam = new Pam();

  private Plain(byte[] dataset) {
    this.dataset = dataset;
  }

  static Plain of(String dataset) {
    return new Plain(Cursor.ascii(dataset));
  }

  @Override
  public void read(Line line) {
    line.put(Fields.EVENT_DATASET, dataset);
    var c = line.cursor;
    int command = c.peek() == '(' ? c.find(COMMAND) : -1;
    if (command > 0) {
      line.put(Fields.USER_NAME, c.at + 1, command);
      line.put(Name.COMMAND_LINE, command + COMMAND.length, c.end - 1);
    } else if (c.peek() == 'p') {
      pam.read(line);
    }
  }
}
