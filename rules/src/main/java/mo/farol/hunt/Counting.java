package mo.farol.hunt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import mo.farol.event.EventBatch;
import mo.farol.flow.Rereading;
import mo.farol.journal.EventLog;
import mo.farol.match.Detection;
import mo.farol.store.Deadline;

/**
 * Counts over time what rules found, in the order of the events' times. Few hits are held; of many
 * it is kept which events they were, and those are read once more, a part of the time after the
 * other. For one thread.
 */
final class Counting {
  private static final Comparator<Held> IN_TIME =
      Comparator.comparingLong(Held::at).thenComparingLong(Held::sequence);
  private static final long PASS = 1_000_000; // of event time
  private static final int LOOK = 1_000; // hits between two looks at the clock
  private static final int IMPORTS = 9_000; // windows have room for as many and the agencies

  /** One hit of one pack. */
  private record Held(long at, long sequence, HuntRules pack, Detection detection) {}

  private final List<HuntRules> packs;
  private final HuntOrder order;
  private final Bounds bounds;
  private final Moments moments;
  private final List<Held> held = new ArrayList<>();
  private final Set<Import> imports = new LinkedHashSet<>();
  private boolean isSpilled;
  private boolean isFull;
  private boolean isCrowded;
  private long passedAt = Long.MIN_VALUE;
  private long missing;

  /**
   * How much is held.
   *
   * @param hits events of which is kept that they are to be counted; beyond, they are not
   * @param part hits that are held whole
   */
  record Bounds(int hits, int part) {
    /** Four million events in 32 MiB, and 20,000 hits. */
    static Bounds defaults() {
      return new Bounds(4_000_000, 20_000);
    }
  }

  Counting(List<HuntRules> packs, HuntOrder order, Bounds bounds) {
    this.packs = List.copyOf(packs);
    this.order = order;
    this.bounds = bounds;
    moments = new Moments(bounds.hits());
  }

  /** Takes an event that each pack has just looked at. */
  void take(EventBatch events, int i) {
    if (!isCounted()) {
      return;
    }
    isFull |= !moments.add(at(events, i), events.sequence(i));
    if (!events.origin().isLive()) {
      know(Import.of(events.origin()));
    }
    if (!isSpilled) {
      hold(events, i);
      isSpilled = held.size() > bounds.part();
    }
    if (isSpilled || isFull) {
      isSpilled = true;
      held.clear();
    }
  }

  private void know(Import of) {
    if (imports.size() < IMPORTS) {
      imports.add(of);
    } else {
      isCrowded |= !imports.contains(of);
    }
  }

  private boolean isCounted() {
    for (HuntRules pack : packs) {
      if (pack.isCounted()) {
        return true;
      }
    }
    return false;
  }

  private void hold(EventBatch events, int i) {
    for (HuntRules pack : packs) {
      for (Detection each : pack.counted()) {
        held.add(new Held(at(events, i), events.sequence(i), pack, each));
      }
    }
  }

  // A stamp past the receipt is a wrong clock's: the event stands where it came. An import goes by
  // its own times.
  private static long at(EventBatch events, int i) {
    long stamp = events.occurredAtMicros(i);
    return events.origin().isLive() ? Math.min(stamp, events.frames().receivedAtMicros()) : stamp;
  }

  /**
   * Counts all that was taken.
   *
   * @param end time up to which nothing more comes, in microseconds
   * @param latest time of the newest event of an import
   */
  void run(
      EventLog journal,
      long end,
      ToLongFunction<Import> latest,
      Deadline deadline,
      HuntProgress progress) {
    progress.counts(moments.size());
    if (isSpilled) {
      parts(journal, deadline, progress);
    } else {
      feed(deadline);
    }
    if (deadline.isOver()) {
      packs.forEach(HuntRules::stop);
      return;
    }
    packs.forEach(pack -> pack.pass(end));
    if (packs.stream().anyMatch(HuntRules::waits)) {
      imports.forEach(each -> reached(each, latest.applyAsLong(each)));
    }
    packs.forEach(HuntRules::end);
  }

  private void reached(Import of, long latest) {
    packs.forEach(pack -> pack.reached(of, latest));
  }

  private void parts(EventLog journal, Deadline deadline, HuntProgress progress) {
    moments.sort();
    for (int from = 0; from < moments.size() && !deadline.isOver(); ) {
      int end = moments.partEnd(from, bounds.part());
      part(from, end, journal, deadline);
      feed(deadline);
      progress.counted(end);
      from = end;
    }
  }

  private void part(int from, int end, EventLog journal, Deadline deadline) {
    var wanted = new SequenceSet();
    for (int k = from; k < end; k++) {
      wanted.add(moments.sequence(k));
    }
    try (var rereading = new Rereading(journal, wanted::next, this::look)) {
      for (long at = 0; at >= 0 && !deadline.isOver(); ) {
        at = rereading.read(at);
      }
      missing += rereading.missing();
    }
  }

  private void look(EventBatch events) {
    if (order.scope().sees(events.origin().agency())) {
      for (int i = events.first(); i < events.count(); i++) {
        for (HuntRules pack : packs) {
          pack.look(events, i);
        }
        hold(events, i);
      }
    }
  }

  private void feed(Deadline deadline) {
    held.sort(IN_TIME);
    int fed = 0;
    for (var each : held) {
      if (++fed % LOOK == 0 && deadline.isOver()) {
        break;
      }
      pass(each.at());
      each.pack().count(each.detection());
    }
    held.clear();
  }

  private void pass(long at) {
    if (passedAt == Long.MIN_VALUE || at - passedAt >= PASS) {
      packs.forEach(pack -> pack.pass(at));
      passedAt = at;
    }
  }

  /** Whether there were more hits than can be counted. */
  boolean isFull() {
    return isFull;
  }

  /** Whether there were more imports than can be kept apart. */
  boolean isCrowded() {
    return isCrowded;
  }

  /** Events that could not be read once more. */
  long missing() {
    return missing;
  }
}
