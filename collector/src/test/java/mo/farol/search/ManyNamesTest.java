package mo.farol.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.store.Clause;
import mo.farol.store.Deadline;
import mo.farol.store.ManualClock;
import mo.farol.store.Question;
import mo.farol.store.Store;
import mo.farol.store.StoreConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agency that sends ever other field names, every event with ten of its own: memory is bounded,
 * every value is found, it is counted, and other agencies' names are theirs as before.
 */
class ManyNamesTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final int A_LINE = 10;
  private static final int A_BATCH = 100;
  // Names that the parser itself knows, some of which are taken when they are needed first.
  private static final int OURS = 1_000;

  @TempDir Path home;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Parser parser = new Parser(ParseConfig.defaults());
  private long next;

  @Test
  void ten_thousand_names_of_one_agency_are_bounded_and_all_its_values_found() {
    names(10_000, "ten");
  }

  @Test
  @Tag("slow")
  void a_hundred_thousand_names_of_one_agency_are_bounded_and_all_its_values_found() {
    names(100_000, "hundred");
  }

  private void names(int names, String prefix) {
    String wild = "wild-" + prefix;
    String calm = "calm-" + prefix;
    int before = Fields.size();
    try (var store = Store.open(StoreConfig.in(home), new ManualClock(NOON), metrics)) {
      for (int i = 0; i < names / A_LINE; i += A_BATCH) {
        accept(store, wild, lines(prefix, i));
      }
      accept(store, calm, "{\"" + prefix + ".calm.name\":\"quiet\",\"message\":\"ok\"}");
      store.refresh();

      assertThat(Fields.size() - before).isLessThanOrEqualTo(Fields.AGENCY_LIMIT + OURS);
      var own = names(store, prefix + ".", Scope.of(wild));
      assertThat(own).hasSizeLessThanOrEqualTo(Fields.AGENCY_LIMIT);
      for (int name = 0; name < names; name += 97) {
        String named = "%s.n%d".formatted(prefix, name);
        String field = own.contains(named) ? named : "farol.overflow";
        assertThat(total(store, field, "value" + name, Scope.of(wild))).as(named).isOne();
        assertThat(total(store, field, "value" + name, Scope.of(calm))).isZero();
      }
      assertThat(metrics.get("farol_store_overflow_values_total").counter().count())
          .isEqualTo(names - own.size());

      assertThat(total(store, prefix + ".calm.name", "quiet", Scope.of(calm))).isOne();
      assertThat(names(store, prefix + ".", Scope.of(calm))).containsExactly(prefix + ".calm.name");
      assertThat(names(store, prefix + ".calm", Scope.of(wild))).isEmpty();
    }
  }

  private static String[] lines(String prefix, int from) {
    var lines = new String[A_BATCH];
    for (int i = 0; i < A_BATCH; i++) {
      var line = new StringBuilder("{\"message\":\"m\"");
      for (int k = 0; k < A_LINE; k++) {
        int name = (from + i) * A_LINE + k;
        line.append(",\"%s.n%d\":\"value%d\"".formatted(prefix, name, name));
      }
      lines[i] = line.append('}').toString();
    }
    return lines;
  }

  private void accept(Store store, String agency, String... lines) {
    var batch = new EventBatch();
    var frames = FrameBatch.ofTexts(Origin.live(agency, "http", "192.0.2.9"), NOON, lines);
    parser.parse(frames, next, next, batch);
    next += lines.length;
    store.accept(batch);
  }

  private static long total(Store store, String field, String value, Scope scope) {
    var question =
        new Question(new Clause.Term(field, value, 1), scope, Long.MIN_VALUE, Long.MAX_VALUE);
    return store
        .newest(question, 1, Long.MAX_VALUE, Optional.empty(), Deadline.in(Duration.ofMinutes(1)))
        .total();
  }

  private static NavigableSet<String> names(Store store, String prefix, Scope scope) {
    var found =
        store.fieldNames(
            prefix, scope, Long.MIN_VALUE, Long.MAX_VALUE, Deadline.in(Duration.ofMinutes(1)));
    assertThat(found.exact()).isTrue();
    return found.names();
  }
}
