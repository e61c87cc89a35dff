package mo.farol.parse;

import mo.farol.event.Fields;
import mo.farol.event.Micros;

/** What stands beside an event of Splunk's HEC: its time, host, source, sourcetype, index. */
final class HecAbout {
  private static final int SOURCE = Fields.id("hec.source");
  private static final int SOURCETYPE = Fields.id("hec.sourcetype");
  private static final int INDEX = Fields.id("hec.index");
  private static final byte[] TIME = Ascii.bytes("time");
  private static final byte[] HOST = Ascii.bytes("host");
  private static final byte[] SOURCE_KEY = Ascii.bytes("source");
  private static final byte[] SOURCETYPE_KEY = Ascii.bytes("sourcetype");
  private static final byte[] INDEX_KEY = Ascii.bytes("index");

  private final JsonText text = new JsonText();

  /** Adds the member a walk stands on, where it is one of them. */
  void add(EventDraft draft, JsonWalk member) {
    if (member.isKey(TIME)) {
      time(draft, member);
    } else if (member.isKey(HOST) && draft.into().findOpen(Fields.HOST_NAME) < 0) {
      add(draft, member, Fields.HOST_NAME);
    } else if (member.isKey(SOURCE_KEY)) {
      add(draft, member, SOURCE);
    } else if (member.isKey(SOURCETYPE_KEY)) {
      add(draft, member, SOURCETYPE);
    } else if (member.isKey(INDEX_KEY)) {
      add(draft, member, INDEX);
    }
  }

  // A number or a text of seconds, with a fraction where the sender has one.
  private void time(EventDraft draft, JsonWalk member) {
    byte[] b = draft.bytes();
    boolean quoted = member.kind() == '"';
    long at =
        draft.dates().any(b, member.from() + (quoted ? 1 : 0), member.to() - (quoted ? 1 : 0));
    if (at != Micros.NONE) {
      draft.occurredAt(at);
    }
  }

  private void add(EventDraft draft, JsonWalk member, int field) {
    byte[] b = draft.bytes();
    if (member.kind() != '"' || text.scan(b, member.from() + 1, member.to()) < 0) {
      return;
    }
    if (text.to() > text.from()) {
      draft.into().addCopy(field, text.bytes(b), text.from(), text.to());
    }
  }
}
