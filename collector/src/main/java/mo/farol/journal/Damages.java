package mo.farol.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which places of older segments could not be read back, each once, however many readers met it.
 * The first {@value #MOST} are known by their place; the counter goes on. Any thread.
 */
final class Damages {
  static final int MOST = 1_000;

  private static final long NONE = -1;

  /** Where a reader began within a segment the start of a damage is not known, its end is. */
  private record Place(int segment, long end) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int bySegment = Integer.compare(segment, other.segment);
      return bySegment != 0 ? bySegment : Long.compareUnsigned(end, other.end);
    }
  }

  private record Found(String segment, long from) {}

  private final Map<Place, Found> places = new TreeMap<>();

  synchronized void note(Segment segment, Walk.Damage damage) {
    var place = new Place(segment.number(), damage.to());
    if (places.size() < MOST || places.containsKey(place)) {
      places.merge(
          place,
          new Found(segment.name(), damage.from()),
          (known, now) -> known.from() > now.from() ? known : now);
    }
  }

  /**
   * All of them, in order; but not the end that a crash tore off, behind which the next segment
   * goes on with the sequence that was due: nothing that was kept lay there.
   *
   * @param segments tell where a segment ends whose end is damaged
   */
  synchronized List<Damaged> all(Segments segments) {
    var all = new ArrayList<Damaged>();
    places.forEach(
        (place, found) -> {
          boolean isTail = place.end() == NONE;
          long end = isTail ? segments.endOf(place.segment(), NONE) : place.end();
          if (!isTail || end != found.from()) {
            all.add(new Damaged(found.segment(), found.from(), Math.max(found.from(), end)));
          }
        });
    return all;
  }
}
