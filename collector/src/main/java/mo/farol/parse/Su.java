package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;

import mo.farol.event.Fields;

/** The three ways in which {@code su} has told who became whom. */
final class Su implements Refiner {
  private static final Kind DONE = Kind.of("su", "authentication", "su").succeeded();
  private static final Kind FAILED = Kind.of("su", "authentication", "su").failed();
  private static final Kind OTHER = Kind.of("su", "", "");

  private static final byte[] TO = bytes("(to ");
  private static final byte[] ON = bytes(" on ");
  private static final byte[] BY = bytes(" by ");
  private static final byte[] FAILED_WORD = bytes("FAILED");
  private static final byte[] SU_FOR = bytes(" su for ");
  private static final byte[] QUOTED = bytes("'su ");
  private static final byte[] FAILED_FOR = bytes("' failed for ");

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int towards = find(b, from, to, TO);
    int word = find(b, from, to, SU_FOR);
    int quoted = find(b, from, to, QUOTED);
    boolean failed = Ascii.startsWith(b, from, to, FAILED_WORD);
    if (towards >= 0) {
      int close = Ascii.until(b, towards, to, ')');
      int on = find(b, close, to, ON);
      who(draft, failed, towards + TO.length, close, Math.min(close + 2, to), on < 0 ? to : on);
    } else if (word >= 0) {
      int by = find(b, word, to, BY);
      int end = by < 0 ? to : by;
      who(draft, failed, word + SU_FOR.length, end, Math.min(end + BY.length, to), to);
    } else if (quoted >= 0) {
      int mark = find(b, quoted, to, FAILED_FOR);
      int end = mark < 0 ? to : mark;
      int user = Math.min(end + FAILED_FOR.length, to);
      who(draft, true, quoted + QUOTED.length, end, user, Ascii.until(b, user, to, ' '));
    } else {
      OTHER.addTo(draft);
    }
  }

  private static void who(
      EventDraft draft, boolean failed, int target, int end, int user, int userEnd) {
    (failed ? FAILED : DONE).addTo(draft);
    draft.add(Names.USER_EFFECTIVE, target, end);
    draft.add(Fields.USER_NAME, user, userEnd);
  }
}
