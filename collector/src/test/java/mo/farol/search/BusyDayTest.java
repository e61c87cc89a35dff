package mo.farol.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import mo.farol.event.Event;
import mo.farol.event.Rounds;
import mo.farol.event.Runs;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import mo.farol.store.Lines;
import mo.farol.store.StoreConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One day, written by several threads, with more events than a stretch of the index holds, clocks
 * that are wrong, values too long to be counted whole: pages, totals, histograms and most frequent
 * values must be what going through all events says, before and after some are forgotten.
 */
@Tag("rounds")
class BusyDayTest {
  private static final int EVENTS = 60_000;
  private static final int BATCH = 600;
  private static final int WRITERS = 3;
  private static final int QUESTIONS = Rounds.of(10, 60);
  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
  private static final Instant OTHER_YEAR = Instant.parse("2024-02-29T12:00:00Z");
  private static final String[] QUERIES = {
    "",
    "user.name:u1",
    "url.path:*seg7*.js",
    "url.path:*tail",
    "url.path:/.*seg1?\\.js/",
    "url.path:/a/*",
    "NOT url.path:*seg7*",
    "opened",
    "\"door opened\"",
    "user.name:u2 AND url.path:*9.js",
    "agency:a",
  };

  @TempDir Path folder;

  @Test
  void every_answer_is_what_brute_force_says() throws Exception {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("BusyDayTest seed " + seed);
    var random = new Random(seed);
    var config = new StoreConfig(folder, 4L << 20, Duration.ofSeconds(5), 4, WRITERS);
    try (var town = new Town(config)) {
      fill(town, random);
      var gone = new HashSet<Long>();
      check(town, random, gone, "seed " + seed);
      forget(town, random, gone);
      check(town, random, gone, "seed " + seed + ", some forgotten");
    }
  }

  @Test
  void counting_ends_where_it_was_asked_to_and_says_so() {
    try (var town = new Town(folder)) {
      fill(town, new Random(1));
      var request =
          new SearchRequest("opened", Scope.of("a"), Town.FIRST, Town.LAST, 10, Optional.empty());
      var all = town.search.find(request);
      var some = town.search.find(request.countedTo(100));

      assertThat(all.exact()).isTrue();
      assertThat(some.exact()).isFalse();
      assertThat(some.total()).isBetween(100L, all.total() - 1);
      assertThat(some.events()).isEqualTo(all.events());
    }
  }

  private static void check(Town town, Random random, Set<Long> gone, String where) {
    for (int i = 0; i < QUESTIONS; i++) {
      String query = QUERIES[random.nextInt(QUERIES.length)];
      var scope = random.nextBoolean() ? Scope.national() : Scope.of("a");
      boolean whole = random.nextInt(3) == 0;
      var from = whole ? Town.FIRST : START.plusMillis(random.nextInt(60_000_000));
      var to = whole ? Town.LAST : from.plusMillis(1 + random.nextInt(40_000_000));
      var clause = QueryParser.parse(query, town.names(scope));
      var expected =
          town.lines.events().stream()
              .filter(event -> !gone.contains(event.id().sequence()))
              .filter(event -> scope.sees(event.source().agency()))
              .filter(e -> !e.occurredAt().isBefore(from) && e.occurredAt().isBefore(to))
              .filter(event -> Oracle.holds(clause, event))
              .sorted(Comparator.comparing(Event::occurredAt).thenComparing(Event::id).reversed())
              .toList();
      var request = new SearchRequest(query, scope, from, to, 700, Optional.empty());
      String as = where + ", " + i + ": " + query + " " + scope + " " + from + " " + to;
      pages(town, request, expected, as);
      hasty(town, request, expected, random, as);
      totals(town, request.countedTo(1 + random.nextInt(EVENTS)), expected, as);
      histogram(town, request, expected, 1 + random.nextInt(100), as);
      for (var field : List.of("user.name", "url.path", "agency")) {
        top(town, request, field, expected, as);
      }
    }
  }

  private static void pages(Town town, SearchRequest request, List<Event> expected, String as) {
    var found = new ArrayList<Event>();
    Optional<String> cursor = Optional.empty();
    do {
      var page =
          town.search.find(
              new SearchRequest(
                  request.query(), request.scope(), request.from(), request.to(), 700, cursor));
      assertThat(page.total()).as(as).isEqualTo(expected.size());
      assertThat(page.exact()).as(as).isTrue();
      found.addAll(page.events());
      cursor = page.next();
    } while (cursor.isPresent() && found.size() < 3_000);
    assertThat(found)
        .as(as)
        .extracting(Event::id)
        .isEqualTo(expected.stream().limit(found.size()).map(Event::id).toList());
    assertThat(cursor.isPresent()).as(as).isEqualTo(found.size() < expected.size());
  }

  private static void totals(Town town, SearchRequest request, List<Event> expected, String as) {
    var hits = town.search.find(request);
    if (hits.exact()) {
      assertThat(hits.total()).as(as).isEqualTo(expected.size());
    } else {
      assertThat(hits.total()).as(as).isBetween(request.countTo(), (long) expected.size());
    }
  }

