package mo.farol.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All segments of a journal, by number. Any thread. */
final class Segments {
  private static final int CACHED_BLOCKS = 64;
  private static final int CACHED_BYTES = 1 << 20;
  private static final int NUMBER_LIMIT = 99_999_999;

  private final Map<Long, List<EventLog.Block>> cache = new RecentlyUsed<>(CACHED_BLOCKS);
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

  /** The block at a position, from the cache where it was read lately. */
  Optional<EventLog.Block> at(long position) {
    var blocks = cached(position);
    var segment = numbered(Segment.numberOf(position));
    if (blocks == null && segment != null) {
      blocks = read(segment, Segment.offsetOf(position));
      remember(segment, blocks);
    }
    // In a group only a sequence tells which is meant.
    return blocks == null || blocks.size() != 1 ? Optional.empty() : Optional.of(blocks.getFirst());
  }

  /** The block that holds a sequence. */
  Optional<EventLog.Block> find(long sequence) {
    var known = cachedHolding(sequence);
    if (known.isPresent()) {
      return known;
    }
    while (true) {
      var segment = holding(sequence);
      if (segment == null) {
        return Optional.empty();
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
          return read(sequence, segment, walk, place);
        }
      }
      return Optional.empty();
    } finally {
      noteDamage(segment, segment.takeDamages());
      noteDamage(segment, walk.takeDamages());
    }
  }

  private Optional<EventLog.Block> read(
      long sequence, Segment segment, Walk walk, Walk.Place place) {
    var known = cached(segment.positionOf(place.offset()));
    if (known != null && holding(sequence, known).isPresent()) {
      return holding(sequence, known);
    }
    var blocks = walk.read(place);
    remember(segment, blocks);
    return holding(sequence, blocks);
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

  private static Optional<EventLog.Block> holding(long sequence, List<EventLog.Block> blocks) {
    return blocks.stream()
        .filter(b -> b.firstSequence() <= sequence && sequence < b.nextSequence())
        .findFirst();
  }

  private List<EventLog.Block> read(Segment segment, long offset) {
    try (var walk = segment.walk(offset, Walk.ONE)) {
      var place = walk.place(offset, segment.end());
      if (place == null) {
        return List.of();
      }
      if (!walk.isGood(place)) {
        noteDamage(segment, List.of(new Walk.Damage(place.firstSequence(), place.nextSequence())));
        return List.of();
      }
      return walk.read(place);
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

  private @Nullable List<EventLog.Block> cached(long position) {
    synchronized (cache) {
      return cache.get(position);
    }
  }

  // Few are kept, so going through them costs less than one look at the disk.
  private Optional<EventLog.Block> cachedHolding(long sequence) {
    synchronized (cache) {
      return cache.values().stream()
          .filter(
              blocks ->
                  blocks.getFirst().firstSequence() <= sequence
                      && sequence < blocks.getLast().nextSequence())
          .findFirst()
          .flatMap(blocks -> holding(sequence, blocks));
    }
  }

  // Not where the segment was written anew meanwhile: what was taken out must not be found again.
  private void remember(Segment segment, List<EventLog.Block> blocks) {
    // Those of a group share their bytes.
    if (!blocks.isEmpty() && blocks.getFirst().frames().bytes().length <= CACHED_BYTES) {
      synchronized (cache) {
        if (numbered(segment.number()) == segment) {
          cache.put(blocks.getFirst().position(), blocks);
        }
      }
    }
  }
}
