package mo.farol.parse;

import org.jspecify.annotations.Nullable;

/** A line of Splunk's raw endpoint behind what its query said: {@link HecAbout} as JSON. */
final class HecLine implements Format {
  private final Format syslog;
  private final Message message;
  private final JsonWalk walk = new JsonWalk();
  private final HecAbout about = new HecAbout();

  HecLine(Format syslog, Message message) {
    this.syslog = syslog;
    this.message = message;
  }

  @Override
  public String name() {
    return "hec.raw";
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return false;
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int end = Ascii.until(b, from, to, '\n');
    var why = line(draft, Math.min(end + 1, to), to);
    walk.enter(b, from, end);
    while (walk.next()) {
      about.add(draft, walk);
    }
    return why;
  }

  private @Nullable String line(EventDraft draft, int from, int to) {
    if (from < to && syslog.claims(draft, from, to)) {
      return syslog.read(draft, from, to);
    }
    message.read(draft, from, to);
    return null;
  }
}
