package mo.farol.silence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * The programs of one host that say the most of late, each with its longest pause, in time and in
 * what the host said meanwhile: a program is quiet by itself when it is past three times both. One
 * that is known for two weeks leaves its place only to one that is known as long and says more, so
 * no invented name hides it. Guarded by its owner's lock.
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
    // The same, long ago counting less.
    double lately;
    // Of the host, when this program was heard last.
    long hostEvents;
    long longestMicros;
    long longestEvents;
    boolean told;

    boolean isKnown() {
      return events >= FEWEST && lastAt - firstAt >= KNOWN;
    }

    boolean isNamed(byte[] b, int from, int to) {
      return Arrays.equals(name, 0, name.length, b, from, to);
    }
  }

  private final Program[] programs = new Program[MOST];
  private int count;
  // One that waits for a place: it loses one for each event of another without one.
  private @Nullable Program waiting;
  private long day;

  /**
   * @param hostEvents what the host said altogether, this event included
   * @param away what falls into these is no pause of a program
   */
  void hear(byte[] b, int from, int length, long at, long hostEvents, Outages away) {
    var one = find(b, from, from + Math.min(length, LONGEST_NAME), at);
    if (one == null) {
      return;
    }
    if (one.events > 0) {
      long pause = at - one.lastAt - away.within(one.lastAt, at);
      one.longestMicros = Math.max(one.longestMicros, pause);
      one.longestEvents = Math.max(one.longestEvents, hostEvents - one.hostEvents);
    }
    one.lastAt = Math.max(one.lastAt, at);
    one.hostEvents = hostEvents;
    one.events++;
    one.lately++;
    one.told = false;
    if (one == waiting && one.isKnown()) {
      promote(one);
    }
  }

  private @Nullable Program find(byte[] b, int from, int to, long at) {
    for (int i = 0; i < count; i++) {
      if (programs[i].isNamed(b, from, to)) {
        return programs[i];
      }
    }
    if (waiting != null && waiting.isNamed(b, from, to)) {
      return waiting;
    }
    int place = count < MOST ? count++ : leastOfUnknown();
    if (place >= 0) {
      programs[place] = named(b, from, to, at);
      return programs[place];
    }
    return waits(b, from, to, at);
  }

  private @Nullable Program waits(byte[] b, int from, int to, long at) {
    if (waiting != null && waiting.lately >= 1) {
      waiting.lately--;
      return null;
    }
    var one = named(b, from, to, at);
    waiting = one;
    return one;
  }

  private static Program named(byte[] b, int from, int to, long at) {
    var one = new Program();
    one.name = Arrays.copyOfRange(b, from, to);
    one.firstAt = at;
    return one;
  }

  // -1 where all are known.
  private int leastOfUnknown() {
    int least = -1;
    for (int i = 0; i < count; i++) {
      if (!programs[i].isKnown() && (least < 0 || programs[i].lately < programs[least].lately)) {
        least = i;
      }
    }
    return least;
  }

  private void promote(Program one) {
    int least = 0;
    for (int i = 1; i < count; i++) {
      least = programs[i].lately < programs[least].lately ? i : least;
    }
    if (one.lately > programs[least].lately) {
      waiting = programs[least];
      programs[least] = one;
    }
  }

  /** A program that has just become quiet while its host goes on. */
  Optional<Trouble> due(long now, long hostEvents, Outages away) {
    forget(now);
    for (int i = 0; i < count; i++) {
      var one = programs[i];
      if (!one.told && isQuiet(one, now, hostEvents, away)) {
        one.told = true;
        return Optional.of(trouble(one));
      }
    }
    return Optional.empty();
  }

  private static boolean isQuiet(Program one, long now, long hostEvents, Outages away) {
    long pause = now - one.lastAt - away.within(one.lastAt, now);
    return one.isKnown()
        && now - away.since() >= FLOOR
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
        programs[i].lately *= FORGET;
      }
      if (waiting != null) {
        waiting.lately *= FORGET;
      }
    }
  }

  /** Our own clock was ahead and was put back. */
  void back(long now) {
    for (int i = 0; i < count; i++) {
      programs[i].firstAt = Math.min(programs[i].firstAt, now);
      programs[i].lastAt = Math.min(programs[i].lastAt, now);
    }
    waiting = null;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(day);
    out.writeByte(count);
    for (int i = 0; i < count; i++) {
      write(programs[i], out);
    }
    out.writeBoolean(waiting != null);
    if (waiting != null) {
      write(waiting, out);
    }
  }

  private static void write(Program one, DataOutput out) throws IOException {
    out.writeByte(one.name.length);
    out.write(one.name);
    out.writeLong(one.firstAt);
    out.writeLong(one.lastAt);
    out.writeLong(one.events);
    out.writeLong(one.hostEvents);
    out.writeLong(one.longestMicros);
    out.writeLong(one.longestEvents);
    out.writeBoolean(one.told);
    out.writeDouble(one.lately);
  }

  /**
   * @param isOlder as they were kept before it was told what they say of late
   */
  void read(DataInput in, boolean isOlder) throws IOException {
    day = in.readLong();
    int many = in.readByte();
    for (int i = 0; i < many; i++) {
      programs[i] = one(in, isOlder);
    }
    count = many;
    waiting = !isOlder && in.readBoolean() ? one(in, false) : null;
  }

  private static Program one(DataInput in, boolean isOlder) throws IOException {
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
    one.lately = isOlder ? one.events : in.readDouble();
    return one;
  }
}
