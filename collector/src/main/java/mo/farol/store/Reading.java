package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import mo.farol.event.Scope;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;

/** Answers questions over the days their time range touches. Any thread. */
final class Reading {
  private static final Question EVERYTHING =
      Question.arrived(new Clause.All(), Scope.national(), 0, Long.MAX_VALUE);

  private final Sight sight;
  private final KeptCounts tables;
  private final KeptTops tops;
  private final LastSequences lasts;

  Reading(Sight sight, KeptCounts tables, KeptTops tops, LastSequences lasts) {
    this.sight = sight;
    this.tables = tables;
    this.tops = tops;
    this.lasts = lasts;
  }

  Found.Rows newest(
      Question question, int limit, long countTo, Optional<Row> after, Deadline deadline)
      throws IOException {
    var newest = new Newest(limit, countTo, after);
    if (!question.hasTime()) {
      return newest.rows(true);
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
    return newest.rows(!deadline.missed());
  }

  private static Segment until(Segment segment, Row last) {
    return last.occurredAtMicros() == Long.MAX_VALUE
        ? segment
        : segment.within(Long.MIN_VALUE, last.occurredAtMicros() + 1);
  }

  Found.Rows nearest(Question question, Row of, Side side, int limit, Deadline deadline)
      throws IOException {
    var nearest = new Nearest(of, side, limit);
    var asked = side.within(question, of);
    if (!asked.hasTime()) {
      return nearest.rows(true);
    }
    var readers = acquire(asked);
    try {
      var all = nearest.inOrder(segments(asked, readers, deadline));
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

  NavigableSet<String> fieldNames(String prefix, Scope scope) throws IOException {
    var names = new TreeSet<String>();
    var readers = acquire(EVERYTHING);
    try {
      for (var reader : readers) {
        for (var leaf : reader.leaves()) {
          FieldNames.collect(leaf.reader(), prefix, scope, names);
        }
      }
    } finally {
      release(readers);
    }
    return names;
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
    var weight = weight(searcher, Queries.of(question));
    var segments = new ArrayList<Segment>();
    for (LeafReaderContext leaf : all.leaves()) {
      if (question.fromSequence() == 0
          || lasts.of(leaf.reader(), deadline) >= question.fromSequence()) {
        Segment.of(leaf, question, weight).ifPresent(segments::add);
      }
    }
    segments.sort(Comparator.comparingLong(Segment::lastMicros).reversed());
    return segments;
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
    try {
      for (var shard : sight.of(question)) {
        var reader = shard.acquire();
        if (reader != null) {
          readers.add(reader);
        }
      }
    } catch (IOException | RuntimeException e) {
      release(readers);
      throw e;
    }
    return readers;
  }

  private static void release(List<DirectoryReader> readers) throws IOException {
    for (var reader : readers) {
      reader.decRef();
    }
  }
}
