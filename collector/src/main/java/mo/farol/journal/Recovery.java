package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a segment through after a stop: cuts a torn tail, sets damage in the middle aside. What was
 * acknowledged lies before any tear, for it was forced before the acknowledgement.
 */
final class Recovery {
  private final Disk disk;
  private final List<Quarantined> quarantined = new ArrayList<>();
  private long trimmedBytes;
  private long nextSequence;

  Recovery(Disk disk) {
    this.disk = disk;
  }

  /** Checks every block; returns where the segment really ends. */
  long check(Segment segment, long size) throws IOException {
    long at = 0;
    while (at < size) {
      var place = segment.place(at, size);
      if (place != null && segment.payload(place) != null) {
        nextSequence = Math.max(nextSequence, place.firstSequence() + place.count());
        at = place.end();
        continue;
      }
      long good = segment.nextGood(at + 1, size);
      if (good < 0) {
        trim(segment, at, size);
        return at;
      }
      setAside(segment, at, good);
      at = good;
    }
    return at;
  }

  List<Quarantined> quarantined() {
    return List.copyOf(quarantined);
  }

  long trimmedBytes() {
    return trimmedBytes;
  }

  /** Sequence after the last good block seen. */
  long nextSequence() {
    return nextSequence;
  }

  private void trim(Segment segment, long at, long size) throws IOException {
    segment.file().truncate(at);
    segment.file().force();
    trimmedBytes += size - at;
  }

  private void setAside(Segment segment, long from, long to) throws IOException {
    var bytes = ByteBuffer.allocate((int) Math.min(to - from, 16 << 20));
    segment.file().read(bytes, from);
    bytes.flip();
    disk.quarantine(segment.name() + "." + from, bytes);
    quarantined.add(new Quarantined(segment.name(), from, to - from));
  }
}
