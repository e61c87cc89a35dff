package mo.farol.search;

import static mo.farol.event.Severity.CRITICAL;
import static mo.farol.event.Severity.ERROR;
import static mo.farol.store.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import mo.farol.store.Grouping;
import mo.farol.store.Lines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a reader of agency A is told is the same, to the last number and letter, whether agency B
 * has sent anything or not: rows, counts, where counting ends, bins, values, names, suggestions,
 * order, groups, bounds met, and faults.
 */
class ScopeSecretsTest {
  private static final Scope A = Scope.of("a");
  private static final String[] QUERIES = {
    "",
    "user.name:*",
    "secret.plan:*",
    "secret.plan:x*",
    "secret.plam:x",
    "NOT user.name:ana",
    "agency:*",
    "agency:b OR of",
    "agency:[a TO z]",
    "id:[0 TO 1000]",
    "-agency:a",
    "severity:>=error",
    "message:s*",
    "/.*/",
    "user.name:/.*/",
    "of",
    "words",
    "host.name:*",
    "source.ip:10.0.0.0/8",
    "@timestamp:2026-11-24"
  };
  private static final String[] STAGES = {
    "count",
    "count by user.name, agency, secret.plan",
    "top 3 user.name",
    "rare 3 user.name",
    "distinct user.name, distinct secret.plan",
    "first user.name, last user.name",
    "percentiles(50) event.duration by user.name",
    "sort -user.name",
    "dedup agency",
    "fields user.name, message",
    "count by bin(1m), severity",
    "limit 5"
  };

  @TempDir Path folder;

  @Test
  void every_answer_is_the_same_whether_another_agency_has_sent_anything_or_not() {
    try (var alone = new Town(folder.resolve("alone"));
        var beside = new Town(folder.resolve("beside"))) {
      fill(alone, false);
      fill(beside, true);
      var tight = new PipeConfig(20, new Grouping.Bounds(15, 20_000, 50), 1);
      for (String query : QUERIES) {
        for (long countTo : new long[] {0, 1, 30, 41, Long.MAX_VALUE}) {
          assertThat(told(beside, query, countTo))
              .as("%s, counted to %d", query, countTo)
              .isEqualTo(told(alone, query, countTo));
        }
        for (String stage : STAGES) {
          String piped = query + " | " + stage;
          for (var pipes : List.of(PipeConfig.defaults(), tight)) {
            assertThat(table(beside, piped, pipes))
                .as("%s %s", piped, pipes)
                .isEqualTo(table(alone, piped, pipes));
          }
        }
      }
    }
  }

  @Test
  void names_and_suggestions_are_the_same_too() {
    try (var alone = new Town(folder.resolve("alone"));
        var beside = new Town(folder.resolve("beside"))) {
      fill(alone, false);
      fill(beside, true);
      for (String prefix : new String[] {"", "s", "secret", "user", "a", "farol"}) {
        assertThat(beside.search.fieldNames(prefix, A, 1_000))
            .isEqualTo(alone.search.fieldNames(prefix, A, 1_000));
      }
    }
  }

  @Test
  void a_cursor_that_somebody_made_up_shows_no_row_and_tells_no_number_of_anothers() {
    var random = new Random(7);
    try (var beside = new Town(folder)) {
      fill(beside, true);
      var own = beside.find("", A);
      for (int i = 0; i < 200; i++) {
        long micros = 1_795_514_400_000_000L + random.nextLong(-5_000_000_000L, 5_000_000_000L);
        String cursor = forged(micros, random.nextLong(-10, 2_000));
        var request = new SearchRequest("", A, Town.FIRST, Town.LAST, 1_000, Optional.of(cursor));
        var hits = beside.search.find(request);
        assertThat(hits.events()).extracting(e -> e.id().sequence()).isSubsetOf(own);
        assertThat(hits.total()).isEqualTo(own.size());
      }
    }
  }

  @Test
  void an_id_of_anothers_event_is_answered_as_one_that_there_is_not() {
    try (var beside = new Town(folder)) {
      fill(beside, true);
      var own = beside.find("", A);
      for (long id = 0; id < beside.lines.events().size() + 5; id++) {
        assertThat(beside.search.event(new EventId(id), A).isPresent()).isEqualTo(own.contains(id));
        assertThat(beside.find("id:" + id, A))
            .isEqualTo(own.contains(id) ? List.of(id) : List.of());
      }
    }
  }

  private static List<String> told(Town town, String query, long countTo) {
    var told = new ArrayList<String>();
    try {
      var request =
          new SearchRequest(query, A, Town.FIRST, Town.LAST, 30, Optional.empty())
              .countedTo(countTo);
      var hits = town.search.find(request);
      hits.events().forEach(e -> told.add(e.occurredAt() + " " + e.fields() + e.severity()));
      told.add(hits.total() + " " + hits.exact() + " " + hits.next().isPresent());
      town.search
          .histogram(request, 20)
          .bins()
          .forEach(bin -> told.add(bin.at() + " " + bin.bySeverity()));
      for (String field : new String[] {"user.name", "agency", "secret.plan", "severity", "odd"}) {
        told.add(town.search.top(request, field, 100).toString());
      }
      told.add(town.search.fields(request, 100).toString());
    } catch (QueryFault e) {
      told.add(e.column() + " " + e.getMessage());
    }
    return told;
  }

  private static List<String> table(Town town, String query, PipeConfig pipes) {
    var search =
        new Search(town.store, town.lines, new SearchConfig(Duration.ofSeconds(60), 100, pipes));
    try {
      var request = new SearchRequest(query, A, Town.FIRST, Town.LAST, 30, Optional.empty());
      var answer = (Answer.Rows) search.ask(request, 1_000);
      return List.of(
          answer.table().toString(),
          answer.total() + " " + answer.matched() + " " + answer.counted(),
          answer.told().toString());
    } catch (QueryFault e) {
      return List.of(e.column() + " " + e.getMessage());
    }
  }

  // Events of A in both, in the same order; around them, where asked for, ten times as many of B.
  private static void fill(Town town, boolean withOthers) {
    for (int i = 0; i < 40; i++) {
      town.store.accept(town.lines.batch(own(i)));
      if (withOthers) {
        var others = new Lines.Line[10];
        for (int k = 0; k < others.length; k++) {
          others[k] = other(i * 10 + k);
        }
        town.store.accept(town.lines.batch(others));
      }
      if (i % 7 == 0) {
        town.store.refresh();
      }
    }
    town.store.refresh();
  }

  private static Lines.Line own(int i) {
    return line(
        "a",
        "2026-11-24T10:%02d:%02dZ".formatted(i, i),
        ERROR,
        "user.name",
        "ana" + i % 12,
        "event.duration",
        "" + i,
        "host.name",
        "gate",
        "message",
        "words of a " + i);
  }

  private static Lines.Line other(int i) {
    return line(
        "b",
        "2026-11-24T10:%02d:%02dZ".formatted(i / 10, i % 60),
        CRITICAL,
        "user.name",
        "bela" + i,
        "secret.plan",
        "x" + i,
        "event.duration",
        "9999",
        "host.name",
        "safe" + i,
        "message",
        "secret words of b " + i);
  }

  private static String forged(long micros, long sequence) {
    var bytes = ByteBuffer.allocate(16).putLong(micros).putLong(sequence);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }
}
