package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

import mo.farol.event.Fields;

/**
 * The second and later parts of a FireEye alert that did not fit one frame, {@code
 * fenotify-793972.2.alert: …::~~::~~ dmac=… cs1Label=sname cs1=…}: CEF without its header.
 */
final class FireEye implements Refiner {
  static final byte[] TAG = bytes("fenotify-");
  private static final byte[] DATASET = bytes("fireeye.part");
  private static final byte[] LINE_END = bytes("::~~");
  private static final int EVENT_ID = Fields.id("event.id");

  private final Cef cef;

  FireEye(Cef cef) {
    this.cef = cef;
  }

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    draft.word(Fields.EVENT_DATASET, DATASET);
    int id = draft.appFrom() + TAG.length;
    draft.add(EVENT_ID, id, Ascii.skipDigits(b, id, draft.appTo()));
    int request = Text.findLast(b, from, to, LINE_END);
    cef.pairs(draft, request < 0 ? from : request + LINE_END.length, to);
  }
}
