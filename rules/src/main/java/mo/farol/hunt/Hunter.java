package mo.farol.hunt;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mo.farol.event.EventBatch;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.flow.Rereading;
import mo.farol.journal.EventLog;
import mo.farol.search.Asker;
import mo.farol.search.Search;
import mo.farol.store.Clause;
import mo.farol.store.ClauseFault;
import mo.farol.store.Deadline;
import mo.farol.store.EventIndex;
import mo.farol.store.Question;
import mo.farol.store.Row;
import mo.farol.store.Side;

/**
 * Hunts. The index is asked for what may match, that is read back from the journal in its order,
 * and the matcher decides. Any thread: each hunt works on one of the search room's, and its caller
 * waits.
 */
public final class Hunter {
  /** Hits that are kept; all are counted. */
  public static final int MOST_HITS = 10_000;

  private final EventIndex index;
  private final EventLog journal;
  private final Search search;
  private final Counting.Bounds bounds;

  public Hunter(EventIndex index, EventLog journal, Search search) {
    this(index, journal, search, Counting.Bounds.defaults());
  }

  Hunter(EventIndex index, EventLog journal, Search search, Counting.Bounds bounds) {
    this.index = index;
    this.journal = journal;
    this.search = search;
    this.bounds = bounds;
  }

  /**
   * Hunts until all is found or the time is over.
   *
   * @param asker whose search it is; where they have left, it ends
   * @param title as it is told to who looks at what is under way
   * @throws mo.farol.search.Busy where too many searches are under way
   * @throws mo.farol.search.Cancelled where it was
   */
  public HuntResult hunt(Asker asker, String title, HuntOrder order, HuntProgress progress) {
    return search.work(
        asker, title, order.time(), deadline -> new Run(order, progress, deadline).result());
  }

  /** One hunt under way. */
  private final class Run {
    private final HuntOrder order;
    private final Past past;
    private final HuntProgress progress;
    private final Deadline deadline;
    private final long started = System.nanoTime();
    private final long end = index.reached();
    private final Tally tally;
    private final SequenceSet wanted = new SequenceSet();
    private final Set<HuntResult.Shortfall> shortfalls = EnumSet.noneOf(HuntResult.Shortfall.class);
    private long events;
    private long read;
    private long missing;

    Run(HuntOrder order, HuntProgress progress, Deadline deadline) {
      this.order = order;
      past = Past.of(order);
      this.progress = progress;
      this.deadline = deadline;
      tally = new Tally(MOST_HITS, progress);
    }

    HuntResult result() {
      long replacedBefore = index.replaced(question(Clauses.ALL));
      progress.now(HuntProgress.Phase.ASKING);
      count();
      var plan = plan(names());
      ask(plan.questions());
      progress.now(HuntProgress.Phase.READING);
      var judge = judge();
      judge.counting().ifPresent(_ -> progress.isToCount());
      read(judge);
      judge.counting().ifPresent(this::count);
      judge.counted();
      progress.now(HuntProgress.Phase.COVERAGE);
      var coverage = new Covering(index, order, deadline).of(plan);
      settle(judge, replacedBefore);
      progress.now(HuntProgress.Phase.DONE);
      return new HuntResult(
          events,
          read,
          missing,
          tally.matched,
          judge.groups(),
          tally.finds(),
          tally.agencies,
          tally.hours,
          tally.hits,
          shortfalls,
          coverage,
          judge.counting().map(_ -> past.warmUp(oldest())),
          judge.comparison(),
          Duration.ofNanos(System.nanoTime() - started));
    }

    private void settle(Judge judge, long replacedBefore) {
      note(deadline.missed(), HuntResult.Shortfall.TIME);
      note(missing > 0, HuntResult.Shortfall.FRAMES);
      judge.shortfalls(shortfalls::add);
      note(index.replaced(question(Clauses.ALL)) > replacedBefore, HuntResult.Shortfall.REPLACED);
    }

    private void note(boolean isSo, HuntResult.Shortfall shortfall) {
      if (isSo) {
        shortfalls.add(shortfall);
      }
    }

