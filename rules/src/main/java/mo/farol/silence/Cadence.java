package mo.farol.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.Micros;

/**
 * What is usual of one source, and what is not at the moment. Each trouble is told once, when it
 * begins. Guarded by its owner's lock.
 */
final class Cadence {
  private static final Duration LATELY = Duration.ofMinutes(10);

  final Pace pace;
  private final Programs programs = new Programs();
  private final Drift drift = new Drift();
  private final Map<Trouble.Kind, Trouble> now = new EnumMap<>(Trouble.Kind.class);
  // When its silence was told.
  private long toldAt;

  Cadence(Hours hours, long at) {
    pace = new Pace(hours, at);
  }

  void hear(long at) {
    pace.hear(at);
    if (now.remove(Trouble.Kind.SILENT) != null) {
      pace.back();
    }
  }

  void hearProgram(byte[] b, int from, int length, long at, long hostEvents, Outages away) {
    programs.hear(b, from, length, at, hostEvents, away);
  }

  /** Whether a pause is longer than is usual at these hours of the week. */
  boolean isMissed(long last, long to, Outages away) {
    return pace.isMissed(last, to, now.containsKey(Trouble.Kind.FALL), away);
  }

  /** Takes note of a silence. */
  void silent(Trouble silence, long at) {
    now.put(Trouble.Kind.SILENT, silence);
    toldAt = at;
  }

  /** When its silence was told, in microseconds. */
  long toldAt() {
    return toldAt;
  }

  /** Whether its silence was told as a day off. */
  boolean isOff() {
    var silence = now.get(Trouble.Kind.SILENT);
    return silence != null && silence.dayOff();
  }

  /** Our clock was ahead and was put back. */
  void back(long at) {
    pace.back(at);
    programs.back(at);
    drift.back(at);
    toldAt = Math.min(toldAt, at);
  }

  /** What is not as usual now, in the order of the kinds. */
  List<Trouble> troubles() {
    return List.copyOf(now.values());
  }

  /**
   * What has just become unusual, but for silence.
   *
   * @param skew of the sender's clock in microseconds, empty where it never said a time
   */
  List<Trouble> due(Instant at, Heard host, Optional<Long> skew, Outages away) {
    var due = new ArrayList<Trouble>();
    long micros = Micros.of(at);
    programs
        .due(micros, host.events, away)
        .ifPresent(
            quiet -> {
              now.put(Trouble.Kind.PARTIAL, quiet);
              due.add(quiet);
            });
    var partial = now.get(Trouble.Kind.PARTIAL);
    if (partial != null && programs.isHeard(partial.what())) {
      now.remove(Trouble.Kind.PARTIAL);
    }
    if (!now.containsKey(Trouble.Kind.SILENT)) {
      fall(micros, due);
    }
    take(Trouble.Kind.SURGE, pace.volume().surge(micros, now.containsKey(Trouble.Kind.SURGE)), due);
    boolean heardLately = host.lastAt >= micros - LATELY.toNanos() / 1000;
    if (heardLately && skew.isPresent()) {
      take(Trouble.Kind.DRIFT, drift.look(skew.get(), micros), due);
    }
    return due;
  }

  private void fall(long micros, List<Trouble> due) {
    boolean fell = now.containsKey(Trouble.Kind.FALL);
    var fall = pace.volume().fall(micros, fell);
    if (!fell || pace.volume().isRecovered(micros)) {
      take(Trouble.Kind.FALL, fall, due);
    }
  }

  private void take(Trouble.Kind kind, Optional<Trouble> found, List<Trouble> due) {
    if (found.isEmpty()) {
      now.remove(kind);
    } else if (!now.containsKey(kind)) {
      now.put(kind, found.get());
      due.add(found.get());
    }
  }

  void write(DataOutput out) throws IOException {
    pace.write(out);
    programs.write(out);
    drift.write(out);
    out.writeByte(now.size());
    for (var each : now.values()) {
      out.writeByte(each.kind().ordinal());
      out.writeLong(Micros.of(each.since()));
      out.writeUTF(each.what());
      out.writeDouble(each.expected());
      out.writeDouble(each.seen());
      out.writeBoolean(each.dayOff());
    }
    out.writeLong(toldAt);
  }

  /**
   * @param isOlder as it was kept before the hour that runs was
   */
  void read(DataInput in, boolean isOlder) throws IOException {
    pace.read(in, !isOlder);
    programs.read(in, isOlder);
    drift.read(in);
    int count = in.readByte();
    for (int i = 0; i < count; i++) {
      var kind = Trouble.Kind.values()[in.readByte()];
      var since = Micros.toInstant(in.readLong());
      now.put(
          kind,
          new Trouble(
              kind, since, in.readUTF(), in.readDouble(), in.readDouble(), in.readBoolean()));
    }
    toldAt = isOlder ? 0 : in.readLong();
  }
}