  // However little time there was, what is shown has no gap, and what follows it can be had.
  private static void hasty(
      Town town, SearchRequest request, List<Event> expected, Random random, String as) {
    var soon = new SearchConfig(Duration.ofNanos(random.nextInt(3_000_000)), 10_000);
    var hits = new Search(town.store, town.lines, soon).find(request);
    assertThat(hits.events())
        .as(as)
        .extracting(Event::id)
        .isEqualTo(expected.stream().limit(hits.events().size()).map(Event::id).toList());
    if (hits.exact()) {
      assertThat(hits.total()).as(as).isEqualTo(expected.size());
    } else {
      assertThat(hits.total()).as(as).isLessThanOrEqualTo(expected.size());
    }
    if (!hits.events().isEmpty()) {
      assertThat(hits.next().isPresent()).as(as).isEqualTo(hits.events().size() < expected.size());
    }
  }

  private static void histogram(
      Town town, SearchRequest request, List<Event> expected, int bins, String as) {
    var histogram = town.search.histogram(request, bins);
    var counts = new TreeMap<Instant, long[]>();
    for (var event : expected) {
      long width = histogram.width().toMillis();
      var at = Instant.ofEpochMilli(event.occurredAt().toEpochMilli() / width * width);
      counts.computeIfAbsent(at, _ -> new long[8])[event.severity().code()]++;
    }
    for (var bin : histogram.bins()) {
      long[] of = counts.getOrDefault(bin.at(), new long[8]);
      for (int severity = 0; severity < 8; severity++) {
        assertThat(bin.bySeverity().get(severity))
            .as("%s %s", as, bin.at())
            .isEqualTo(of[severity]);
      }
      counts.remove(bin.at());
    }
    assertThat(counts).as(as).isEmpty();
  }

  private static void top(
      Town town, SearchRequest request, String field, List<Event> expected, String as) {
    Map<String, Long> counts =
        expected.stream()
            .map(event -> value(event, field))
            .flatMap(Optional::stream)
            .collect(Collectors.groupingBy(v -> v, Collectors.counting()));
    var top = town.search.top(request, field, 10_000);
    assertThat(top.total()).as(as).isEqualTo(expected.size());
    assertThat(top.withField()).as(as).isEqualTo(counts.values().stream().mapToLong(n -> n).sum());
    assertThat(top.values())
        .as("%s %s", as, field)
        .allSatisfy(v -> assertThat(counts.get(v.value())).isEqualTo(v.count()))
        .hasSize(Math.min(10_000, counts.size()));
  }

  private static Optional<String> value(Event event, String field) {
    if (field.equals("agency")) {
      return Optional.of(event.source().agency());
    }
    return Optional.ofNullable(event.fields().get(field))
        .map(text -> text.toLowerCase(Locale.ROOT))
        .map(text -> text.substring(0, Math.min(256, text.length())));
  }

  private static void forget(Town town, Random random, Set<Long> gone) throws Exception {
    var runs = new Runs.Builder();
    for (long at = 0; at < EVENTS - 100; at += 1_000 + random.nextInt(5_000)) {
      long last = at + random.nextInt(100);
      runs.add(at, last);
      for (long k = at; k <= last; k++) {
        gone.add(k);
      }
    }
    var asking = CompletableFuture.supplyAsync(() -> town.store.forget(runs.build()));
    while (!asking.isDone()) {
      town.store.pulse(true);
    }
    assertThat(asking.get()).isTrue();
  }

  private static void fill(Town town, Random random) {
    for (int done = 0; done < EVENTS; done += BATCH) {
      var lines = new Lines.Line[BATCH];
      String agency = random.nextInt(3) == 0 ? "b" : "a";
      for (int i = 0; i < lines.length; i++) {
        boolean wrong = random.nextInt(500) == 0;
        boolean years = wrong && done > EVENTS / 2 && random.nextInt(20) == 0;
        long millis = (done + i) * 1_200L + random.nextInt(5_000);
        lines[i] =
            line(
                agency,
                years ? OTHER_YEAR : START.plusMillis(wrong ? random.nextInt(86_000_000) : millis),
                random);
      }
      town.store.accept(town.lines.batch(lines));
      if (random.nextInt(30) == 0) {
        town.store.refresh();
      }
    }
    town.store.refresh();
  }

  private static Lines.Line line(String agency, Instant time, Random random) {
    String path = "/a/" + random.nextInt(9_000) + "/seg" + random.nextInt(20) + ".js";
    if (random.nextInt(300) == 0) {
      path =
          "/long/" + "x".repeat(random.nextInt(950)) + path + (random.nextBoolean() ? "tail" : "");
    }
    return Lines.line(
        agency,
        time.toString(),
        Severity.ofCode(random.nextInt(8)),
        "host.name",
        "gate",
        "message",
        random.nextBoolean() ? "door opened" : "opened the door",
        random.nextInt(4) == 0 ? "odd.name" : "user.name",
        "u" + random.nextInt(30),
        "url.path",
        path);
  }
}
