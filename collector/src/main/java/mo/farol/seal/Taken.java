package mo.farol.seal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import mo.farol.event.Runs;

/**
 * Which removal took which frame. The frames of a file of the journal lie together, so those of one
 * file are worked out at a time. Guard it with a lock.
 */
final class Taken {
  private record Part(Runs sequences, Removal by) {}

  private final Map<Integer, List<Removal>> bySegment = new HashMap<>();
  private final Map<Integer, Long> firsts = new HashMap<>();
  private final NavigableMap<Long, Integer> segments = new TreeMap<>();
  private List<Part> parts = List.of();
  private int known = -1;

  /** Takes note; throws {@link IllegalArgumentException} where it does not say which frames. */
  void add(Removal removal) {
    var sequences = removal.sequences();
    if (sequences.isEmpty()) {
      return;
    }
    int segment = removal.segment();
    bySegment.computeIfAbsent(segment, _ -> new ArrayList<>()).add(removal);
    var before = firsts.get(segment);
    if (before == null || sequences.first(0) < before) {
      if (before != null) {
        segments.remove(before);
      }
      firsts.put(segment, sequences.first(0));
      segments.put(sequences.first(0), segment);
    }
    known = known == segment ? -1 : known;
  }

  boolean touches(int segment) {
    return bySegment.containsKey(segment);
  }

  Optional<Removal> by(long sequence) {
    var near = segments.floorEntry(sequence);
    if (near == null) {
      return Optional.empty();
    }
    if (known != near.getValue()) {
      known = near.getValue();
      parts =
          bySegment.getOrDefault(known, List.of()).stream()
              .map(removal -> new Part(removal.sequences(), removal))
              .toList();
    }
    return parts.stream()
        .filter(part -> part.sequences().contains(sequence))
        .map(Part::by)
        .findFirst();
  }
}
