package mo.farol.parse;

import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * An event object of Splunk's HEC: {@code event} is an object or a text, {@code fields} holds more,
 * the rest is {@link HecAbout}. What the object says of time and host goes before what the event
 * itself says.
 */
final class HecEvent implements Format {
  private static final byte[] EVENT = Ascii.bytes("event");
  private static final byte[] FIELDS = Ascii.bytes("fields");
  private static final byte[] NOT_TAKEN = Ascii.bytes("HEC fields that are no object");

  private final Format json;
  private final Message message;
  private final JsonWalk walk = new JsonWalk();
  private final JsonText text = new JsonText();
  private final HecAbout about = new HecAbout();

  HecEvent(Format json, Message message) {
    this.json = json;
    this.message = message;
  }

  @Override
  public String name() {
    return "hec";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return false;
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    int event = -1;
    int eventTo = -1;
    int fields = -1;
    int fieldsTo = -1;
    walk.enter(draft.bytes(), from, to);
    while (walk.next()) {
      if (walk.isKey(EVENT)) {
        event = walk.from();
        eventTo = walk.to();
      } else if (walk.isKey(FIELDS)) {
        fields = walk.from();
        fieldsTo = walk.to();
      } else {
        about.add(draft, walk);
      }
    }
    if (!walk.isWhole()) {
      return "not a JSON object as HEC wants it";
    }
    if (event < 0) {
      return "a HEC object without an event";
    }
    long at = draft.occurredAt();
    var why = event(draft, event, eventTo);
    if (fields >= 0) {
      fields(draft, fields, fieldsTo);
    }
    if (at != Micros.NONE) {
      draft.occurredAt(at);
    }
    return why;
  }

  private @Nullable String event(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (b[from] == '{') {
      return json.read(draft, from, to);
    }
    if (b[from] != '"') {
      draft.add(Fields.MESSAGE, from, to);
    } else if (text.scan(b, from + 1, to) >= 0 && text.isPlain()) {
      message.read(draft, text.from(), text.to());
    } else {
      draft.into().addCopy(Fields.MESSAGE, text.bytes(b), text.from(), text.to());
    }
    return null;
  }

  private void fields(EventDraft draft, int from, int to) {
    int before = draft.into().filled();
    if (json.read(draft, from, to) != null) {
      draft.into().undoTo(before);
      draft.word(Names.NOTE, NOT_TAKEN);
    }
  }
}
