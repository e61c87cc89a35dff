package mo.farol.parse;

import org.jspecify.annotations.Nullable;

/** A format that is tried only where an origin asks for it by name. */
record OnRequest(Format format) implements Format {
  @Override
  public String name() {
    return format.name();
  }

  @Override
  public boolean isText() {
    return format.isText();
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return false;
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    return format.read(draft, from, to);
  }
}
