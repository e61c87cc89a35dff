package mo.farol.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mo.farol.event.Event;
import mo.farol.event.Scope;
import mo.farol.store.Clause;
import mo.farol.store.ClauseFault;
import mo.farol.store.Deadline;
import mo.farol.store.EventIndex;
import mo.farol.store.Found;
import mo.farol.store.Question;
import mo.farol.store.Row;

/**
 * The questions of one search, asked on its own thread: see {@link Search#run}. Every answer is
 * within the scope asked with.
 */
public final class Questions {
  private static final int MOST_VALUES = 10_000;
  private static final long MOST_BYTES = 2L << 20;
  private static final int MOST_BINS = 2_000;
  private static final int CHECK = 15;

  // Into so many parts goes the time; one is for names of fields that have to be looked for.
  private static final int NAMES = 4;

  private final EventIndex index;
  private final EventReader reader;
  private final SearchConfig config;
  private final Running running;

  Questions(EventIndex index, EventReader reader, SearchConfig config, Running running) {
    this.index = index;
    this.reader = reader;
    this.config = config;
    this.running = running;
  }

  /**
   * Rows that match, newest first. A page ends early where its events have 2 MiB. A page's cursor
   * names its last row, so later pages neither repeat nor miss a row while events arrive. Throws
   * {@link QueryFault}.
   */
  public Hits find(SearchRequest request) {
    return find(request, question(request), System.nanoTime());
  }

  /**
   * What a query gives: events as {@link #find} does, or with stages after {@code |} the table that
   * the last one leaves. Throws {@link QueryFault}.
   *
   * @param rows of a table at most, 1 to 10,000; how many there are is told
   */
  public Answer ask(SearchRequest request, int rows) {
    long started = System.nanoTime();
    var asked = QueryParser.ask(request.query(), names(request));
    var question = question(request, asked.clause());
    if (asked.pipes().isEmpty()) {
      return new Answer.Events(find(request, question, started));
    }
    var work = new Piping(index, reader, config.pipes(), question, deadline());
    var table =
        running.amongTables(() -> answer(() -> work.table(asked.pipes(), request.countTo())));
    return new Answer.Rows(
        table.first(Math.clamp(rows, 1, config.limit())),
        table.rows().size(),
        work.matched(),
        work.counted(),
        work.partial(),
        Duration.ofNanos(System.nanoTime() - started));
  }

  private Hits find(SearchRequest request, Question question, long started) {
    int limit = Math.clamp(request.limit(), 1, config.limit());
    var after = request.cursor().map(Cursor::read);
    var deadline = deadline();
    var found = answer(() -> index.newest(question, limit, request.countTo(), after, deadline));
    var events = new ArrayList<Event>();
    var last = read(found.rows(), request.scope(), events, deadline);
    Optional<String> next =
        last.isPresent() || found.whole()
            ? last.filter(row -> found.more() || !row.equals(found.rows().getLast()))
                .map(Cursor::write)
            : request.cursor();
    return new Hits(
        events,
        found.total(),
        found.exact() && found.counted(),
        next,
        !found.whole(),
        Duration.ofNanos(System.nanoTime() - started));
  }

  /**
   * Where the rows that match stand, newest first, without reading their events.
   *
   * @param after the last row of the page before
   * @return not exact where the time was over first: rows may be missing
   */
  public Found.Rows rows(SearchRequest request, Optional<Row> after) {
    return answer(() -> index.newest(question(request), request.limit(), 0, after, deadline()));
  }

  /**
   * Counts over time of what a query's stages, if it has any, would begin with. The bins have a
   * width people can read and start at multiples of it.
   *
   * @param bins wished for; there will be about as many, at most 2,000
   */
  public Histogram histogram(SearchRequest request, int bins) {
    var grid = Grid.of(request.from(), request.to(), Math.clamp(bins, 1, MOST_BINS));
    var found =
        answer(
            () ->
                index.counts(
                    events(request),
                    grid.fromMicros(),
                    grid.widthMicros(),
                    grid.count(),
                    deadline()));
    var result = new ArrayList<Histogram.Bin>(grid.count());
    for (int i = 0; i < grid.count(); i++) {
      var severities = found.counts().subList(i * 8, i * 8 + 8);
      long total = severities.stream().mapToLong(Long::longValue).sum();
      result.add(new Histogram.Bin(grid.at(i), total, severities));
    }
    return new Histogram(grid.at(0), grid.width(), result, found.exact());
  }

