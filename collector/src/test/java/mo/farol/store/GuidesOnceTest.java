package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexInput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a guide says of a pattern is read once a segment, however often a question asks. */
class GuidesOnceTest {
  private static final int EVENTS = 3_000;

  @TempDir Path folder;

  private final AtomicInteger readings = new AtomicInteger();

  @Test
  void a_question_reads_a_guide_once_for_each_kind_of_terms() throws IOException {
    fill();
    // A field with a facet is asked by its values and by its words; another by its words only.
    for (var field : new String[] {"url.path", "odd.name"}) {
      var clause = new Clause.Wildcard(field, "*power42*", 1);
      readings.set(0);
      int found = 0;
      for (var day : Leftovers.days(folder)) {
        try (var directory = new Counting(FSDirectory.open(day), readings);
            var reader = new WatchedReader(DirectoryReader.open(directory), soon())) {
          found += look(reader, clause);
        }
      }
      assertThat(found).isEqualTo(4); // four times, the same each time
      assertThat(readings.get()).as(field).isBetween(1, 2);
    }
  }

  private static int look(DirectoryReader reader, Clause clause) throws IOException {
    assertThat(reader.leaves()).hasSize(1);
    var searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    var question = new Question(clause, Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
    var query = searcher.rewrite(Queries.of(question));
    var weight = searcher.createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1);
    int found = 0;
    for (int i = 0; i < 4; i++) {
      var scorers = weight.scorerSupplier(reader.leaves().getFirst());
      assertThat(scorers).isNotNull();
      var docs = scorers.get(Long.MAX_VALUE).iterator();
      while (docs.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        found++;
      }
    }
    return found;
  }

  private void fill() {
    var config = new StoreConfig(folder, 64L << 20, Duration.ofHours(1), 4, 1);
    var clock = new ManualClock(Instant.parse("2026-11-24T12:00:00Z"));
    try (var store = Store.open(config, clock, new SimpleMeterRegistry())) {
      var all = new Lines.Line[EVENTS];
      for (int i = 0; i < all.length; i++) {
        String value = i == 42 ? "/a/power42.js" : "/b/%x/%d".formatted(i * 7_919, i);
        all[i] =
            Lines.line(
                "dsf",
                "2026-11-24T11:00:00Z",
                Severity.NOTICE,
                "url.path",
                value,
                "odd.name",
                value);
      }
      store.accept(new Lines().batch(all));
      store.commit();
    }
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofMinutes(1));
  }

  /** Counts who begins to read a guide. */
  private static final class Counting extends FilterDirectory {
    private final AtomicInteger readings;

    Counting(FSDirectory in, AtomicInteger readings) {
      super(in);
      this.readings = readings;
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
      var input = super.openInput(name, context);
      return name.endsWith(".tri") ? new Counted(name, input, readings) : input;
    }
  }

  private static final class Counted extends FilterIndexInput {
    private final AtomicInteger readings;

    Counted(String name, IndexInput in, AtomicInteger readings) {
      super(name, in);
      this.readings = readings;
    }

    @Override
    public IndexInput clone() {
      readings.incrementAndGet();
      return in.clone();
    }
  }
}
