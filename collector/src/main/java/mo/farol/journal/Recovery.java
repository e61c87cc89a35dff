package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the segments after a stop and reads the last one through: cuts a torn tail, sets damage in
 * the middle aside. What was acknowledged lies before any tear, for it was forced before the
 * acknowledgement. The tail is the last write: where the disk had taken some sectors of it and not
 * those before them, it is torn from there on.
 */
final class Recovery {
  private static final int PIECE = 16 << 20;
  private static final int FRAMES_LIMIT = 1 << 24;

  private final Disk disk;
  private final Headers headers;
  private final List<Segment> found = new ArrayList<>();
  private long trimmedBytes;
  private long nextSequence;
  private int lastNumber;

  Recovery(Disk disk) throws IOException {
    this.disk = disk;
    this.headers = new Headers(disk);
    for (var file : disk.files().entrySet()) {
      if (Segment.isName(file.getKey())) {
        lastNumber = Segment.numberIn(file.getKey());
        enter(file.getKey(), file.getValue());
      } else if (file.getKey().endsWith(Rewriter.DRAFT)) {
        disk.delete(file.getKey());
      }
    }
    for (var kept : disk.quarantined()) {
      lastNumber = Math.max(lastNumber, Segment.numberIn(kept.segment()));
    }
    if (!found.isEmpty()) {
      var last = found.getLast();
      nextSequence = last.firstSequence();
      Settled.force(disk, last.name(), last.end());
      check(last);
    }
  }

  /** All segments, with their true ends. */
  Segments segments() {
    return new Segments(found, lastNumber);
  }

  long trimmedBytes() {
    return trimmedBytes;
  }

  /** Sequence after the last good block. */
  long nextSequence() {
    return nextSequence;
  }

  private void enter(String name, long length) throws IOException {
    var header = headers.of(name, length);
    if (header != null) {
      found.add(new Segment(disk, header, length));
    } else if (isBlank(name, SegmentHeader.LENGTH, length)) {
      disk.delete(name);
      trimmedBytes += length;
    } else {
      disk.quarantine(name);
    }
  }

  // A file made just before a stop, without a header and so without a block, has only zeros.
  private boolean isBlank(String name, long from, long length) throws IOException {
    for (long at = from; at < length; at += PIECE) {
      for (byte b : headers.bytes(name, at, (int) Math.min(PIECE, length - at))) {
        if (b != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private void check(Segment segment) throws IOException {
    long size = segment.end();
    long at = SegmentHeader.LENGTH;
    try (var walk = segment.walk(at, Walk.MANY)) {
      while (at < size) {
        var place = walk.place(at, size);
        if (place != null && place.firstSequence() >= nextSequence && walk.isGood(place)) {
          nextSequence = place.nextSequence();
          at = place.end();
          continue;
        }
        long good = walk.nextGood(at + 1, size);
        if (good < 0) {
          trim(segment, at, size, place);
          return;
        }
        if (isUnanswered(segment, walk, at, good)) {
          cut(segment, at, size);
          return;
        }
        var next = walk.place(good, size);
        setAside(segment, at, good, next == null ? Quarantined.UNKNOWN : next.firstSequence());
        at = good;
      }
    }
  }

  // Whether what is missing here was forced together with all that comes behind it, and the disk
  // never took it: then nobody was told that it is safe. Where a later write follows, somebody was.
  private boolean isUnanswered(Segment segment, Walk walk, long from, long good)
      throws IOException {
    long size = segment.end();
    long begin = Long.MAX_VALUE;
    for (long at = good; at >= 0; ) {
      var place = walk.place(at, size);
      if (place != null && walk.isGood(place)) {
        begin = Math.min(begin, walk.forcedFrom(place));
        if (walk.forcedFrom(place) > nextSequence) {
          return false;
        }
        at = place.end();
      } else {
        at = walk.nextGood(at + 1, size);
      }
    }
    return Sectors.isAnyLost(headers, segment, from, good, begin == nextSequence);
  }

  // A whole block with a bad checksum and no sector lost is no torn write: it may have been
  // acknowledged, whatever is missing of a write behind it. It is kept apart and its sequences are
  // not given again.
  private void trim(Segment segment, long at, long size, Walk.@Nullable Place whole)
      throws IOException {
    long to = whole == null ? size : Math.min(Sectors.up(whole.end()), size);
    if (!Sectors.isAnyLost(headers, segment, at, to, true)) {
      long end = endOf(whole);
      if (whole != null || !isTorn(segment, at, size)) {
        setAside(segment, at, size, end);
      }
      nextSequence = Math.max(nextSequence, end);
    }
    cut(segment, at, size);
  }

  private void cut(Segment segment, long at, long size) throws IOException {
    disk.truncate(segment.name(), at);
    segment.reached(at);
    trimmedBytes += size - at;
  }

  // As its head says, where that fits what came before.
  private long endOf(Walk.@Nullable Place whole) {
    return whole == null || whole.firstSequence() != nextSequence || whole.count() > FRAMES_LIMIT
        ? Quarantined.UNKNOWN
        : whole.nextSequence();
  }

  // A write that was cut short: nothing but zeros, less than a head, or the head of more than there
  // is. Anything else is damage to what may have been acknowledged.
  private boolean isTorn(Segment segment, long at, long size) throws IOException {
    if (size - at < Walk.HEAD || isBlank(segment.name(), at, size)) {
      return true;
    }
    var head = ByteBuffer.wrap(headers.bytes(segment.name(), at, Walk.HEAD));
    return head.getLong() == segment.tag() && at + BlockCodec.PREFIX + head.getInt() > size;
  }

  private void setAside(Segment segment, long from, long to, long end) throws IOException {
    for (long at = from; at < to; at += PIECE) {
      int length = (int) Math.min(to - at, PIECE);
      var piece = new Quarantined(segment.name(), at, length, nextSequence, end);
      disk.quarantine(piece.name(), headers.bytes(segment, at, length));
    }
  }
}