  /**
   * The {@code n} most frequent values of a field, in lower case, as the index compares them.
   *
   * @param field its name, which may be a short one; none is where a backslash stands before it
   */
  public TopValues top(SearchRequest request, String field, int n) {
    String name = field.startsWith("\\") ? field.substring(1) : names(request).field(field);
    int most = Math.clamp(n, 1, MOST_VALUES);
    var events = events(request);
    var deadline = deadline();
    Supplier<Found.Values> work = () -> answer(() -> index.top(events, name, most, deadline));
    // Values of what is no facet are gone through in memory, as those of stages are.
    var found = index.isFacet(name) ? work.get() : running.amongTables(work);
    return new TopValues(name, values(found), found.withField(), found.total(), found.exact());
  }

  /** The fields that most matching events have as values, with how many have each. */
  public TopValues fields(SearchRequest request, int n) {
    int most = Math.clamp(n, 1, MOST_VALUES);
    var found = answer(() -> index.fields(events(request), most, deadline()));
    return new TopValues("", values(found), found.withField(), found.total(), found.exact());
  }

  /**
   * Events that came into the journal between two sequences, in the order in which they came.
   * Throws {@link Busy} where the time ran out because it mostly waited; an answer that lacks a day
   * which can't be looked at is given, and said not to be exact.
   *
   * @param most of them, those of the newest time
   */
  Tail.Part arrived(Clause clause, Scope scope, long from, long to, int most) {
    var question = Question.arrived(clause, scope, from, to);
    var deadline = deadline();
    var found =
        answer(() -> index.newest(question, most, Long.MAX_VALUE, Optional.empty(), deadline));
    boolean isWhole = found.whole() && found.counted();
    if (!isWhole && !running.hadItsTime()) {
      throw Busy.noTurn();
    }
    var events = new ArrayList<Event>();
    read(found.rows(), scope, events, deadline);
    events.sort(Comparator.comparingLong(event -> event.id().sequence()));
    return new Tail.Part(
        events, found.total() - events.size(), to, isWhole && found.missing() == 0);
  }

  // Without the stages.
  private Question events(SearchRequest request) {
    var asked = QueryParser.ask(request.query(), names(request));
    return question(request, asked.clause());
  }

  /** What a query without stages asks of the index. Throws {@link QueryFault}. */
  Question question(SearchRequest request) {
    return question(request, QueryParser.parse(request.query(), names(request)));
  }

  /**
   * What a query asks for that is followed from a sequence on, once it proved sound. Throws {@link
   * QueryFault}, also for one with stages.
   */
  Clause followed(String query, Scope scope, long at) {
    var names = new Names(index, scope, Long.MIN_VALUE, Long.MAX_VALUE, true, this::timeForNames);
    var asked = QueryParser.ask(query, names);
    if (!asked.pipes().isEmpty()) {
      int column = query.indexOf(Splitting.stages(query)) + 1;
      throw new QueryFault(column, "what is followed live has no stages");
    }
    arrived(asked.clause(), scope, at, at, 1);
    return asked.clause();
  }

  private Names names(SearchRequest request) {
    return new Names(
        index,
        request.scope(),
        Cursor.micros(request.from()),
        Cursor.micros(request.to()),
        false,
        this::timeForNames);
  }

  private Deadline timeForNames() {
    return running.deadline(config.deadline().dividedBy(NAMES));
  }

  private static Question question(SearchRequest request, Clause clause) {
    return new Question(
        clause, request.scope(), Cursor.micros(request.from()), Cursor.micros(request.to()));
  }

  // Up to the row that makes the page too large for memory; gives the last one that was read.
  private Optional<Row> read(List<Row> rows, Scope scope, List<Event> into, Deadline deadline) {
    long size = 0;
    int seen = 0;
    for (var row : rows) {
      if ((++seen & CHECK) == 0) {
        deadline.check();
      }
      var found = reader.recall(row.sequence(), row.position()).filter(r -> maySee(r, scope));
      if (found.isPresent()) {
        into.add(found.get().event());
        size += found.get().frame().bytes().remaining();
      }
      if (size > MOST_BYTES) {
        return Optional.of(row);
      }
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast());
  }

  private static List<TopValues.Value> values(Found.Values found) {
    return found.values().stream()
        .map(value -> new TopValues.Value(value.value(), value.count()))
        .toList();
  }

  private static boolean maySee(EventReader.Recalled found, Scope scope) {
    return scope.sees(found.event().source().agency());
  }

  private Deadline deadline() {
    return running.deadline(config.deadline());
  }

  private interface Asking<T> {
    T ask();
  }

  private static <T> T answer(Asking<T> asking) {
    try {
      return asking.ask();
    } catch (ClauseFault e) {
      throw new QueryFault(e.column(), String.valueOf(e.getMessage()));
    }
  }
}
