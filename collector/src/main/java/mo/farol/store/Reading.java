package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Scope;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;

/** Answers questions over the days their time range touches. Any thread. */
final class Reading {
  private final Sight sight;
  private final KeptCounts tables;
  private final KeptTops tops;
  private final Sequences sequences;
  private final KnownNames names;

  Reading(Sight sight, KeptCounts tables, KeptTops tops, Sequences sequences, KnownNames names) {
    this.sight = sight;
    this.tables = tables;
    this.tops = tops;
    this.sequences = sequences;
    this.names = names;
  }

  Found.Rows newest(
      Question question, int limit, long countTo, Optional<Row> after, Deadline deadline)
      throws IOException {
    var newest = new Newest(limit, countTo, after);
    if (!question.hasTime()) {
      return newest.rows();
    }
    var readers = acquire(question);
    try {
      var all = segments(question, readers, deadline);
      ahead(all, deadline);
      ahead(all, deadline);
      for (var segment : all) {
        newest.look(after.map(row -> until(segment, row)).orElse(segment), deadline);
        passed(segment, deadline);
      }
      for (var segment : all) {
        newest.count(segment, deadline);
        passed(segment, deadline);
      }
    } finally {
      release(readers);
    }
    return newest.rows();
  }

  private static Segment until(Segment segment, Row last) {
    return last.occurredAtMicros() == Long.MAX_VALUE
        ? segment
        : segment.within(Long.MIN_VALUE, last.occurredAtMicros() + 1);
  }

  Found.Rows nearest(Question question, Row of, Side side, int limit, Deadline deadline)
      throws IOException {
    var nearest = new Nearest(of, side, limit, sequences);
    var asked = side.within(question, of);
    if (!asked.hasTime()) {
      return nearest.rows(true);
    }
    var readers = acquire(asked);
    try {
      var all = nearest.inOrder(segments(asked, readers, deadline), deadline);
      ahead(all, deadline);
      for (var segment : all) {
        nearest.look(segment, deadline);
        passed(segment, deadline);
      }
    } catch (Deadline.Late e) {
      return nearest.rows(false);
    } finally {
      release(readers);
    }
    return nearest.rows(!deadline.missed());
  }

  Found.Swept sweep(Question question, Sweeping look, Deadline deadline) throws IOException {
    over(question, deadline, (segment, time) -> sweep(segment, look, time));
    return new Found.Swept(!deadline.missed());
  }

  private static void sweep(Segment segment, Sweeping look, Deadline deadline) throws IOException {
    var times = DocValues.getNumeric(segment.reader(), Layout.TIME);
    var sequences = DocValues.getNumeric(segment.reader(), Layout.SEQUENCE);
    segment.all(
        doc -> {
          times.advanceExact(doc);
          sequences.advanceExact(doc);
          look.at(times.longValue(), sequences.longValue());
        },
        deadline);
  }

  Found.Passed values(String field, Question question, ValueTest test, int most, Deadline deadline)
      throws IOException {
    var passing = new KeptValues.Passing(field, test, most);
    var anything =
        new Question(
            new Clause.All(),
            question.scope(),
            question.fromMicros(),
            question.toMicros(),
            question.fromSequence(),
            Long.MAX_VALUE);
    over(anything, deadline, passing::look);
    return new Found.Passed(passing.values(), passing.isAll(), !deadline.missed());
  }

  Found.Counts counts(
      Question question, long fromMicros, long widthMicros, int bins, Deadline deadline)
      throws IOException {
    var counting = new Counting(tables, fromMicros, widthMicros, bins);
    over(question, deadline, counting::look);
    return new Found.Counts(counting.counts(), !deadline.missed());
  }

  Found.Values top(Question question, String field, int n, Deadline deadline) throws IOException {
    try (var frequent = new Frequent(field, tops)) {
      over(question, deadline, frequent::look, frequent::end);
      return frequent.values(n, !deadline.missed());
    }
  }

  Found.Values fields(Question question, int n, Deadline deadline) throws IOException {
    var shared = new FieldNames();
    over(question, deadline, shared::look);
    return shared.values(n, !deadline.missed());
  }

  Found.Groups groups(Question question, Grouping grouping, Deadline deadline) throws IOException {
    var grouped = new Grouped(grouping);
    over(question, deadline, grouped::look);
    return grouped.groups(deadline);
  }