    private Question question(Clause clause) {
      return new Question(clause, order.scope(), past.fromMicros(), order.toMicros());
    }

    private void count() {
      events =
          index
              .newest(question(Clauses.ALL), 1, Long.MAX_VALUE, Optional.empty(), deadline)
              .total();
      progress.events(events);
    }

    private IndexNames names() {
      var found =
          index.fieldNames("", order.scope(), past.fromMicros(), order.toMicros(), deadline);
      note(!found.exact(), HuntResult.Shortfall.DAYS);
      return new IndexNames(found.names(), Set.copyOf(index.ownFields()));
    }

    private Plan plan(IndexNames names) {
      return switch (order.target()) {
        case HuntTarget.Rules rules -> RulePlan.of(rules, names);
        case HuntTarget.Indicators(var set) ->
            IndicatorPlan.of(set, names, index, question(Clauses.ALL), deadline, shortfalls::add);
      };
    }

    private void ask(List<Plan.Ask> questions) {
      progress.asks(questions.size());
      int asked = 0;
      for (var ask : questions) {
        if (deadline.isOver()) {
          return;
        }
        ask(ask);
        progress.asked(++asked, wanted.size());
      }
    }

    // What is more than the index can work out at once is asked for in a wider way.
    private void ask(Plan.Ask ask) {
      for (var clause : List.of(ask.clause(), ask.fallback())) {
        try {
          sweep(clause);
          return;
        } catch (ClauseFault e) {
          // the next finds no less
        }
      }
      sweep(Clauses.ALL);
    }

    private void sweep(Clause clause) {
      var found = index.sweep(question(clause), (_, sequence) -> want(sequence), deadline);
      note(!found.exact() && !deadline.missed(), HuntResult.Shortfall.DAYS);
    }

    // What came since this began may lie beyond what can be read back.
    private void want(long sequence) {
      if (sequence < end) {
        wanted.add(sequence);
      }
    }

    private Judge judge() {
      return switch (order.target()) {
        case HuntTarget.Rules rules -> new RuleJudge(rules, order, tally, bounds);
        case HuntTarget.Indicators(var set) -> new IndicatorJudge(set, tally);
      };
    }

    private void read(Judge judge) {
      try (var rereading = new Rereading(journal, wanted::next, batch -> look(batch, judge))) {
        for (long at = 0; at >= 0 && !deadline.isOver(); ) {
          at = rereading.read(at);
          progress.read(rereading.read() + rereading.missing());
        }
        read = rereading.read();
        missing = rereading.missing();
      }
    }

    private void count(Counting counting) {
      progress.now(HuntProgress.Phase.COUNTING);
      counting.run(journal, past.end(lastReceipt()), this::newestOf, deadline, progress);
      missing += counting.missing();
    }

    // Time has come as far as the newest frame says, whoever sent it.
    private Optional<Instant> lastReceipt() {
      return end == 0
          ? Optional.empty()
          : journal
              .holding(end - 1)
              .map(block -> Micros.toInstant(block.frames().receivedAtMicros()));
    }

    private long newestOf(Import of) {
      var lane = new Clause.Term("farol.lane", of.lane(), 1);
      var question = new Question(lane, Scope.of(of.agency()), past.fromMicros(), order.toMicros());
      return index.newest(question, 1, 0, Optional.empty(), deadline).rows().stream()
          .mapToLong(Row::occurredAtMicros)
          .findFirst()
          .orElse(Long.MIN_VALUE);
    }

    private Optional<Instant> oldest() {
      var first = new Row(Long.MIN_VALUE, -1, -1);
      var all = new Question(Clauses.ALL, order.scope(), Long.MIN_VALUE, order.toMicros());
      return index.nearest(all, first, Side.LATER, 1, deadline).rows().stream()
          .findFirst()
          .map(row -> Micros.toInstant(row.occurredAtMicros()));
    }

    private void look(EventBatch batch, Judge judge) {
      if (order.scope().sees(batch.origin().agency())) {
        for (int i = batch.first(); i < batch.count(); i++) {
          judge.look(batch, i);
        }
      }
    }
  }
}
