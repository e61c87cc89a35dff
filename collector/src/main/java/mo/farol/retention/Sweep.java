package mo.farol.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.Micros;
import mo.farol.event.Runs;
import mo.farol.journal.EventLog;
import mo.farol.seal.Removal;
import mo.farol.seal.Removals;

/** What of one segment is over: its runs, by whose they are and which rule says so. */
final class Sweep {
  private record Kind(String agency, String input, String rule) {}

  /** When a frame is over, and by which rule where that is not recorded yet. */
  private record End(Instant at, Optional<Kind> kind) {}

  // Recorded before a crash, and still there.
  private static final End RECORDED = new End(Instant.MIN, Optional.empty());
  private static final End NEVER = new End(Instant.MAX, Optional.empty());

  private final RetentionPolicy policy;
  private final Classes classes;
  private final Removals removals;
  private final boolean isTouched;
  private final Instant now;
  private final Map<String, End> ends = new HashMap<>();
  private final Map<Kind, Runs.Builder> fresh = new LinkedHashMap<>();
  private final Runs.Builder all = new Runs.Builder();
  private Instant nextAt = Instant.MAX;

  Sweep(RetentionPolicy policy, Classes classes, Removals removals, int segment, Instant now) {
    this.policy = policy;
    this.classes = classes;
    this.removals = removals;
    this.isTouched = removals.touch(segment);
    this.now = now;
  }

  /** Looks at a block; blocks come in order. */
  void look(EventLog.Block block) {
    ends.clear();
    var frames = classes.of(block);
    var whole = policy.classes().isEmpty() ? Optional.of("") : frames.whole();
    int count = block.frames().count();
    if (whole.isPresent() && !isTouched) {
      take(block, 0, count, end(block, whole.get()));
      return;
    }
    int from = 0;
    var end = end(block, frames, whole, 0);
    for (int i = 1; i < count; i++) {
      var next = end(block, frames, whole, i);
      if (!next.equals(end)) {
        take(block, from, i, end);
        from = i;
        end = next;
      }
    }
    take(block, from, count, end);
  }

  private End end(EventLog.Block block, Classes.Frames frames, Optional<String> whole, int i) {
    if (isTouched && removals.of(block.firstSequence() + i).isPresent()) {
      return RECORDED;
    }
    return end(block, whole.orElseGet(() -> frames.of(i)));
  }

  private End end(EventLog.Block block, String dataClass) {
    var origin = block.frames().origin();
    return ends.computeIfAbsent(
        dataClass,
        _ ->
            policy
                .of(origin.agency(), origin.input(), dataClass)
                .map(rule -> end(block, rule))
                .orElse(NEVER));
  }

  private static End end(EventLog.Block block, RetentionPolicy.Rule rule) {
    var origin = block.frames().origin();
    return new End(
        Micros.toInstant(block.frames().receivedAtMicros()).plus(rule.keep()),
        Optional.of(new Kind(origin.agency(), origin.input(), rule.name())));
  }

  private void take(EventLog.Block block, int from, int to, End end) {
    if (end.at().isAfter(now)) {
      nextAt = end.at().isBefore(nextAt) ? end.at() : nextAt;
      return;
    }
    long first = block.firstSequence() + from;
    long last = block.firstSequence() + to - 1;
    all.add(first, last);
    end.kind()
        .ifPresent(kind -> fresh.computeIfAbsent(kind, _ -> new Runs.Builder()).add(first, last));
  }

  /** Takes note that nothing is over before the first block is. */
  void young(EventLog.Block first, Duration shortest) {
    var received = Micros.toInstant(first.frames().receivedAtMicros());
    boolean isForEver = shortest.compareTo(ChronoUnit.FOREVER.getDuration()) == 0;
    nextAt = isForEver ? Instant.MAX : received.plus(shortest);
  }

  /** Every run to be removed, recorded or not. */
  Runs runs() {
    return all.build();
  }

  /** Removals that are not recorded yet. */
  List<Removal> removals(int segment) {
    var list = new ArrayList<Removal>();
    fresh.forEach(
        (of, runs) ->
            list.add(
                Removal.of(
                    now, of.rule(), "retention", of.agency(), of.input(), segment, runs.build())));
    return list;
  }

  /** When the next of what is left will be over. */
  Instant nextAt() {
    return nextAt;
  }
}
