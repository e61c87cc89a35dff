package mo.farol.parse;

import mo.farol.event.Fields;

/** Postfix: who connected, and what became of a message ({@code to=<…>, relay=…, status=…}). */
final class Postfix implements Dialect {
  private static final byte[] DATASET = Cursor.ascii("postfix");
  private static final byte[] CONNECT = Cursor.ascii("connect from ");
  private static final byte[] DISCONNECT = Cursor.ascii("disconnect from ");
  private static final byte[] CONNECTED = Cursor.ascii("smtp-connect");
  private static final byte[] DISCONNECTED = Cursor.ascii("smtp-disconnect");
  private static final byte[] TO = Cursor.ascii("to=<");
  private static final byte[] FROM = Cursor.ascii("from=<");
  private static final byte[] STATUS = Cursor.ascii("status=");
  private static final int RECIPIENT = Fields.id("email.to.address");
  private static final int SENDER = Fields.id("email.from.address");

  @Override
  public void read(Line line) {
    line.put(Fields.EVENT_DATASET, DATASET);
    var c = line.cursor;
    if (c.eat(CONNECT)) {
      peer(line, CONNECTED);
    } else if (c.eat(DISCONNECT)) {
      peer(line, DISCONNECTED);
    } else {
      between(line, TO, '>', RECIPIENT);
      between(line, FROM, '>', SENDER);
      between(line, STATUS, ' ', Fields.EVENT_OUTCOME);
    }
  }

  // host[address]
  private static void peer(Line line, byte[] action) {
    var c = line.cursor;
    line.put(Fields.EVENT_ACTION, action);
    int open = c.find('[');
    line.put(Name.SOURCE_DOMAIN, c.at, open);
    c.at = Math.min(open + 1, c.end);
    line.put(Fields.SOURCE_IP, c.at, c.find(']'));
  }

  private static void between(Line line, byte[] word, int close, int field) {
    var c = line.cursor;
    int start = c.at;
    int found = c.find(word);
    if (found >= 0) {
      c.at = found + word.length;
      line.put(field, c.at, c.find(close));
    }
    c.at = start;
  }
}
