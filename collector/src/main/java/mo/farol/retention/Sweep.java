package mo.farol.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.Micros;
import mo.farol.journal.EventLog;
import mo.farol.seal.Removal;
import mo.farol.seal.Removals;

/** What of one segment is over: its runs, by whose they are and which rule says so. */
final class Sweep {
  private record Kind(String agency, String input, String rule) {}

  private final RetentionPolicy policy;
  private final Removals removals;
  private final Instant now;
  private final Map<Kind, List<List<Long>>> fresh = new LinkedHashMap<>();
  private final List<List<Long>> all = new ArrayList<>();
  private Instant nextAt = Instant.MAX;

  Sweep(RetentionPolicy policy, Removals removals, Instant now) {
    this.policy = policy;
    this.removals = removals;
    this.now = now;
  }

  /** Looks at a block; blocks come in order. */
  void look(EventLog.Block block) {
    var origin = block.frames().origin();
    if (removals.of(block.firstSequence()).isPresent()) {
      add(all, block); // recorded before a crash, and still there
      return;
    }
    var rule = policy.of(origin.agency(), origin.input());
    if (rule.isEmpty()) {
      return;
    }
    var until = Micros.toInstant(block.frames().receivedAtMicros()).plus(rule.get().keep());
    if (until.isAfter(now)) {
      nextAt = until.isBefore(nextAt) ? until : nextAt;
      return;
    }
    var of = new Kind(origin.agency(), origin.input(), rule.get().name());
    add(fresh.computeIfAbsent(of, _ -> new ArrayList<>()), block);
    add(all, block);
  }

  /** Takes note that nothing is over before the first block is. */
  void young(EventLog.Block first, Duration shortest) {
    var received = Micros.toInstant(first.frames().receivedAtMicros());
    boolean isForEver = shortest.compareTo(ChronoUnit.FOREVER.getDuration()) == 0;
    nextAt = isForEver ? Instant.MAX : received.plus(shortest);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Every run to be removed, recorded or not. */
  List<List<Long>> runs() {
    return all;
  }

  /** Removals that are not recorded yet. */
  List<Removal> removals(int segment) {
    var list = new ArrayList<Removal>();
    fresh.forEach(
        (of, runs) ->
            list.add(
                Removal.of(now, of.rule(), "retention", of.agency(), of.input(), segment, runs)));
    return list;
  }

  /** When the next of what is left will be over. */
  Instant nextAt() {
    return nextAt;
  }

  private static void add(List<List<Long>> runs, EventLog.Block block) {
    long last = block.nextSequence() - 1;
    if (!runs.isEmpty() && runs.getLast().getLast() + 1 == block.firstSequence()) {
      long first = runs.removeLast().getFirst();
      runs.add(List.of(first, last));
    } else {
      runs.add(List.of(block.firstSequence(), last));
    }
  }
}
