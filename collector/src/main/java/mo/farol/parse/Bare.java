package mo.farol.parse;

import mo.farol.event.Fields;
import org.jspecify.annotations.Nullable;

/** A message format that makes up a whole frame: the frame is also the message. */
record Bare(Format format) implements Format {
  @Override
  public String name() {
    return format.name();
  }

  @Override
  public String starts() {
    return format.starts();
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return format.claims(draft, from, to);
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    draft.add(Fields.MESSAGE, from, to);
    var why = format.read(draft, from, to);
    if (why != null) {
      draft.into().undo();
    }
    return why;
  }
}
