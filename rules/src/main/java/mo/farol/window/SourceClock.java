package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far event time has come by the clocks of a lane's sources: the time that nine of ten senders
 * have reached (of three to twenty, all but the slowest; of two, both), and of a sender that nine
 * of ten of its hosts have (of up to ten, all), so that neither one that is ahead nor, where there
 * are more than two, one sender that hangs back leads the others. A host is what a message says; a
 * sender has one voice however many hosts it names, and where there are too many its own give way.
 */
final class SourceClock {
  private static final int SOURCES = 1_024;
  private static final char BEHIND_SENDER = '\n';

  /**
   * @param at latest event time
   * @param receivedAt when it was last heard, by our clock
   * @param lag how far its time was behind the receipt then
   */
  private record Heard(long at, long receivedAt, long lag) {}

  // Least recently heard first: senders, and of each its hosts.
  private final Map<String, Map<String, Heard>> senders = new LinkedHashMap<>(16, 0.75f, true);
  private final long idle;
  private final long lag;
  private int size;
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
    var hosts = hosts(hit.sender());
    var before = hosts.get(source);
    long at = before == null ? hit.at() : Math.max(before.at(), hit.at());
    put(hosts, source, new Heard(at, hit.receivedAt(), hit.receivedAt() - at));
  }

  private Map<String, Heard> hosts(String sender) {
    return senders.computeIfAbsent(sender, _ -> new LinkedHashMap<>(16, 0.75f, true));
  }

  private void put(Map<String, Heard> hosts, String source, Heard heard) {
    size += hosts.put(source, heard) == null ? 1 : 0;
    if (size > SOURCES) {
      letGo();
    }
  }

  // Of the sender that names most, the host heard least of late.
  private void letGo() {
    String most = "";
    int hosts = 0;
    for (var each : senders.entrySet()) {
      if (each.getValue().size() > hosts) {
        most = each.getKey();
        hosts = each.getValue().size();
      }
    }
    var named = hosts(most);
    named.remove(named.keySet().iterator().next());
    if (named.isEmpty()) {
      senders.remove(most);
    }
    size--;
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
    for (var hosts : senders.values()) {
      for (Heard each : hosts.values()) {
        long idleFrom = each.receivedAt() + idle + 1;
        if (idleFrom > since && idleFrom < now) {
          furthest = Math.max(furthest, reachedAt(idleFrom, Long.MIN_VALUE));
        }
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
    long[] voices = voices(now, lag);
    voices = voices.length == 0 ? voices(now, Long.MAX_VALUE) : voices;
    return voices.length == 0 ? silent : nineOfTen(voices, voices.length > 2 ? 1 : 0);
  }

  // What each sender says, by those of its hosts that were heard of late and don't lag by more.
  private long[] voices(long now, long most) {
    long[] voices = new long[senders.size()];
    int count = 0;
    for (var hosts : senders.values()) {
      long[] times =
          hosts.values().stream()
              .filter(each -> Math.abs(now - each.receivedAt()) <= idle && each.lag() <= most)
              .mapToLong(Heard::at)
              .toArray();
      if (times.length > 0) {
        voices[count++] = nineOfTen(times, 0);
      }
    }
    return Arrays.copyOf(voices, count);
  }

  /**
   * @param left so many at least are left behind
   */
  private static long nineOfTen(long[] times, int left) {
    Arrays.sort(times);
    return times[Math.max((times.length + 9) / 10 - 1, left)];
  }

  /**
   * Time went by in which nobody could be heard: it makes no source idle.
   *
   * @param now time of receipt, after it
   */
  void pass(long elapsed, long now) {
    for (var hosts : senders.values()) {
      hosts.replaceAll(
          (_, each) ->
              new Heard(each.at(), Math.min(each.receivedAt() + elapsed, now), each.lag()));
    }
  }

  /** Knows of the sources that another knows of, those heard last as the last. */
  void takeOver(SourceClock other) {
    latest(other.latest);
    for (var sender : List.copyOf(other.senders.entrySet())) {
      for (var each : List.copyOf(sender.getValue().entrySet())) {
        var hosts = hosts(sender.getKey());
        var there = hosts.get(each.getKey());
        var heard = each.getValue();
        var newer = there == null || there.receivedAt() <= heard.receivedAt() ? heard : there;
        long at = there == null ? heard.at() : Math.max(there.at(), heard.at());
        put(hosts, each.getKey(), new Heard(at, newer.receivedAt(), newer.lag()));
      }
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(latest);
    out.writeInt(size);
    for (var sender : senders.entrySet()) {
      for (var each : sender.getValue().entrySet()) {
        String name = sender.getKey() + BEHIND_SENDER + each.getKey();
        Texts.write(name.getBytes(StandardCharsets.UTF_8), out);
        out.writeLong(each.getValue().at());
        out.writeLong(each.getValue().receivedAt());
        out.writeLong(each.getValue().lag());
      }
    }
  }

  // What was kept before senders were told apart has a host alone.
  void read(DataInput in) throws IOException {
    latest = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      String name = new String(Texts.bytes(in), StandardCharsets.UTF_8);
      int end = name.indexOf(BEHIND_SENDER);
      var hosts = hosts(end < 0 ? "" : name.substring(0, end));
      put(hosts, name.substring(end + 1), new Heard(in.readLong(), in.readLong(), in.readLong()));
    }
  }
}
