package mo.farol.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All segments of a journal, by number. Any thread. */
final class Segments {
  /** Bytes behind a place from which on a block is looked for that are looked at. */
  private static final long NEAR = 256 << 10;

  private static final int NUMBER_LIMIT = 99_999_999;

  private final BlockCache cache = new BlockCache();
  private final AtomicLong damaged = new AtomicLong();
  private final Damages damages = new Damages();
  // In order of number; replaced, never changed.
  private volatile List<Segment> all;
  private int lastNumber;

  Segments(List<Segment> found, int lastNumber) {
    this.all = List.copyOf(found);
    this.lastNumber = lastNumber;
  }

  /** A number no segment had before. */
  int nextNumber() {
    if (lastNumber == NUMBER_LIMIT) {
      throw new JournalFault("the journal has had " + NUMBER_LIMIT + " segments; begin a new one");
    }
    return ++lastNumber;
  }

  synchronized void add(Segment segment) {
    var more = new ArrayList<>(all);
    more.add(segment);
    all = List.copyOf(more);
  }

  synchronized void remove(Segment segment) {
    var fewer = new ArrayList<>(all);
    fewer.remove(segment);
    synchronized (cache) {
      all = List.copyOf(fewer);
      cache.clear(); // what was taken out must not be found again
    }
  }

  /** Puts a segment in the place of another of the same number. */
  synchronized void replace(Segment old, Segment fresh) {
    var list = new ArrayList<>(all);
    list.set(list.indexOf(old), fresh);
    synchronized (cache) {
      all = List.copyOf(list);
      cache.clear();
    }
  }

  /** All segments, in order. */
  List<Segment> list() {
    return all;
  }

  /** The segment of a number, or null. */
  @Nullable Segment numbered(int number) {
    var list = all;
    int i = indexAfter(list, number) - 1;
    return i < 0 || list.get(i).number() != number ? null : list.get(i);
  }

  /** The segment that holds a sequence, or would; the first where the sequence is older. */
  @Nullable Segment holding(long sequence) {
    var list = all;
    int low = 0;
    int high = list.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (list.get(middle).firstSequence() <= sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return list.isEmpty() ? null : list.get(Math.max(low - 1, 0));
  }

  /** The segment after this one, or null. */
  @Nullable Segment after(Segment segment) {
    var list = all;
    int i = indexAfter(list, segment.number());
    return i < list.size() ? list.get(i) : null;
  }

  /**
   * The block that holds a sequence.
   *
   * @param position where it, or what came together with it, once began; it may lead nowhere now
   */
  Optional<EventLog.Block> find(long sequence, long position) {
    var known = cache.holding(sequence);
    if (known != null) {
      return Optional.of(known);
    }
    // Of an older segment nothing counts that a newer one has too; in a packed one nothing lies
    // where it lay.
    var segment = holding(sequence);
    var near =
        segment != null
                && position >= 0
                && segment.number() == Segment.numberOf(position)
                && !isPacked(segment)
            ? near(sequence, segment, Segment.offsetOf(position), Walk.ONE)
            : null;
    return near == null ? find(sequence) : Optional.of(near);
  }

  private static boolean isPacked(Segment segment) {
    try {
      return segment.isPacked();
    } catch (IOException e) {
      throw unreadable(segment, e);
    }
  }

  private static long noted(long sequence, Segment segment) {
    try {
      return segment.near(sequence);
    } catch (IOException e) {
      throw unreadable(segment, e);
    }
  }

  // From one head to the next, none of which was checked: null where one leads astray, for then
  // all that lies between is to be looked at.
  private EventLog.@Nullable Block near(long sequence, Segment segment, long offset, int ahead) {
    if (offset < 0) {
      return null;
    }
    try (var walk = segment.walk(offset, ahead)) {
      long limit = segment.end();
      for (var place = walk.place(offset, limit);
          place != null && place.firstSequence() <= sequence && place.offset() - offset < NEAR;
          place = walk.place(place.end(), limit)) {
        if (sequence < place.nextSequence()) {
          return walk.isGood(place) ? read(sequence, segment, walk, place) : null;
        }
      }
      return null;
    } catch (IOException e) {
      throw unreadable(segment, e);
    }
  }

  /** The block that holds a sequence. */
  Optional<EventLog.Block> find(long sequence) {
    var known = cache.holding(sequence);
    if (known != null) {
      return Optional.of(known);
    }
    while (true) {
      var segment = holding(sequence);
      if (segment == null) {
        return Optional.empty();
      }
      var near = near(sequence, segment, noted(sequence, segment), Walk.SOME);
      if (near != null) {
        return Optional.of(near);
      }
      try (var walk = segment.walkNear(sequence)) {
        if (walk != null) {
          return find(sequence, segment, walk);
        }
      } catch (IOException e) {
        throw unreadable(segment, e);
      }
    }
  }

  private Optional<EventLog.Block> find(long sequence, Segment segment, Walk walk)
      throws IOException {
    long limit = segment.end();
    try {
      for (var place = walk.next(limit);
          place != null && place.firstSequence() <= sequence;
          place = walk.next(limit)) {
        if (sequence < place.nextSequence()) {
          return Optional.ofNullable(read(sequence, segment, walk, place));
        }
      }
      return Optional.empty();
    } finally {
      noteDamage(segment, segment.takeDamages());
      noteDamage(segment, walk.takeDamages());
    }
  }

  private EventLog.@Nullable Block read(
      long sequence, Segment segment, Walk walk, Walk.Place place) {
    var blocks = walk.read(place);
    remember(segment, blocks);
    return BlockCache.holding(sequence, blocks);
  }

  /** The last block of a segment that can be read; null where there is none. */
  EventLog.@Nullable Block last(Segment segment) throws IOException {
    var after = after(segment);
    long limit = after == null ? Long.MAX_VALUE : after.firstSequence();
    try (var walk = segment.walkNear(limit - 1)) {
      EventLog.Block last = null;
      if (walk == null) {
        return null;
      }
      for (var block = walk.nextBlock(segment.end(), Long.MIN_VALUE);
          block != null && block.firstSequence() < limit;
          block = walk.nextBlock(segment.end(), Long.MIN_VALUE)) {
        last = block;
      }
      return last;
    }
  }

  /** Takes note of places where blocks could not be read back. */
  void noteDamage(Segment segment, List<Walk.Damage> places) {
    if (!places.isEmpty()) {
      addDamages(places.size());
      places.forEach(place -> damages.note(segment, place));
    }
  }

  /** Counts places of which no more is known. */
  void addDamages(int places) {
    damaged.addAndGet(places);
  }

  /** Times that blocks could not be read back since the start. */
  long damaged() {
    return damaged.get();
  }

  /** Sequence with which the segment behind one of a number begins; where none does, another. */
  long endOf(int number, long otherwise) {
    var list = all;
    int i = indexAfter(list, number);
    return i < list.size() ? list.get(i).firstSequence() : otherwise;
  }

  /** Where blocks could not be read back since the start, in order, each once. */
  List<Damaged> damages() {
    return damages.all(this);
  }

  private static JournalFault unreadable(Segment segment, IOException e) {
    return new JournalFault("cannot read " + segment.name() + ": " + e + "; check the disk", e);
  }

  private static int indexAfter(List<Segment> list, int number) {
    int low = 0;
    int high = list.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (list.get(middle).number() <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  // Not where the segment was written anew meanwhile: what was taken out must not be found again.
  private void remember(Segment segment, List<EventLog.Block> blocks) {
    synchronized (cache) {
      if (numbered(segment.number()) == segment) {
        cache.keep(blocks);
      }
    }
  }
}
