package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agency whose events each have other fields costs nobody else anything. */
class ShapesTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final int NAMES = 3_000;

  @TempDir(factory = InMemory.class)
  Path home;

  private final ManualClock clock = new ManualClock(NOON);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Lines lines = new Lines();

  @Test
  void ever_other_combinations_of_fields_make_no_more_terms_than_there_are_names()
      throws IOException {
    try (var store = open()) {
      int events = 6_000;
      for (int i = 0; i < events; i += 100) {
        int from = i;
        store.accept(
            lines.batch(
                IntStream.range(from, from + 100)
                    .mapToObj(k -> line("wide", many(k, 7)))
                    .toArray(Lines.Line[]::new)));
      }
      store.refresh();
      store.commit();

      assertThat(metrics.get("farol_store_motley_events_total").counter().count()).isPositive();
      assertThat(shapes(Scope.of("wide")))
          .isLessThanOrEqualTo(2L * Combinations.MOST + 2L * NAMES + 2);
      assertThat(names(store, "w.", Scope.of("wide"))).hasSize(NAMES);
      for (int name : new int[] {0, 1, 999, NAMES - 1}) {
        long expected =
            IntStream.range(0, events).filter(k -> many(k, 7).containsKey("w." + name)).count();
        assertThat(total(store, new Clause.Exists("w." + name, 1), Scope.of("wide")))
            .as("w.%d", name)
            .isEqualTo(expected);
        assertThat(total(store, new Clause.Exists("w." + name, 1), Scope.national()))
            .isEqualTo(expected);
      }
      var fields =
          store.fields(
              new Question(new Clause.All(), Scope.of("wide"), Long.MIN_VALUE, Long.MAX_VALUE),
              NAMES + 10,
              Deadline.in(Duration.ofMinutes(1)));
      assertThat(fields.withField()).isEqualTo(events);
      assertThat(fields.total()).isEqualTo(events);
      assertThat(fields.values().getFirst()).isEqualTo(new Found.Value("host.name", events));
    }
  }

  @Test
  void an_event_of_a_thousand_long_names_has_every_one_of_them() {
    var fields = new LinkedHashMap<String, String>();
    for (int i = 0; i < 900; i++) {
      fields.put("long." + "x".repeat(200) + i, "v" + i);
    }
    try (var store = open()) {
      store.accept(lines.batch(line("long", fields)));
      store.refresh();
      assertThat(names(store, "long.", Scope.of("long"))).hasSize(900);
      for (var field : fields.entrySet()) {
        assertThat(total(store, new Clause.Exists(field.getKey(), 1), Scope.of("long"))).isOne();
        assertThat(
                total(
                    store, new Clause.Term(field.getKey(), field.getValue(), 1), Scope.of("long")))
            .isOne();
      }
      assertThat(
              store
                  .fields(
                      new Question(
                          new Clause.All(), Scope.of("long"), Long.MIN_VALUE, Long.MAX_VALUE),
                      2_000,
                      Deadline.in(Duration.ofMinutes(1)))
                  .withField())
          .isOne();
    }
  }

  @Test
  void strange_names_and_values_that_change_their_type_are_found_as_they_came() {
    String[] names = {"ünï.cødé", "空", "a b", "a:b", "*", "t.\"q\"", "-", "_", ".", "T.Case"};
    try (var store = open()) {
      for (String value : new String[] {"1", "text", "true", "1.5", "{\"a\":1}", "2026-11-24"}) {
        for (String name : names) {
          store.accept(lines.batch(line("odd", Map.of(name, value))));
        }
      }
      store.refresh();
      for (String name : names) {
        assertThat(total(store, new Clause.Exists(name, 1), Scope.of("odd"))).as(name).isEqualTo(6);
        assertThat(total(store, new Clause.Term(name, "true", 1), Scope.of("odd"))).isOne();
        assertThat(total(store, new Clause.Range(name, "1", true, "2", true, 1), Scope.of("odd")))
            .as(name)
            .isEqualTo(2);
      }
      assertThat(names(store, "", Scope.of("odd"))).contains(names);
    }
  }

  @Test
  void names_of_one_agency_cost_the_same_whatever_another_sends() throws IOException {
    long alone;
    try (var store = open()) {
      store.accept(lines.batch(line("m", Map.of("m.field", "x"))));
      store.commit();
    }
    alone = visited(Scope.of("m"));
    try (var store = open()) {
      for (int i = 0; i < 2_000; i += 100) {
        int from = i;
        for (String other : new String[] {"l", "z"}) {
          store.accept(
              lines.batch(
                  IntStream.range(from, from + 100)
                      .mapToObj(k -> line(other, many(k, 5)))
                      .toArray(Lines.Line[]::new)));
        }
      }
      store.commit();
      assertThat(names(store, "w.", Scope.of("m"))).isEmpty();
    }
    try (var directory = FSDirectory.open(home.resolve("2026-11-24"));
        var reader = DirectoryReader.open(directory)) {
      // As many segments as there are, of each a seek and a step beyond it at most.
      assertThat(visited(Scope.of("m"))).isLessThanOrEqualTo(alone + 2L * reader.leaves().size());
      assertThat(visited(Scope.national())).isGreaterThan(1_000);
    }
  }

  private long visited(Scope scope) throws IOException {
    var visited = new AtomicLong();
    try (var directory = FSDirectory.open(home.resolve("2026-11-24"));
        var reader = DirectoryReader.open(directory)) {
      for (var leaf : reader.leaves()) {
        FieldNames.collect(
            new Counting(leaf.reader(), visited),
            scope,
            new TreeSet<>(),
            Deadline.in(Duration.ofMinutes(1)));
      }
    }
    return visited.get();
  }

  private long shapes(Scope scope) throws IOException {
    var all = new HashSet<BytesRef>();
    try (var directory = FSDirectory.open(home.resolve("2026-11-24"));
        var reader = DirectoryReader.open(directory)) {
      for (var leaf : reader.leaves()) {
        var terms = new ShapeTerms(leaf.reader(), scope);
        while (terms.next()) {
          all.add(new BytesRef(String.join(" ", terms.names())));
        }
      }
    }
    return all.size();
  }

  private static long total(Store store, Clause clause, Scope scope) {
    var question = new Question(clause, scope, Long.MIN_VALUE, Long.MAX_VALUE);
    return store
        .newest(question, 1, Long.MAX_VALUE, Optional.empty(), Deadline.in(Duration.ofMinutes(1)))
        .total();
  }

  private static Map<String, String> many(int event, int count) {
    var fields = new LinkedHashMap<String, String>();
    for (int i = 0; i < count; i++) {
      fields.put("w." + (event * 31L + (long) i * i * (event % 97 + 1)) % NAMES, "v" + i);
    }
    return fields;
  }

  private static Lines.Line line(String agency, Map<String, String> fields) {
    return new Lines.Line(
        Origin.live(agency, "syslog.tcp", "192.0.2.9"), NOON, NOON, Severity.NOTICE, fields);
  }

  private Store open() {
    return Store.open(StoreConfig.in(home), clock, metrics);
  }

  /** Counts the terms that are stood on. */
  private static final class Counting extends FilterLeafReader {
    private final AtomicLong visited;

    Counting(LeafReader in, AtomicLong visited) {
      super(in);
      this.visited = visited;
    }

    @Override
    public Terms terms(String field) throws IOException {
      return new FilterTerms(super.terms(field)) {
        @Override
        public TermsEnum iterator() throws IOException {
          return new FilterTermsEnum(super.iterator()) {
            @Override
            public BytesRef next() throws IOException {
              visited.incrementAndGet();
              return super.next();
            }

            @Override
            public SeekStatus seekCeil(BytesRef term) throws IOException {
              visited.incrementAndGet();
              return super.seekCeil(term);
            }
          };
        }
      };
    }

    @Override
    public CacheHelper getCoreCacheHelper() {
      return in.getCoreCacheHelper();
    }

    @Override
    public CacheHelper getReaderCacheHelper() {
      return in.getReaderCacheHelper();
    }
  }

  private static NavigableSet<String> names(Store store, String prefix, Scope scope) {
    var found =
        store.fieldNames(
            prefix, scope, Long.MIN_VALUE, Long.MAX_VALUE, Deadline.in(Duration.ofMinutes(1)));
    assertThat(found.exact()).isTrue();
    return found.names();
  }
}
