package mo.farol.silence;

import java.util.ArrayList;
import java.util.List;

/**
 * When the centre itself could not hear, in the last weeks: what did not come meanwhile is nobody's
 * silence. Times in microseconds. Guarded by its owner's lock.
 */
final class Outages {
  private static final int MOST = 500;
  private static final long DAY = 24 * 3600_000_000L;
  private static final long KEPT = 100 * DAY;

  /** From when to when. */
  record Span(long from, long to) {}

  private final List<Span> spans = new ArrayList<>();
  private long since;

  /**
   * @param since everything was heard from here on
   */
  Outages(long since) {
    this.since = since;
  }

  /** Was away, and hears again from the end on. */
  void add(long from, long to) {
    if (to > from) {
      spans.add(new Span(from, to));
      spans.removeIf(each -> each.to() < to - KEPT);
      if (spans.size() > MOST) {
        spans.removeFirst();
      }
    }
    since = to;
  }

  /** From here on everything was heard. */
  long since() {
    return since;
  }

  /** How long it was away within a time. */
  long within(long from, long to) {
    long away = 0;
    for (int i = spans.size() - 1; i >= 0 && spans.get(i).to() > from; i--) {
      var each = spans.get(i);
      away += Math.max(0, Math.min(each.to(), to) - Math.max(each.from(), from));
    }
    return away;
  }

  /** Our clock was ahead and was put back: what is past now was never. */
  void back(long now) {
    spans.replaceAll(each -> new Span(Math.min(each.from(), now), Math.min(each.to(), now)));
    spans.removeIf(each -> each.to() <= each.from());
    since = now;
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }
}
