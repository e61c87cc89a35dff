package mo.farol.window;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import mo.farol.event.EventId;
import mo.farol.event.Micros;

/** Makes the crossing of a group. */
final class Crossings {
  private static final int EVENTS = 1_000;

  private final Table table;
  private final ShownTexts shown;
  private Map<String, String> key;

  /**
   * @param shown texts of one of the hits that are told
   */
  Crossings(Group group, ShownTexts shown) {
    this.table = group.table;
    this.shown = shown;
    key = Keys.named(table.correlation().groupBy(), group.key);
  }

  /** The values of the counted fields are part of what is told apart. */
  Crossings with(Map<String, String> values) {
    key = new LinkedHashMap<>(key);
    key.putAll(values);
    return this;
  }

  /**
   * What a window holds.
   *
   * @param timed whether the hit that made it due was told by time alone
   * @param overdue whether it comes behind its events
   */
  Crossing window(Ring ring, Tally.Window window, long receivedAt, boolean timed, boolean overdue) {
    return of(ring, window, -1, ring.at(window.to()), receivedAt, timed, overdue);
  }

  /** Those hits of a window that have the value of the hit at a place. */
  Crossing like(Ring ring, Tally.Window window, int place, Hit hit) {
    return of(ring, window, place, ring.at(place), hit.receivedAt(), hit.timed(), hit.overdue());
  }

  /** A window that was over at a time, and is told of since it was. */
  Crossing over(Ring ring, Tally.Window window, long end) {
    return of(ring, window, -1, end, end, true, true);
  }

  private Crossing of(
      Ring ring,
      Tally.Window window,
      int like,
      long lastAt,
      long receivedAt,
      boolean timed,
      boolean overdue) {
    var ids = new TreeSet<EventId>();
    var common = new long[Shown.LONGS];
    var events = new Events();
    long count = 0;
    long merged = 0; // hits that are in the rows of others
    long firstAt = Long.MAX_VALUE;
    for (int i = window.to(); i >= window.from(); i--) {
      if (like < 0 || ring.hasSameValue(i, like)) {
        ring.common(i, count == 0, common);
        count += ring.weight(i);
        merged += ring.weight(i) - 1;
        firstAt = like < 0 ? ring.firstAt(window.from()) : ring.firstAt(i);
        events.add(ring.ids(i));
        add(ring.ids(i), ids);
      }
    }
    return crossing(
        events.isChained() ? events.different() + merged : count,
        window.value(),
        firstAt,
        lastAt,
        receivedAt,
        common,
        ids,
        timed,
        overdue,
        ring.isCut(ring.at(window.to()) - table.span()));
  }

  /**
   * The events of hits that are crossings themselves: two of them may rest on the same event, and
   * it counts once, however often a count was reported.
   */
  private static final class Events {
    private long[] ids = new long[64];
    private int size;
    private boolean chained;

    void add(long[] events) {
      chained |= events.length > 1;
      if (size + events.length > ids.length) {
        ids = Arrays.copyOf(ids, Math.max(size + events.length, ids.length * 2));
      }
      System.arraycopy(events, 0, ids, size, events.length);
      size += events.length;
    }

    boolean isChained() {
      return chained;
    }

    long different() {
      return Arrays.stream(ids, 0, size).distinct().count();
    }
  }

  /** One hit alone. */
  Crossing alone(Hit hit, long[] common) {
    var ids = new TreeSet<EventId>();
    ids.addAll(hit.events());
    return crossing(
        1, 1, hit.at(), hit.at(), hit.receivedAt(), common, ids, hit.timed(), hit.overdue(), false);
  }

  private static void add(long[] events, NavigableSet<EventId> ids) {
    for (int k = events.length - 1; k >= 0; k--) {
      ids.add(new EventId(events[k]));
    }
    while (ids.size() > EVENTS) {
      ids.pollFirst();
    }
  }

  private Crossing crossing(
      long count,
      double value,
      long firstAt,
      long lastAt,
      long receivedAt,
      long[] common,
      Set<EventId> ids,
      boolean timed,
      boolean overdue,
      boolean partial) {
    var rule = table.correlation();
    var lane = table.lane().key();
    return new Crossing(
        rule.ref(),
        rule.level(),
        rule.techniques(),
        lane.agency(),
        lane.lane(),
        lane.exercise(),
        key,
        shown.named(common),
        count,
        value,
        Micros.toInstant(firstAt),
        Micros.toInstant(lastAt),
        Micros.toInstant(receivedAt),
        List.copyOf(ids),
        timed,
        overdue,
        partial);
  }
}
