package mo.farol.journal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All segments of a journal, by number. One thread adds; any thread looks up. */
final class Segments implements AutoCloseable {
  private static final int CACHED_BLOCKS = 64;
  private final Disk disk;
  private final ConcurrentSkipListMap<Integer, Segment> byNumber = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<Long, Segment> bySequence = new ConcurrentSkipListMap<>();
  private final Map<Long, EventLog.Block> cache = new RecentlyUsed<>(CACHED_BLOCKS);
  private final AtomicLong damaged = new AtomicLong();

  private Segments(Disk disk) {
    this.disk = disk;
  }

  /** Opens what is on the disk and repairs the last segment. */
  static Segments open(Disk disk, Recovery recovery) throws IOException {
    var segments = new Segments(disk);
    List<String> names = disk.names().stream().filter(Segment::isName).toList();
    for (int i = 0; i < names.size(); i++) {
      var handle = disk.open(names.get(i));
      var segment = new Segment(names.get(i), handle, handle.size());
      if (i == names.size() - 1) {
        segment.reached(recovery.check(segment, handle.size()));
      }
      segments.add(segment);
    }
    return segments;
  }

  void add(Segment segment) {
    byNumber.put(segment.number(), segment);
    // A later segment of the same first sequence takes the place of one that never kept anything.
    bySequence.put(segment.firstSequence(), segment);
  }

  /** Number for the next segment. */
  int nextNumber() {
    return byNumber.isEmpty() ? 1 : byNumber.lastKey() + 1;
  }

  Optional<Segment> last() {
    return Optional.ofNullable(byNumber.lastEntry()).map(Map.Entry::getValue);
  }

  /** The segment that holds a sequence, or would. */
  @Nullable Segment holding(long sequence) {
    var entry = bySequence.floorEntry(sequence);
    return entry == null ? null : entry.getValue();
  }

  /** The segment after this one in order of sequence, or null. */
  @Nullable Segment after(Segment segment) {
    var entry = bySequence.higherEntry(segment.firstSequence());
    return entry == null ? null : entry.getValue();
  }

  /** The block at a position, from the cache where it was read lately. */
  Optional<EventLog.Block> at(long position) {
    synchronized (cache) {
      var block = cache.get(position);
      if (block != null) {
        return Optional.of(block);
      }
    }
    var segment = byNumber.get(Segment.numberOf(position));
    if (segment == null) {
      return Optional.empty();
    }
    try {
      var found = read(segment, Segment.offsetOf(position));
      found.ifPresent(this::remember);
      return found;
    } catch (IOException e) {
      throw new JournalFault("cannot read " + segment.name() + ": " + e, e);
    }
  }

  /** The block that holds a sequence, read and not cached unless found. */
  Optional<EventLog.Block> find(long sequence) {
    var segment = holding(sequence);
    if (segment == null) {
      return Optional.empty();
    }
    try {
      long limit = segment.end();
      for (var place = segment.following(segment.near(sequence), limit);
          place != null && place.firstSequence() <= sequence;
          place = segment.following(place.end(), limit)) {
        if (sequence < place.firstSequence() + place.count()) {
          return at(segment.positionOf(place.offset()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new JournalFault("cannot read " + segment.name() + ": " + e, e);
    }
  }

  /** Blocks that could not be read back since the start. */
  long damaged() {
    return damaged.get();
  }

  Optional<EventLog.Block> read(Segment segment, long offset) throws IOException {
    var place = segment.place(offset, segment.end());
    if (place == null) {
      return Optional.empty();
    }
    var payload = segment.payload(place);
    if (payload == null) {
      damaged.incrementAndGet();
      return Optional.empty();
    }
    return Optional.of(new BlockCodec().decode(payload, segment.positionOf(offset)));
  }

  @Override
  public void close() throws IOException {
    for (var segment : byNumber.values()) {
      segment.close();
    }
    disk.close();
  }

  private void remember(EventLog.Block block) {
    synchronized (cache) {
      cache.put(block.position(), block);
    }
  }
}
