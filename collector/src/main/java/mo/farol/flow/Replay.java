package mo.farol.flow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.journal.EventLog;
import mo.farol.search.Asker;
import mo.farol.search.Search;
import mo.farol.search.SearchRequest;
import mo.farol.store.EventIndex;
import mo.farol.store.Replacement;
import mo.farol.store.Row;

/**
 * Reads frames again that no parser could read when they arrived, after a parser was mended. The
 * new event takes the place of the rejected one under the same id, and is watched in a lane of its
 * own, for live windows are past it. Any thread may call; the belts do the changes.
 */
public final class Replay {
  /** The lane in which events read again are watched. */
  public static final String LANE = "replay";

  /** Query of what no parser could read. */
  public static final String REJECTED = "farol.rejected:*";

  private static final int AT_ONCE = 256;
  private static final int PAGE = 1_000;
  // Bounds one call; what is older is left for the next.
  private static final int MOST_ROWS = 100_000;
  private static final long WAIT_SECONDS = 60;

  /**
   * What came of it.
   *
   * @param read frames that can be read now
   * @param still frames that still can't
   */
  public record Outcome(long read, long still) {
    /** Both together. */
    public Outcome and(Outcome other) {
      return new Outcome(read + other.read, still + other.still);
    }
  }

  private final Search search;
  private final EventLog journal;
  private final EventIndex index;
  private final Follower indexing;
  private final Follower detecting;
  private final Consumer<EventBatch> watch;
  private final Supplier<BatchParser> parsers;

  /**
   * @param search finds what was rejected
   * @param indexing the belt of {@code index}
   * @param detecting the belt of {@code watch}
   * @param watch looks at events out of their order
   * @param parsers a parser of one's own for each call
   */
  public Replay(
      Search search,
      EventLog journal,
      EventIndex index,
      Follower indexing,
      Follower detecting,
      Consumer<EventBatch> watch,
      Supplier<BatchParser> parsers) {
    this.search = search;
    this.journal = journal;
    this.index = index;
    this.indexing = indexing;
    this.detecting = detecting;
    this.watch = watch;
    this.parsers = parsers;
  }

  /**
   * Reads again what of it was rejected, the newest 100,000 frames; returns once those that can be
   * read now are searchable as what they are.
   *
   * @param asker whose searches the looking is
   * @param query what else they must match; empty for all
   * @param scope the agencies whose frames these are
   * @throws mo.farol.search.QueryFault where the query can't be understood
   * @throws ReplayCut where not all could be found in time and nothing was done, what was found
   *     could not all be put in place, or a day of the index is made again
   */
  public Outcome replay(Asker asker, String query, Scope scope, Instant from, Instant to) {
    String both = query.isBlank() ? REJECTED : REJECTED + " AND (" + query + ")";
    var request = new SearchRequest(both, scope, from, to, PAGE, Optional.empty());
    var rows = new ArrayList<Row>();
    var page = page(asker, request, Optional.empty());
    while (!page.isEmpty() && rows.size() < MOST_ROWS) {
      rows.addAll(page);
      page = page(asker, request, Optional.of(page.getLast()));
    }
    rows.sort(Comparator.comparingLong(Row::sequence));
    return replay(rows);
  }

  private List<Row> page(Asker asker, SearchRequest request, Optional<Row> after) {
    var found = search.run(asker, request.query(), questions -> questions.rows(request, after));
    if (!found.exact()) {
      throw new ReplayCut(
          "Not all that was rejected could be found in the time of a search, and nothing was read"
              + " again; ask again in some seconds, or for a shorter time.");
    }
    return found.rows();
  }

  // In the order of the journal, so that windows see what was said in the order it was said.
  private Outcome replay(List<Row> rejected) {
    var parser = parsers.get();
    var outcome = new Outcome(0, 0);
    for (int from = 0; from < rejected.size(); from += AT_ONCE) {
      var some = rejected.subList(from, Math.min(rejected.size(), from + AT_ONCE));
      outcome = outcome.and(some(some, parser));
    }
    return outcome;
  }

  // Watched first: what fails before it stands in the index is found and tried again.
  private Outcome some(List<Row> rejected, BatchParser parser) {
    mustBeWhole();
    var mended = new ArrayList<Replacement>();
    var watched = new ArrayList<EventBatch>();
    for (var row : rejected) {
      frame(row.sequence()).ifPresent(block -> read(block, row, parser, mended, watched));
    }
    if (!mended.isEmpty()) {
      await(detecting, () -> watched.forEach(watch));
      await(indexing, () -> replace(mended));
    }
    return new Outcome(mended.size(), (long) rejected.size() - mended.size());
  }

  // A day that is made again has not come to all that is to be replaced.
  private void mustBeWhole() {
    if (index.isMending()) {
      throw new ReplayCut(
          "a day of the index is made again; try again once it is, the page Proof says when");
    }
  }

  private void replace(List<Replacement> mended) {
    index.replace(mended.stream().filter(m -> isStillThere(m.one())).toList());
    index.refresh();
  }

  // Retention may have taken the frame meanwhile.
  private boolean isStillThere(EventBatch one) {
    return frame(one.sequence(one.first())).isPresent();
  }

  private Optional<EventLog.Block> frame(long sequence) {
    return journal
        .holding(sequence)
        .filter(
            block -> {
              int i = (int) (sequence - block.firstSequence());
              return i < block.frames().count() && block.frames().end(i) > block.frames().start(i);
            });
  }

  private static void read(
      EventLog.Block block,
      Row row,
      BatchParser parser,
      List<Replacement> mended,
      List<EventBatch> watched) {
    var frame = block.frames().slice((int) (row.sequence() - block.firstSequence()), 1);
    var again = parse(parser, frame, row.sequence(), block.position());
    if (again.rejection(0) == null) {
      mended.add(new Replacement(again, row.occurredAtMicros()));
      watched.add(parse(parser, inLane(frame), row.sequence(), block.position()));
    }
  }

  private static EventBatch parse(
      BatchParser parser, FrameBatch frame, long sequence, long position) {
    var batch = new EventBatch();
    parser.parse(frame, sequence, position, batch);
    return batch;
  }

  private static FrameBatch inLane(FrameBatch frame) {
    var o = frame.origin();
    String lane = o.isLive() ? LANE : o.lane();
    return frame.withOrigin(
        new Origin(
            o.agency(), o.input(), o.peer(), lane, o.exercise(), o.format(), o.year(), o.zone()));
  }

  private static void await(Follower belt, Runnable task) {
    var done = new CompletableFuture<Boolean>();
    belt.between(
        () -> {
          if (done.isCancelled()) {
            return; // nobody waits for it any more
          }
          try {
            task.run();
            done.complete(true);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
            throw e;
          }
        });
    try {
      done.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an event could not be put in place", e.getCause());
    } catch (TimeoutException e) {
      done.cancel(false);
      throw new ReplayCut(
          "Farol was too busy for a minute to put what was read again in its place; what is left"
              + " stays rejected: ask again later.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
