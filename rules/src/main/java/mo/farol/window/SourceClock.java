package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far event time has come by the clocks of a lane's sources: the time that nine of ten sources
 * have reached, so that neither one that is ahead nor one that hangs back leads the others.
 */
final class SourceClock {
  private static final int SOURCES = 1_024;

  /**
   * @param at latest event time
   * @param receivedAt when it was last heard, by our clock
   * @param lag how far its time was behind the receipt then
   */
  private record Heard(long at, long receivedAt, long lag) {}

  private final Map<String, Heard> sources = new LinkedHashMap<>(16, 0.75f, true);
  private final long idle;
  private final long lag;
  private long latest = Long.MIN_VALUE;

  /**
   * @param idle a source is asked no more when nothing came of it for so long
   * @param lag a clock further behind its receipts is asked only where all are
   */
  SourceClock(long idle, long lag) {
    this.idle = idle;
    this.lag = lag;
  }

  void heard(Hit hit) {
    latest = Math.max(latest, hit.at());
    String source = Keys.cut(hit.source());
    var before = sources.get(source);
    long at = before == null ? hit.at() : Math.max(before.at(), hit.at());
    put(source, new Heard(at, hit.receivedAt(), hit.receivedAt() - at));
  }

  private void put(String source, Heard heard) {
    sources.put(source, heard);
    if (sources.size() > SOURCES) {
      sources.remove(sources.keySet().iterator().next());
    }
  }

  /** The latest event time of any source. */
  long latest() {
    return latest;
  }

  void latest(long time) {
    latest = Math.max(latest, time);
  }

  /**
   * The furthest that event time has come since a time, by the sources that were heard of late
   * then. It is looked at whenever one was no more, so that it does not matter how often it is
   * asked.
   *
   * @param since time of receipt it was asked for before
   * @param now time of receipt; what to say where no source was heard of late
   */
  long reached(long since, long now) {
    long furthest = reachedAt(now, now);
    for (Heard each : sources.values()) {
      long idleFrom = each.receivedAt() + idle + 1;
      if (idleFrom > since && idleFrom < now) {
        furthest = Math.max(furthest, reachedAt(idleFrom, Long.MIN_VALUE));
      }
    }
    return furthest;
  }

  /**
   * Event time by the sources that were heard of late.
   *
   * @param now time of receipt
   * @param silent what to say where none was
   */
  long reachedAt(long now, long silent) {
    var fresh = new ArrayList<Heard>();
    for (Heard each : sources.values()) {
      if (Math.abs(now - each.receivedAt()) <= idle) {
        fresh.add(each);
      }
    }
    if (fresh.isEmpty()) {
      return silent;
    }
    List<Heard> believed = fresh.stream().filter(each -> each.lag() <= lag).toList();
    var asked = believed.isEmpty() ? fresh : believed;
    long[] times = asked.stream().mapToLong(Heard::at).sorted().toArray();
    return times[(times.length + 9) / 10 - 1];
  }

  /**
   * Time went by in which nobody could be heard: it makes no source idle.
   *
   * @param now time of receipt, after it
   */
  void pass(long elapsed, long now) {
    sources.replaceAll(
        (_, each) -> new Heard(each.at(), Math.min(each.receivedAt() + elapsed, now), each.lag()));
  }

  /** Knows of the sources that another knows of, those heard last as the last. */
  void takeOver(SourceClock other) {
    latest(other.latest);
    for (var each : List.copyOf(other.sources.entrySet())) {
      var there = sources.get(each.getKey());
      var heard = each.getValue();
      var newer = there == null || there.receivedAt() <= heard.receivedAt() ? heard : there;
      long at = there == null ? heard.at() : Math.max(there.at(), heard.at());
      put(each.getKey(), new Heard(at, newer.receivedAt(), newer.lag()));
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(latest);
    out.writeInt(sources.size());
    for (var each : List.copyOf(sources.entrySet())) {
      Texts.write(each.getKey().getBytes(StandardCharsets.UTF_8), out);
      out.writeLong(each.getValue().at());
      out.writeLong(each.getValue().receivedAt());
      out.writeLong(each.getValue().lag());
    }
  }

  void read(DataInput in) throws IOException {
    latest = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      String source = new String(Texts.bytes(in), StandardCharsets.UTF_8);
      sources.put(source, new Heard(in.readLong(), in.readLong(), in.readLong()));
    }
  }
}
