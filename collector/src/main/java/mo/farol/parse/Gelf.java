package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import mo.farol.event.Fields;

/** GELF 1.1: JSON whose own names and whose {@code _additional} fields move under {@code gelf.}. */
final class Gelf {
  private static final int VERSION = Fields.id("version");
  private static final int SHORT_MESSAGE = Fields.id("short_message");
  private static final int FULL_MESSAGE = Fields.id("full_message");
  private static final int OWN_VERSION = Fields.id("gelf.version");
  private static final int OWN_FULL_MESSAGE = Fields.id("gelf.full_message");
  private static final byte[] DATASET = Ascii.bytes("gelf");

  /** Renames the pairs of the open event from {@code first} on, where they are GELF. */
  void rename(Draft draft, int first) {
    var into = draft.into();
    if (into.findOpen(SHORT_MESSAGE) < 0 || into.findOpen(VERSION) < 0) {
      return;
    }
    for (int k = first; k < into.filled(); k++) {
      int field = into.field(k);
      if (field == VERSION) {
        into.rename(k, OWN_VERSION);
      } else if (field == FULL_MESSAGE) {
        into.rename(k, OWN_FULL_MESSAGE);
      } else if (Fields.name(field).startsWith("_")) {
        into.rename(k, own(draft, "gelf." + Fields.name(field).substring(1)));
      }
    }
    if (into.findOpen(Fields.EVENT_DATASET) < 0) {
      draft.word(Fields.EVENT_DATASET, DATASET);
    }
  }

  private static int own(Draft draft, String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return draft.field(utf8, 0, utf8.length);
  }
}
