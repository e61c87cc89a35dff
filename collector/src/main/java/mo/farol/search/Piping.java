package mo.farol.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Scope;
import mo.farol.pipe.Columns;
import mo.farol.pipe.Pipe;
import mo.farol.pipe.Stages;
import mo.farol.pipe.Table;
import mo.farol.store.Cell;
import mo.farol.store.Deadline;
import mo.farol.store.EventIndex;
import mo.farol.store.Found;
import mo.farol.store.Grouping;
import mo.farol.store.Partial;
import mo.farol.store.Question;
import mo.farol.store.Row;

/**
 * Works one query with stages off: what groups events is asked of the index, any other first stage
 * of the newest events, read from the journal up to a bound; the rest goes over the rows.
 */
final class Piping {
  /** Text of rows that is kept in memory, in characters. */
  private static final long MOST_CHARACTERS = 16L << 20;

  private static final int CHECK = 15;

  private final EventIndex index;
  private final EventReader reader;
  private final PipeConfig config;
  private final Question question;
  private final Deadline deadline;
  private final List<Partial> partial = new ArrayList<>();
  private long matched;
  private boolean counted = true;

  Piping(
      EventIndex index,
      EventReader reader,
      PipeConfig config,
      Question question,
      Deadline deadline) {
    this.index = index;
    this.reader = reader;
    this.config = config;
    this.question = question;
    this.deadline = deadline;
  }

  /** What was told to be missing. */
  List<Partial> partial() {
    return partial;
  }

  /** Events that match. */
  long matched() {
    return matched;
  }

  /** Whether they were all counted. */
  boolean counted() {
    return counted;
  }

  /** The table that the last stage leaves. */
  Table table(List<Pipe> asked, long countTo) {
    var pipes = withoutIdleFields(asked);
    var first = pipes.getFirst();
    var rest = pipes.subList(1, pipes.size());
    if (first instanceof Pipe.Group group && Groupings.takes(group)) {
      var limit = limit(rest);
      var grouping = Groupings.of(group, limit, config.bounds());
      return stages(rest, grouped(grouping, Columns.of(group), limit.isPresent()));
    }
    if (first instanceof Pipe.Top top && Groupings.takes(top)) {
      var columns = Columns.of(Columns.counting(top));
      return stages(rest, grouped(Groupings.of(top, config.bounds()), columns, true));
    }
    if (first instanceof Pipe.Dedup dedup && Groupings.takes(dedup)) {
      return stages(rest, newestOfEach(dedup, pipes));
    }
    return stages(pipes, newest(pipes, countTo));
  }

  private Table stages(List<Pipe> pipes, Table table) {
    return Stages.apply(pipes, table, deadline, this::late);
  }

  private void late(int rows) {
    if (partial.stream().noneMatch(p -> p.kind() == Partial.Kind.TIME)) {
      partial.add(new Partial(Partial.Kind.TIME, matched, 0));
    }
    partial.add(new Partial(Partial.Kind.KEPT, Stages.LATE, rows));
  }

  // "fields a, b | count by a" counts all events as well as "count by a" does.
  private static List<Pipe> withoutIdleFields(List<Pipe> pipes) {
    boolean isIdle =
        pipes.size() > 1
            && pipes.getFirst() instanceof Pipe.Fields
            && (pipes.get(1) instanceof Pipe.Group || pipes.get(1) instanceof Pipe.Top)
            && Groupings.takes(pipes.get(1));
    return isIdle ? pipes.subList(1, pipes.size()) : pipes;
  }

  private static Optional<Integer> limit(List<Pipe> pipes) {
    for (var pipe : pipes) {
      if (pipe instanceof Pipe.Limit limit) {
        return Optional.of(limit.n());
      }
      if (!(pipe instanceof Pipe.Fields)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Table grouped(Grouping grouping, List<Table.Column> columns, boolean wantedFew) {
    var groups = groups(grouping, wantedFew);
    return new Table(columns, groups.groups().stream().map(Found.Group::cells).toList());
  }

  private Found.Groups groups(Grouping grouping, boolean wantedFew) {
    var groups = index.groups(question, grouping, deadline);
    matched = groups.total();
    counted = !deadline.missed();
    groups.partial().stream()
        .filter(p -> !(wantedFew && p.kind() == Partial.Kind.KEPT))
        .forEach(partial::add);
    return groups;
  }

  private Table newestOfEach(Pipe.Dedup dedup, List<Pipe> pipes) {
    var limit = limit(pipes.subList(1, pipes.size()));
    var groups = groups(Groupings.of(dedup, config.rows(), config.bounds()), limit.isPresent());
    int last = dedup.names().size();
    var rows =
        groups.groups().stream()
            .map(group -> group.cells().get(last))
            .filter(Cell.Place.class::isInstance)
            .map(cell -> ((Cell.Place) cell).row())
            .distinct()
            .sorted(Comparator.naturalOrder())
            .limit(limit.orElse(Integer.MAX_VALUE))
            .toList();
    return read(rows, Needs.of(pipes), rows.size(), false);
  }

  private Table newest(List<Pipe> pipes, long countTo) {
    var limit = limit(pipes);
    int wanted = Math.min(limit.orElse(config.rows()), config.rows());
    var found = index.newest(question, wanted, countTo, Optional.empty(), deadline);
    matched = found.total();
    counted = found.exact() && found.counted();
    if (found.missing() > 0) {
      partial.add(new Partial(Partial.Kind.DAYS, found.missing(), 0));
    }
    if (!found.whole()) {
      partial.add(new Partial(Partial.Kind.TIME, matched, 0));
    }
    boolean isCut = found.more() && limit.filter(n -> n <= wanted).isEmpty();
    return read(found.rows(), Needs.of(pipes), matched, isCut);
  }

  private Table read(List<Row> rows, List<String> fields, long of, boolean isCut) {
    var read = new ArrayList<List<Cell>>();
    long characters = 0;
    int done = 0;
    for (; done < rows.size() && characters < MOST_CHARACTERS; done++) {
      if ((done & CHECK) == CHECK && deadline.isOver()) {
        break;
      }
      var row = rows.get(done);
      var recalled = reader.recall(row.sequence(), row.position()).filter(r -> maySee(r));
      if (recalled.isPresent()) {
        var cells = EventCells.of(recalled.get(), fields);
        read.add(cells);
        characters += cells.stream().mapToLong(cell -> cell.text().length()).sum();
      }
    }
    if (isCut || read.size() < rows.size()) {
      partial.add(new Partial(Partial.Kind.READ, read.size(), Math.max(of, rows.size())));
    }
    return new Table(fields.stream().map(Table.Column::ofField).toList(), read);
  }

  private boolean maySee(EventReader.Recalled found) {
    Scope scope = question.scope();
    return scope.sees(found.event().source().agency());
  }
}
