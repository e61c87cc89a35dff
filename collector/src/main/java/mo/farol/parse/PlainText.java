package mo.farol.parse;

import org.jspecify.annotations.Nullable;

/** Any text as message, when the origin asks for {@code text}. Claims nothing by itself. */
final class PlainText implements Format {
  private final Message message;

  PlainText(Message message) {
    this.message = message;
  }

  @Override
  public String name() {
    return "text";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return false;
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    message.read(draft, from, to);
    return null;
  }
}
