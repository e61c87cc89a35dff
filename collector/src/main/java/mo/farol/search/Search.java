package mo.farol.search;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import mo.farol.store.Deadline;
import mo.farol.store.EventIndex;

/**
 * Questions people ask. Every answer is within the scope asked with. Any thread: the work is done
 * on threads of its own, and the caller's waits. Whoever is known by name asks by {@link #run}; the
 * other questions are the centre's own.
 */
public final class Search implements AutoCloseable {
  private static final int HARVESTED = 4_000;

  private final EventIndex index;
  private final EventReader reader;
  private final SearchConfig config;
  private final Searches searches;
  private final Around around;

  /** With usual lanes, measured by nobody. */
  public Search(EventIndex index, EventReader reader, SearchConfig config) {
    this(
        index,
        reader,
        config,
        LaneConfig.defaults(),
        InstantSource.system(),
        new SimpleMeterRegistry());
  }

  public Search(
      EventIndex index,
      EventReader reader,
      SearchConfig config,
      LaneConfig lanes,
      InstantSource clock,
      MeterRegistry metrics) {
    this.index = index;
    this.reader = reader;
    this.config = config;
    this.around = new Around(index, reader);
    this.searches = new Searches(lanes, config.pipes().atOnce(), clock, metrics);
  }

  /**
   * Does what belongs to one search on a thread of its own, once its turn has come, and waits for
   * it: questions, and what is made of their answers. Meanwhile it can be seen and cancelled.
   *
   * @param query as it is told to who looks at what is under way
   * @param work what it throws is thrown here
   * @throws Busy where too many searches are under way, or its turn did not come in its time
   * @throws Cancelled where it was
   */
  public <T> T run(Asker asker, String query, Function<Questions, T> work) {
    return searches.run(
        asker,
        query,
        config.deadline(),
        running -> work.apply(new Questions(index, reader, config, running)));
  }

  /**
   * Does long work over the index on a thread of its own, as {@link #run} does: first among light
   * searches, soon among heavy ones.
   *
   * @param what as it is told to who looks at what is under way
   * @param time for all of it, the wait for its turn included
   * @param work looks at its deadline often: there it is held up, ended and cancelled
   * @throws Busy as {@link #run}
   * @throws Cancelled as {@link #run}
   */
  public <T> T work(Asker asker, String what, Duration time, Function<Deadline, T> work) {
    return searches.run(asker, what, time, running -> work.apply(running.deadline(time)));
  }

  /** The searches under way that somebody may know of, the one asked first first. */
  public List<UnderWay> underWay(Asker asker) {
    return searches.seenBy(asker);
  }

  /** Ends a search soon; false where there is none, or none that this person may know of. */
  public boolean cancel(String id, Asker by) {
    return searches.cancel(id, by);
  }

  /**
   * Begins to follow a query: each event that matches and becomes searchable from now on, once.
   * Throws {@link QueryFault}, also for a query with stages or one that the index can't work out,
   * and what {@link #run} does.
   *
   * @param next where a tail before this one ended, {@link Tail.Part#next}; empty: now. One beyond
   *     all there is, as after a restore, is now too, and its first part says that it is not exact
   */
  public Tail follow(Asker asker, String query, Scope scope, Optional<Long> next) {
    long reached = reached();
    long at = Math.min(next.orElse(reached), reached);
    var clause = run(asker, query, questions -> questions.followed(query, scope, at));
    return new Tail(this, asker, query, clause, scope, at, next.orElse(at) > at);
  }

  /** See {@link Questions#find}. */
  Hits find(SearchRequest request) {
    return own(request, questions -> questions.find(request));
  }

  /** See {@link Questions#ask}. */
  Answer ask(SearchRequest request, int rows) {
    return own(request, questions -> questions.ask(request, rows));
  }

  /** See {@link Questions#histogram}. */
  Histogram histogram(SearchRequest request, int bins) {
    return own(request, questions -> questions.histogram(request, bins));
  }

  /** See {@link Questions#top}. */
  TopValues top(SearchRequest request, String field, int n) {
    return own(request, questions -> questions.top(request, field, n));
  }

  /** See {@link Questions#fields}. */
  TopValues fields(SearchRequest request, int n) {
    return own(request, questions -> questions.fields(request, n));
  }

  /** One event with its frame; empty where there is none, or none that this scope may see. */
  public Optional<EventReader.Recalled> event(EventId id, Scope scope) {
    return reader.recall(id.sequence(), -1).filter(found -> maySee(found.event(), scope));
  }

  /**
   * The lines around an event; empty where this scope sees no such event, or none to count from.
   * Throws as {@link #run} does.
   */
  public Optional<Around.Lines> around(Asker asker, EventId id, Scope scope, Around.Asked asked) {
    return searches.run(
        asker,
        "id:" + id.sequence(),
        config.deadline(),
        running ->
            around.of(
                id,
                scope,
                asked,
                () -> running.deadline(config.deadline().dividedBy(asked.sides()))));
  }

  /**
   * All that matches, one event at a time, whatever its number; a minute for each few thousand,
   * each of which is a search under way. Limit and cursor of the request are not looked at. Throws
   * {@link QueryFault}.
   */
  public Harvest harvest(Asker asker, SearchRequest request) {
    long end = index.reached();
    var question = run(asker, request.query(), questions -> questions.question(request));
    return new Harvest(
        reader,
        request.scope(),
        end,
        HARVESTED,
        (limit, countTo, after, patience) ->
            searches.run(
                asker,
                request.query(),
                patience,
                running ->
                    index.newest(
                        countTo > 0 ? question.before(end) : question,
                        limit,
                        countTo,
                        after,
                        running.deadline(patience))),
        () -> index.replaced(question));
  }

  /** Names of fields to write next, within a scope, those the index knows of itself included. */
  public List<String> fieldNames(String prefix, Scope scope, int n) {
    var time = Deadline.in(config.deadline());
    var found = index.fieldNames(prefix, scope, Long.MIN_VALUE, Long.MAX_VALUE, time).names();
    var own = index.ownFields().stream().filter(name -> name.startsWith(prefix));
    return Stream.concat(found.stream(), own).sorted().distinct().limit(n).toList();
  }

  /** Every event with a lower sequence can be found. */
  public long searchable() {
    return index.searchable();
  }

  /**
   * Sequence after the last event that is or was searchable, where what is new begins: beyond
   * {@link #searchable} while a part of the index is made again.
   */
  public long reached() {
    return index.reached();
  }

  /** Cancels what is under way and waits for it. */
  @Override
  public void close() {
    searches.close();
  }

  private <T> T own(SearchRequest request, Function<Questions, T> work) {
    return run(Asker.CENTRE, request.query(), work);
  }

  private static boolean maySee(Event event, Scope scope) {
    return scope.sees(event.source().agency());
  }
}
