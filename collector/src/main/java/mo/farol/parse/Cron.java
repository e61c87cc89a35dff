package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;

/** {@code (root) CMD (cd / && run-parts /etc/cron.hourly)}. */
final class Cron implements Refiner {
  private static final Kind RAN = Kind.of("cron", "process", "cron-command");
  private static final Kind CHANGED = Kind.of("cron", "configuration", "crontab-changed");
  private static final Kind OTHER = Kind.of("cron", "", "");
  private static final byte[] COMMAND = bytes(") CMD (");
  private static final byte[] REPLACE = bytes(") REPLACE (");
  private static final byte[] RELOAD = bytes(") RELOAD (");

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int close = Ascii.until(b, from, to, ')');
    boolean ran = Ascii.startsWith(b, close, to, COMMAND);
    boolean changed = Text.after(b, close, to, REPLACE, RELOAD) > 0;
    (ran ? RAN : changed ? CHANGED : OTHER).addTo(draft);
    if (b[from] == '(' && close < to) {
      draft.add(Fields.USER_NAME, from + 1, close);
    }
    if (ran) {
      int end = b[to - 1] == ')' ? to - 1 : to;
      int start = Ascii.skipSpaces(b, close + COMMAND.length, to);
      draft.add(Names.COMMAND_LINE, start, Math.max(start, end));
    }
  }
}
