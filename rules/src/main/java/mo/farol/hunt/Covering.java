package mo.farol.hunt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.store.Cell;
import mo.farol.store.Clause;
import mo.farol.store.ClauseFault;
import mo.farol.store.Deadline;
import mo.farol.store.EventIndex;
import mo.farol.store.Found;
import mo.farol.store.Grouping;
import mo.farol.store.Key;
import mo.farol.store.Measure;
import mo.farol.store.Question;
import mo.farol.store.Row;
import mo.farol.store.Side;

/** Works out which sources and hours could have shown what was hunted. For one thread. */
final class Covering {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** Of a longer time days are told. */
  private static final Duration LONG = Duration.ofDays(31);

  private static final int MOST_AGENCIES = 10_000;
  private static final int MOST_GROUPS = 300_000;

  private final EventIndex index;
  private final HuntOrder order;
  private final Deadline deadline;
  private boolean isExact = true;

  Covering(EventIndex index, HuntOrder order, Deadline deadline) {
    this.index = index;
    this.order = order;
    this.deadline = deadline;
  }

  Coverage of(Plan plan) {
    var oldest = edge(true);
    var newest = edge(false);
    var step =
        oldest.isPresent() && Duration.between(oldest.get(), newest.get()).compareTo(LONG) > 0
            ? DAY
            : HOUR;
    var seen = oldest.isEmpty() ? List.<Found.Group>of() : groups(plan.shown(), step);
    var byAgency = new TreeMap<String, Sum>();
    var bySource = new TreeMap<List<String>, Sum>(Covering::compare);
    for (var group : seen) {
      var cells = group.cells();
      String agency = cells.get(0).text();
      long at = cells.get(2) instanceof Cell.Time(var micros) ? micros : 0;
      long count = cells.get(3) instanceof Cell.Whole(var number) ? number : 0;
      byAgency.computeIfAbsent(agency, _ -> new Sum()).add(at, count);
      bySource.computeIfAbsent(List.of(agency, cells.get(1).text()), _ -> new Sum()).add(at, count);
    }
    agencies().forEach(agency -> byAgency.computeIfAbsent(agency, _ -> new Sum()));
    return new Coverage(
        oldest,
        newest,
        step,
        byAgency.entrySet().stream()
            .map(e -> told(e.getKey(), e.getValue(), oldest, newest, step))
            .toList(),
        sources(bySource),
        Math.max(0, bySource.size() - Coverage.MOST_SOURCES),
        plan.blind(),
        gone(),
        isExact && !deadline.missed());
  }

  private OptionalLong gone() {
    boolean isAll =
        order.scope() instanceof Scope.National
            && order.fromMicros() == Long.MIN_VALUE
            && order.toMicros() == Long.MAX_VALUE;
    if (!isAll) {
      return OptionalLong.empty();
    }
    long were = index.reached();
    var found = index.newest(question(Clauses.ALL), 1, Long.MAX_VALUE, Optional.empty(), deadline);
    return found.counted()
        ? OptionalLong.of(Math.max(0, were - found.total()))
        : OptionalLong.empty();
  }

  private static int compare(List<String> one, List<String> other) {
    int first = one.getFirst().compareTo(other.getFirst());
    return first != 0 ? first : one.getLast().compareTo(other.getLast());
  }

  private Question question(Clause clause) {
    return new Question(clause, order.scope(), order.fromMicros(), order.toMicros());
  }

  // The oldest or newest event of all.
  private Optional<Instant> edge(boolean first) {
    var all = question(Clauses.ALL);
    var found =
        first
            ? index.nearest(all, new Row(Long.MIN_VALUE, -1, -1), Side.LATER, 1, deadline)
            : index.newest(all, 1, 0, Optional.empty(), deadline);
    isExact &= found.exact();
    return found.rows().stream().findFirst().map(row -> Micros.toInstant(row.occurredAtMicros()));
  }

  private List<Found.Group> groups(Clause clause, Duration step) {
    var grouping =
        new Grouping(
            List.of(
                new Key.Value("agency"),
                new Key.Value("host.name"),
                new Key.Bin(step.toNanos() / 1_000)),
            List.of(new Measure.Count()),
            false,
            Grouping.Order.KEYS,
            MOST_GROUPS,
            Grouping.Bounds.defaults());
    try {
      var found = index.groups(question(clause), grouping, deadline);
      isExact &= found.exact();
      return found.groups();
    } catch (ClauseFault e) {
      isExact = false; // more than the index can work out at once: it is told that some is missing
      return List.of();
    }
  }

  private List<String> agencies() {
    var found = index.top(question(Clauses.ALL), "agency", MOST_AGENCIES, deadline);
    isExact &= found.exact();
    return found.values().stream().map(Found.Value::value).toList();
  }

  private Coverage.Of told(
      String agency, Sum sum, Optional<Instant> oldest, Optional<Instant> newest, Duration step) {
    if (oldest.isEmpty() || newest.isEmpty()) {
      return new Coverage.Of(agency, 0, 0, 0, List.of());
    }
    long width = step.toNanos() / 1_000;
    long from = Math.floorDiv(Micros.of(oldest.get()), width);
    long to = Math.floorDiv(Micros.of(newest.get()), width);
    return new Coverage.Of(
        agency,
        sum.events,
        sum.steps.size(),
        (int) Math.min(Integer.MAX_VALUE, to - from + 1),
        sum.gaps(from, to, width));
  }

  private static List<Coverage.Source> sources(Map<List<String>, Sum> all) {
    return all.entrySet().stream()
        .map(
            e ->
                new Coverage.Source(
                    e.getKey().getFirst(),
                    e.getKey().getLast(),
                    e.getValue().events,
                    Micros.toInstant(e.getValue().steps.first()),
                    Micros.toInstant(e.getValue().steps.last()),
                    e.getValue().steps.size()))
        .sorted(Comparator.comparingLong(Coverage.Source::events).reversed())
        .limit(Coverage.MOST_SOURCES)
        .toList();
  }

  /** Events by hour or day. */
  private static final class Sum {
    private final TreeSet<Long> steps = new TreeSet<>(); // beginnings, in microseconds
    private long events;

    void add(long at, long count) {
      steps.add(at);
      events += count;
    }

    List<Coverage.Gap> gaps(long from, long to, long width) {
      var gaps = new ArrayList<Coverage.Gap>();
      long at = from;
      for (long step : steps) {
        add(gaps, at, step / width, width);
        at = step / width + 1;
      }
      add(gaps, at, to + 1, width);
      return gaps;
    }

    private static void add(List<Coverage.Gap> gaps, long from, long to, long width) {
      if (to > from && gaps.size() < Coverage.MOST_GAPS) {
        gaps.add(new Coverage.Gap(Micros.toInstant(from * width), Micros.toInstant(to * width)));
      }
    }
  }
}
