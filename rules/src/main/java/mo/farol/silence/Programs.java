package mo.farol.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import mo.farol.event.Micros;

/**
 * The programs of one host that say the most, each with its longest pause, in time and in what the
 * host said meanwhile: a program is quiet by itself when it is past three times both. Guarded by
 * its owner's lock.
 */
final class Programs {
  static final int MOST = 6;

  private static final int LONGEST_NAME = 64;
  private static final long MINUTE = 60_000_000L;
  private static final long DAY = 24 * 60 * MINUTE;
  private static final long KNOWN = 14 * DAY;
  private static final long FLOOR = 45 * MINUTE;
  private static final int FEWEST = 200;
  private static final int HOST_EVENTS = 100;
  private static final int SLACK = 3;
  private static final double FORGET = 0.97;

  private static final class Program {
    byte[] name = {};
    long firstAt;
    long lastAt;
    long events;
    // Of the host, when this program was heard last.
    long hostEvents;
    long longestMicros;
    long longestEvents;
    boolean told;
  }

  private final Program[] programs = new Program[MOST];
  private int count;
  private long day;

  /**
   * @param hostEvents what the host said altogether, this event included
   * @param startedAt pauses that began before are ours
   */
  void hear(byte[] b, int from, int length, long at, long hostEvents, long startedAt) {
    int size = Math.min(length, LONGEST_NAME);
    var one = find(b, from, size, at);
    if (one.events > 0 && one.lastAt >= startedAt) {
      one.longestMicros = Math.max(one.longestMicros, at - one.lastAt);
      one.longestEvents = Math.max(one.longestEvents, hostEvents - one.hostEvents);
    }
    one.lastAt = Math.max(one.lastAt, at);
    one.hostEvents = hostEvents;
    one.events++;
    one.told = false;
  }

  private Program find(byte[] b, int from, int size, long at) {
    for (int i = 0; i < count; i++) {
      if (Arrays.equals(programs[i].name, 0, programs[i].name.length, b, from, from + size)) {
        return programs[i];
      }
    }
    int place = count < MOST ? count++ : least();
    var one = new Program();
    one.name = Arrays.copyOfRange(b, from, from + size);
    one.firstAt = at;
    programs[place] = one;
    return one;
  }

  private int least() {
    int least = 0;
    for (int i = 1; i < count; i++) {
      least = programs[i].events < programs[least].events ? i : least;
    }
    return least;
  }

  /** A program that has just become quiet while its host goes on. */
  Optional<Trouble> due(long now, long hostEvents, long startedAt) {
    forget(now);
    for (int i = 0; i < count; i++) {
      var one = programs[i];
      if (!one.told && isQuiet(one, now, hostEvents, startedAt)) {
        one.told = true;
        return Optional.of(trouble(one));
      }
    }
    return Optional.empty();
  }

  private static boolean isQuiet(Program one, long now, long hostEvents, long startedAt) {
    long pause = now - Math.max(one.lastAt, startedAt);
    return one.events >= FEWEST
        && one.lastAt - one.firstAt >= KNOWN
        && pause >= Math.max(FLOOR, SLACK * one.longestMicros)
        && hostEvents - one.hostEvents >= Math.max(HOST_EVENTS, SLACK * one.longestEvents);
  }

  private static Trouble trouble(Program one) {
    return new Trouble(
        Trouble.Kind.PARTIAL,
        Micros.toInstant(one.lastAt),
        new String(one.name, StandardCharsets.UTF_8),
        0,
        0,
        false);
  }

  /** Whether a program that was told to be quiet was heard again, or is known no more. */
  boolean isHeard(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < count; i++) {
      if (Arrays.equals(programs[i].name, utf8)) {
        return !programs[i].told;
      }
    }
    return true;
  }

  // The longest pauses of long ago count for less.
  private void forget(long now) {
    if (now / DAY != day) {
      day = now / DAY;
      for (int i = 0; i < count; i++) {
        programs[i].longestMicros = (long) (programs[i].longestMicros * FORGET);
        programs[i].longestEvents = (long) (programs[i].longestEvents * FORGET);
      }
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(day);
    out.writeByte(count);
    for (int i = 0; i < count; i++) {
      var one = programs[i];
      out.writeByte(one.name.length);
      out.write(one.name);
      out.writeLong(one.firstAt);
      out.writeLong(one.lastAt);
      out.writeLong(one.events);
      out.writeLong(one.hostEvents);
      out.writeLong(one.longestMicros);
      out.writeLong(one.longestEvents);
      out.writeBoolean(one.told);
    }
  }

  void read(DataInput in) throws IOException {
    day = in.readLong();
    count = in.readByte();
    for (int i = 0; i < count; i++) {
      var one = new Program();
      one.name = new byte[in.readUnsignedByte()];
      in.readFully(one.name);
      one.firstAt = in.readLong();
      one.lastAt = in.readLong();
      one.events = in.readLong();
      one.hostEvents = in.readLong();
      one.longestMicros = in.readLong();
      one.longestEvents = in.readLong();
      one.told = in.readBoolean();
      programs[i] = one;
    }
  }
}
