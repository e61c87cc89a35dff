package mo.farol.hunt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts hits and keeps the first ones. For one thread. */
final class Tally {
  private final int most;
  private final HuntProgress progress;
  final TreeMap<String, Long> agencies = new TreeMap<>();
  final TreeMap<Instant, Long> hours = new TreeMap<>();
  final List<HuntHit> hits = new ArrayList<>();
  private final Map<String, String> titles = new HashMap<>();
  private final Map<String, Long> counts = new HashMap<>();
  long matched;

  Tally(int most, HuntProgress progress) {
    this.most = most;
    this.progress = progress;
  }

  /** Counts an event once, whatever it matches, or a group of events. */
  void event(String agency, Instant occurredAt) {
    matched++;
    agencies.merge(agency, 1L, Long::sum);
    hours.merge(occurredAt.truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
    progress.hit(agency);
  }

  /** Takes one thing that it matches. */
  void hit(HuntHit hit, String title) {
    count(hit.what(), title);
    keep(hit);
  }

  /** Counts one thing that was found. */
  void count(String what, String title) {
    titles.putIfAbsent(what, title);
    counts.merge(what, 1L, Long::sum);
  }

  /** Keeps it, where there is room. */
  void keep(HuntHit hit) {
    if (hits.size() < most) {
      hits.add(hit);
    }
  }

  List<HuntResult.Find> finds() {
    return counts.entrySet().stream()
        .map(
            e -> new HuntResult.Find(e.getKey(), titles.getOrDefault(e.getKey(), ""), e.getValue()))
        .sorted(
            Comparator.comparingLong(HuntResult.Find::count)
                .reversed()
                .thenComparing(HuntResult.Find::what))
        .toList();
  }
}