  Found.Names fieldNames(
      String prefix, Scope scope, long fromMicros, long toMicros, Deadline deadline)
      throws IOException {
    boolean whole = true;
    for (var shard : sight.of(new Question(new Clause.All(), scope, fromMicros, toMicros))) {
      // One at a time, for a day that nobody asked about since the start is opened here.
      var reader = deadline.isOver() ? null : shard.acquire();
      whole &= !deadline.missed();
      if (reader != null) {
        try {
          whole &= read(reader, scope, deadline);
        } finally {
          reader.decRef();
        }
      }
    }
    return new Found.Names(names.names(prefix, scope), whole);
  }

  private boolean read(DirectoryReader reader, Scope scope, Deadline deadline) throws IOException {
    for (var leaf : reader.leaves()) {
      if (!names.read(leaf.reader(), scope, deadline)) {
        return false;
      }
    }
    return true;
  }

  /** Looks at the matches of one segment. */
  interface Look {
    void at(Segment segment, Deadline deadline) throws IOException;
  }

  /** What is left to do once all segments were looked at. */
  interface End {
    void at(Deadline deadline) throws IOException;
  }

  private void over(Question question, Deadline deadline, Look look) throws IOException {
    over(question, deadline, look, _ -> {});
  }

  private void over(Question question, Deadline deadline, Look look, End end) throws IOException {
    if (!question.hasTime()) {
      return;
    }
    var readers = acquire(question);
    try {
      var all = segments(question, readers, deadline);
      ahead(all, deadline);
      for (var segment : all) {
        if (deadline.isOver()) {
          break;
        }
        look.at(segment, deadline);
        passed(segment, deadline);
      }
      end.at(deadline);
    } catch (Deadline.Late e) {
      return; // as if it had been seen before the segment; the deadline knows that it was missed
    } finally {
      release(readers);
    }
  }

  private static void ahead(List<Segment> segments, Deadline deadline) {
    deadline.watcher().ahead(segments.stream().mapToLong(s -> s.reader().maxDoc()).sum());
  }

  private static void passed(Segment segment, Deadline deadline) {
    deadline.watcher().passed(segment.reader().maxDoc());
  }

  /** Segments that may hold matches, the one with the newest event first. */
  private List<Segment> segments(
      Question question, List<DirectoryReader> readers, Deadline deadline) throws IOException {
    var some = new ArrayList<DirectoryReader>();
    for (var reader : readers) {
      some.add(question.hasPatterns() ? new WatchedReader(reader, deadline) : reader);
    }
    // Left to close them, and never closed itself: otherwise it would hold each a second time.
    var all = new MultiReader(some.toArray(DirectoryReader[]::new), true);
    var searcher = new IndexSearcher(all);
    var weight = weight(searcher, query(question));
    var segments = new ArrayList<Segment>();
    for (LeafReaderContext leaf : all.leaves()) {
      if (question.fromSequence() == 0
          || sequences.of(leaf.reader(), deadline).last() >= question.fromSequence()) {
        Segment.of(leaf, question, weight).ifPresent(segments::add);
      }
    }
    segments.sort(Comparator.comparingLong(Segment::lastMicros).reversed());
    return segments;
  }

  // What fails here is the question's fault and no day's: it must not pass for damage.
  private static org.apache.lucene.search.Query query(Question question) {
    try {
      return Queries.of(question);
    } catch (ClauseFault e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ClauseFault(1, "the query can't be worked out: " + e, e);
    }
  }

  private static Weight weight(IndexSearcher searcher, org.apache.lucene.search.Query query)
      throws IOException {
    try {
      return searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    } catch (IndexSearcher.TooManyClauses e) {
      throw new ClauseFault(1, "the query has too many parts", e);
    }
  }

  private List<DirectoryReader> acquire(Question question) throws IOException {
    var readers = new ArrayList<DirectoryReader>();
    boolean areAll = false;
    try {
      for (var shard : sight.of(question)) {
        var reader = shard.acquire();
        if (reader != null) {
          readers.add(reader);
        }
      }
      areAll = true;
      return readers;
    } finally {
      if (!areAll) {
        release(readers);
      }
    }
  }

  private static void release(List<DirectoryReader> readers) throws IOException {
    for (var reader : readers) {
      reader.decRef();
    }
  }
}
