package mo.farol.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.FrameBatch;

/**
 * What waits to be written: a line for each agency, served in turn by bytes (deficit round robin),
 * so that who sends little never waits behind who sends much. Within a line the order stays. Many
 * threads add, one takes.
 */
final class Turns {
  /** One batch and whom to tell. */
  record Append(FrameBatch batch, EventLog.Acknowledgement acknowledgement) {}

  private static final class Line {
    private final ArrayDeque<Append> waiting = new ArrayDeque<>();
    private final String agency;
    private long credit;

    Line(String agency) {
      this.agency = agency;
    }
  }

  // As much as a full batch of an input, so that a turn nearly always moves something.
  private static final long QUANTUM_BYTES = 256 << 10;
  private static final int GROUP_BATCHES = 4096;

  private final Map<String, Line> lines = new HashMap<>();
  private final ArrayDeque<Line> ring = new ArrayDeque<>();
  private boolean isStopped;

  /** Queues a batch behind those of its agency. */
  synchronized void add(Append append) {
    var line = lines.get(append.batch().origin().agency());
    if (line == null) {
      line = new Line(append.batch().origin().agency());
      lines.put(line.agency, line);
      ring.add(line);
    }
    line.waiting.add(append);
    notifyAll();
  }

  /** No more will come that must still be written. */
  synchronized void stop() {
    isStopped = true;
    notifyAll();
  }

  /**
   * Waits for something, then takes what fits into a group, in turn.
   *
   * @return false once stopped and empty
   */
  synchronized boolean take(long groupBytes, List<Append> group) throws InterruptedException {
    while (ring.isEmpty() && !isStopped) {
      wait();
    }
    long size = 0;
    while (!ring.isEmpty() && size < groupBytes && group.size() < GROUP_BATCHES) {
      size += turn(ring.remove(), groupBytes - size, group);
    }
    return !group.isEmpty();
  }

  /** Takes all that waits. */
  synchronized List<Append> drain() {
    var all = new ArrayList<Append>();
    ring.forEach(line -> all.addAll(line.waiting));
    ring.clear();
    lines.clear();
    return all;
  }

  private long turn(Line line, long roomBytes, List<Append> group) {
    line.credit += QUANTUM_BYTES;
    long moved = 0;
    while (!line.waiting.isEmpty()
        && line.credit > 0
        && moved < roomBytes
        && group.size() < GROUP_BATCHES) {
      var next = line.waiting.remove();
      long size = next.batch().size();
      line.credit -= size;
      moved += size;
      group.add(next);
    }
    if (line.waiting.isEmpty()) {
      lines.remove(line.agency);
    } else {
      ring.add(line);
    }
    return moved;
  }
}
