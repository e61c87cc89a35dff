package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.startsWith;

import mo.farol.event.Fields;

/** {@code ana : TTY=pts/0 ; PWD=/home/ana ; USER=root ; COMMAND=/bin/cat /etc/shadow}. */
final class Sudo implements Refiner {
  private static final Kind RAN = Kind.of("sudo", "process", "sudo-command").succeeded();
  private static final Kind REFUSED = Kind.of("sudo", "authentication", "sudo-refused").failed();
  private static final Kind OTHER = Kind.of("sudo", "", "");

  private static final byte[] COLON = bytes(" : ");
  private static final byte[] NEXT = bytes(" ; ");
  private static final byte[] TTY = bytes("TTY=");
  private static final byte[] PWD = bytes("PWD=");
  private static final byte[] USER = bytes("USER=");
  private static final byte[] GROUP = bytes("GROUP=");
  private static final byte[] COMMAND = bytes("COMMAND=");

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int start = Ascii.skipSpaces(b, from, to);
    int colon = Ascii.find(b, start, to, COLON);
    int first = colon + COLON.length;
    if (colon < 0 || Ascii.find(b, first, to, COMMAND) < 0) {
      OTHER.addTo(draft);
      return;
    }
    boolean allowed = startsWith(b, first, to, TTY) || startsWith(b, first, to, PWD);
    (allowed ? RAN : REFUSED).addTo(draft);
    draft.add(Fields.USER_NAME, start, colon);
    for (int p = first; p < to; ) {
      p = part(draft, p, to);
    }
  }

  /** Adds one part and gives the index of the next; the command is the rest of the line. */
  private static int part(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (startsWith(b, from, to, COMMAND)) {
      draft.add(Names.COMMAND_LINE, from + COMMAND.length, to);
      return to;
    }
    int found = Ascii.find(b, from, to, NEXT);
    int end = found < 0 ? to : found;
    if (startsWith(b, from, end, TTY)) {
      draft.add(Names.TTY_NAME, from + TTY.length, end);
    } else if (startsWith(b, from, end, PWD)) {
      draft.add(Names.DIRECTORY, from + PWD.length, end);
    } else if (startsWith(b, from, end, USER)) {
      draft.add(Names.USER_EFFECTIVE, from + USER.length, end);
      draft.add(Names.SUDO_RUNAS, from + USER.length, end);
    } else if (startsWith(b, from, end, GROUP)) {
      draft.add(Names.GROUP_NAME, from + GROUP.length, end);
    } else if (Ascii.find(b, from, end, '=') < 0) {
      draft.add(Names.REASON, from, end);
    }
    return found < 0 ? to : found + NEXT.length;
  }
}
