package mo.farol.window;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mo.farol.event.EventId;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * One group of one correlation: its hits, and what was last reported of it.
 *
 * <p>It is reported when its count reaches the bounds, then when the count doubled or the pace of
 * event time went by; what lies between is owed and comes out later.
 */
final class Group {
  private static final int EVENTS = 1_000;

  private final Table table;
  private final List<String> key;
  private final Ring ring;
  private final Tally tally;
  private long touched; // the lane's watermark when a hit last came
  private boolean reached;
  private boolean fresh; // reached its bounds and not yet reported
  private long reportedAt;
  private long reportedValue;
  private @Nullable Entry owed; // in the window to report
  private long owedValue;

  Group(Table table, List<String> key, int limit) {
    this.table = table;
    this.key = key;
    ring = new Ring(limit);
    tally = Tally.of(table.correlation());
  }

  /** Takes a hit; says whether a report is due now, which {@link #report} makes. */
  boolean take(Entry entry, long watermark) {
    touched = watermark;
    ring.forgetBefore(newest(entry.at) - 2 * table.span());
    int place = ring.insert(entry, table.span());
    long value = tally.best(ring, place, table.span()).value();
    if (!table.correlation().reached(value)) {
      reached = reached && place < ring.size() - 1; // a late hit says nothing about now
      return false;
    }
    fresh |= !reached;
    boolean due = !reached || value >= 2 * reportedValue || paceWentBy(entry.at);
    reached = true;
    if (owed == null || value >= owedValue || due) {
      owed = entry;
      owedValue = value;
    }
    return due;
  }

  private long newest(long at) {
    return ring.size() == 0 ? at : Math.max(at, ring.newest().at);
  }

  /** Whether a hit is so late that no window of this group can hold it and the newest. */
  boolean isTooLate(long at) {
    return ring.size() > 0 && at < ring.newest().at - table.span();
  }

  /** Whether something is owed and its time has come. */
  boolean isDue(long time) {
    return owed != null && paceWentBy(time);
  }

  private boolean paceWentBy(long time) {
    return Math.abs(time - reportedAt) >= table.pace();
  }

  /** Hands out what is owed; then it is owed no more. */
  void report(Report out) {
    var entry = owed;
    if (entry == null) {
      throw new IllegalStateException("nothing is owed");
    }
    owed = null;
    reportedAt = entry.at;
    reportedValue = owedValue;
    boolean first = fresh;
    fresh = false;
    out.crossed(crossing(tally.best(ring, ring.placeOf(entry), table.span())), first);
  }

  boolean owes() {
    return owed != null;
  }

  List<String> key() {
    return key;
  }

  long touched() {
    return touched;
  }

  private Crossing crossing(Tally.Window window) {
    var first = ring.get(window.from());
    var last = ring.get(window.to());
    var rule = table.correlation();
    return new Crossing(
        rule.ref(),
        rule.level(),
        rule.techniques(),
        table.lane().key().agency(),
        table.lane().key().lane(),
        table.lane().key().exercise(),
        named(rule.groupBy()),
        shared(window),
        ring.weight(window.from(), window.to()),
        window.value(),
        Micros.toInstant(first.firstAt),
        Micros.toInstant(last.at),
        Micros.toInstant(receivedAt(window)),
        events(window));
  }

  private Map<String, String> named(List<String> names) {
    var group = new LinkedHashMap<String, String>();
    for (int i = 0; i < names.size(); i++) {
      group.put(names.get(i), key.get(i));
    }
    return group;
  }

  private long receivedAt(Tally.Window window) {
    long latest = Long.MIN_VALUE;
    for (int i = window.from(); i <= window.to(); i++) {
      latest = Math.max(latest, ring.get(i).receivedAt);
    }
    return latest;
  }

  private Map<String, String> shared(Tally.Window window) {
    var shared = new LinkedHashMap<String, String>();
    for (int f = 0; f < Entry.SHOWN.size(); f++) {
      String value = ring.get(window.from()).shown[f];
      for (int i = window.from() + 1; value != null && i <= window.to(); i++) {
        value = Objects.equals(value, ring.get(i).shown[f]) ? value : null;
      }
      if (value != null) {
        shared.put(Entry.SHOWN.get(f), value);
      }
    }
    return shared;
  }

  private List<EventId> events(Tally.Window window) {
    var ids = new ArrayList<EventId>();
    for (int i = window.to(); i >= window.from() && ids.size() < EVENTS; i--) {
      ids.addAll(ring.get(i).events);
    }
    return ids.stream()
        .distinct()
        .sorted(java.util.Comparator.reverseOrder())
        .limit(EVENTS)
        .sorted()
        .toList();
  }
}
