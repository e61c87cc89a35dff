package mo.farol.parse;

import mo.farol.event.Fields;
import org.jspecify.annotations.Nullable;

/**
 * An item of Elasticsearch's bulk API: the action's line, then the document's. The action's {@code
 * _id} is the event's id, its {@code _index} is kept as {@code bulk.index}.
 */
final class BulkItem implements Format {
  private static final int INDEX = Fields.id("bulk.index");
  private static final int EVENT_ID = Fields.id("event.id");
  private static final byte[] INDEX_KEY = Ascii.bytes("_index");
  private static final byte[] ID_KEY = Ascii.bytes("_id");

  private final Format document;
  private final JsonWalk action = new JsonWalk();
  private final JsonWalk inner = new JsonWalk();
  private final JsonText text = new JsonText();

  BulkItem(Format document) {
    this.document = document;
  }

  @Override
  public String name() {
    return "bulk";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return false;
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int end = Ascii.until(b, from, to, '\n');
    if (!action.enter(b, from, end) || !action.next() || action.kind() != '{') {
      return "a line that is no bulk action";
    }
    if (end == to) {
      return "a bulk action without a document";
    }
    var why = document.read(draft, end + 1, to);
    inner.enter(b, action.from(), action.to());
    while (inner.next()) {
      if (inner.isKey(INDEX_KEY)) {
        add(draft, INDEX);
      } else if (inner.isKey(ID_KEY) && draft.into().findOpen(EVENT_ID) < 0) {
        add(draft, EVENT_ID);
      }
    }
    return why;
  }

  private void add(EventDraft draft, int field) {
    byte[] b = draft.bytes();
    if (inner.kind() == '"' && text.scan(b, inner.from() + 1, inner.to()) >= 0) {
      draft.into().addCopy(field, text.bytes(b), text.from(), text.to());
    }
  }
}
