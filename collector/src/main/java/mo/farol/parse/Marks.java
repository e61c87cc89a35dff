package mo.farol.parse;

import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Original;

/**
 * What the collector noted of a frame, as fields of its event: each {@code true} or absent, and
 * what a cut frame was.
 */
final class Marks {
  private static final int TRUNCATED = Fields.id("farol.truncated");
  private static final int GUESSED = Fields.id("farol.guessed");
  private static final int PARTIAL = Fields.id("farol.partial");
  private static final int DUPLICATE = Fields.id("farol.duplicate");
  private static final int BYTES = Fields.id("farol.original.bytes");
  private static final int SHA256 = Fields.id("farol.original.sha256");
  private static final byte[] TRUE = Ascii.bytes("true");

  private Marks() {}

  static void tell(byte marks, EventDraft draft) {
    tell(marks, FrameBatch.TRUNCATED, TRUNCATED, draft);
    tell(marks, FrameBatch.GUESSED, GUESSED, draft);
    tell(marks, FrameBatch.PARTIAL, PARTIAL, draft);
    tell(marks, FrameBatch.DUPLICATE, DUPLICATE, draft);
  }

  static void tell(Original original, EventDraft draft) {
    draft.number(BYTES, original.length());
    draft.word(SHA256, Ascii.bytes(original.sha256()));
  }

  private static void tell(byte marks, byte mark, int field, EventDraft draft) {
    if ((marks & mark) != 0) {
      draft.word(field, TRUE);
    }
  }
}
