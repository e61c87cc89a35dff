package mo.farol.hunt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mo.farol.event.EventId;
import mo.farol.sigma.Figures;
import mo.farol.window.Crossing;

/**
 * Crossings as rows: those of one group whose windows lie over one another are one. For one thread.
 */
final class Rows {
  private static final int OPEN = 20_000; // of more groups at once some have two rows for one

  private record Key(
      String rule, String agency, String lane, boolean exercise, Map<String, String> group) {}

  /** Those that may still grow; the one longest untouched makes room. */
  private static final class Open extends LinkedHashMap<Key, Row> {
    private static final long serialVersionUID = 1;

    Open() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Row> eldest) {
      return size() > OPEN;
    }
  }

  private final int most;
  private final Consumer<Crossing> begun;
  private final Open open = new Open();
  private final List<Row> kept = new ArrayList<>();
  private long count;

  /**
   * @param most rows that are kept; all are counted
   * @param begun told of the first crossing of each row
   */
  Rows(int most, Consumer<Crossing> begun) {
    this.most = most;
    this.begun = begun;
  }

  void add(Crossing crossing) {
    var key =
        new Key(
            crossing.rule().id(),
            crossing.agency(),
            crossing.lane(),
            crossing.exercise(),
            crossing.group());
    var row = open.get(key);
    if (row != null && row.touches(crossing)) {
      row.add(crossing);
      return;
    }
    var next = new Row(crossing);
    open.put(key, next);
    count++;
    begun.accept(crossing);
    if (kept.size() < most) {
      kept.add(next);
    }
  }

  /** How many there are. */
  long count() {
    return count;
  }

  /** Whether all of them are kept. */
  boolean areAllKept() {
    return count == kept.size();
  }

  /** Those that are kept, in the order of their times. */
  List<HuntHit> hits() {
    return kept.stream()
        .sorted(Comparator.comparing((Row row) -> row.firstAt))
        .map(Row::hit)
        .toList();
  }

  private static final class Row {
    private final TreeSet<EventId> events = new TreeSet<>();
    private Crossing fullest; // without its events
    private Instant firstAt;
    private Instant lastAt;
    private boolean partial;

    Row(Crossing first) {
      fullest = slim(first);
      firstAt = first.firstAt();
      lastAt = first.lastAt();
      add(first);
    }

    boolean touches(Crossing next) {
      return !next.firstAt().isAfter(lastAt);
    }

    void add(Crossing next) {
      fullest = next.count() > fullest.count() ? slim(next) : fullest;
      firstAt = next.firstAt().isBefore(firstAt) ? next.firstAt() : firstAt;
      lastAt = next.lastAt().isAfter(lastAt) ? next.lastAt() : lastAt;
      partial |= next.partial();
      int all = next.events().size();
      events.addAll(next.events().subList(Math.max(0, all - HuntGroup.MOST_EVENTS), all));
      while (events.size() > HuntGroup.MOST_EVENTS) {
        events.pollFirst();
      }
    }

    private static Crossing slim(Crossing c) {
      return new Crossing(
          c.rule(),
          c.level(),
          c.techniques(),
          c.agency(),
          c.lane(),
          c.exercise(),
          c.group(),
          c.fields(),
          c.count(),
          c.value(),
          c.firstAt(),
          c.lastAt(),
          c.lastReceivedAt(),
          List.of(),
          c.timed(),
          c.overdue(),
          c.partial());
    }

    HuntHit hit() {
      var c = fullest;
      var group =
          new HuntGroup(
              c.group(),
              c.lane(),
              c.exercise(),
              c.count(),
              c.value(),
              firstAt,
              lastAt,
              List.copyOf(events),
              partial);
      String host = c.group().getOrDefault("host.name", c.fields().getOrDefault("host.name", ""));
      var event = events.isEmpty() ? new EventId(0) : events.getLast();
      return HuntHit.of(c.rule().id(), event, c.agency(), host, why(), group);
    }

    private String why() {
      var all = new LinkedHashMap<>(fullest.group());
      fullest.fields().forEach(all::putIfAbsent);
      String values =
          all.entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue())
              .collect(Collectors.joining("; "));
      String figure = Figures.text(fullest.value());
      return "%s%d events%s"
          .formatted(
              values.isEmpty() ? "" : values + ": ",
              fullest.count(),
              figure.equals(Long.toString(fullest.count())) ? "" : ", figure " + figure);
    }
  }
}
