package mo.farol.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All segments of a journal, by number. One thread adds and removes; any thread looks up. */
final class Segments {
  private static final int CACHED_BLOCKS = 64;
  private static final int CACHED_BYTES = 1 << 20;
  private static final int NUMBER_LIMIT = 99_999_999;

  private final Map<Long, EventLog.Block> cache = new RecentlyUsed<>(CACHED_BLOCKS);
  private final AtomicLong damaged = new AtomicLong();
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

  void add(Segment segment) {
    var more = new ArrayList<>(all);
    more.add(segment);
    all = List.copyOf(more);
  }

  void remove(Segment segment) {
    var fewer = new ArrayList<>(all);
    fewer.remove(segment);
    all = List.copyOf(fewer);
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

  /** The block at a position, from the cache where it was read lately. */
  Optional<EventLog.Block> at(long position) {
    synchronized (cache) {
      var block = cache.get(position);
      if (block != null) {
        return Optional.of(block);
      }
    }
    int number = Segment.numberOf(position);
    var list = all;
    int i = indexAfter(list, number) - 1;
    if (i < 0 || list.get(i).number() != number) {
      return Optional.empty();
    }
    var found = read(list.get(i), Segment.offsetOf(position));
    found.ifPresent(this::remember);
    return found;
  }

  /** The block that holds a sequence. */
  Optional<EventLog.Block> find(long sequence) {
    var segment = holding(sequence);
    if (segment == null) {
      return Optional.empty();
    }
    long limit = segment.end();
    try (var walk = segment.walk(segment.near(sequence), Walk.MANY)) {
      for (var place = walk.next(limit);
          place != null && place.firstSequence() <= sequence;
          place = walk.next(limit)) {
        if (sequence < place.nextSequence()) {
          return at(segment.positionOf(place.offset()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(segment, e);
    }
  }

  /** Counts places where blocks could not be read back. */
  void noteDamage(int places) {
    damaged.addAndGet(places);
  }

  /** Times that blocks could not be read back since the start. */
  long damaged() {
    return damaged.get();
  }

  private Optional<EventLog.Block> read(Segment segment, long offset) {
    try (var walk = segment.walk(offset, Walk.ONE)) {
      var place = walk.place(offset, segment.end());
      if (place == null) {
        return Optional.empty();
      }
      if (!walk.isGood(place)) {
        noteDamage(1);
        return Optional.empty();
      }
      return Optional.of(walk.read(place));
    } catch (IOException e) {
      throw unreadable(segment, e);
    }
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

  private void remember(EventLog.Block block) {
    if (block.frames().bytes().length <= CACHED_BYTES) {
      synchronized (cache) {
        cache.put(block.position(), block);
      }
    }
  }
}
