package mo.farol.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mo.farol.event.Event;
import mo.farol.event.Rounds;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import mo.farol.store.Lines;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random events, random questions; the index must say what going through all of them says. */
@Tag("rounds")
class OracleTest {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final int EVENTS = 3_000;
  private static final int QUESTIONS = Rounds.of(250, 1_500);
  private static final String[] WORDS = {
    "failed",
    "password",
    "for",
    "root",
    "session",
    "opened",
    "10.0.0.7",
    "port",
    "x_1",
    "A",
    "a.b",
    "dump7.gz",
    "v1.2"
  };
  private static final String FACE = "\ud83d\ude00";
  private static final String[] USERS = {
    "root", "Admin", "maria", "m.silva", "svc-backup", "m" + FACE
  };

  @TempDir Path folder;

  @Test
  void every_answer_is_what_brute_force_says() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("OracleTest seed " + seed);
    var random = new Random(seed);
    try (var town = new Town(folder)) {
      fill(town, random);
      for (int i = 0; i < QUESTIONS; i++) {
        check(town, random, "seed " + seed + ": " + i);
      }
    }
  }

  private static void check(Town town, Random random, String where) {
    String query = query(random, 3);
    var scope =
        switch (random.nextInt(3)) {
          case 0 -> Scope.of("a");
          case 1 -> Scope.of("a", "b");
          default -> Scope.national();
        };
    var from = Instant.parse("2026-11-20T00:00:00Z").plusSeconds(random.nextInt(500_000));
    var to = from.plusSeconds(1 + random.nextInt(random.nextBoolean() ? 1_000 : 500_000));
    int limit = 1 + random.nextInt(40);
    var clause = QueryParser.parse(query, town.names(scope));

    List<Long> expected =
        town.lines.events().stream()
            .filter(event -> scope.sees(event.source().agency()))
            .filter(event -> !event.occurredAt().isBefore(from) && event.occurredAt().isBefore(to))
            .filter(event -> Oracle.holds(clause, event))
            .sorted(Comparator.comparing(Event::occurredAt).thenComparing(Event::id).reversed())
            .map(event -> event.id().sequence())
            .toList();
    var request = new SearchRequest(query, scope, from, to, limit, Optional.empty());
    var hits = town.search.find(request);

    assertThat(hits.events())
        .as("%s %s %s", where, query, clause)
        .extracting(event -> event.id().sequence())
        .containsExactlyElementsOf(expected.subList(0, Math.min(limit, expected.size())));
    assertThat(hits.total()).as("%s %s", where, query).isEqualTo(expected.size());
    assertThat(hits.next().isPresent()).isEqualTo(expected.size() > limit);
    if (random.nextInt(5) == 0) {
      counts(town, request, clauseOf(town, expected), where + " " + query);
      pages(town, request, expected, where + " " + query);
    }
    var bins = town.search.histogram(request, 1 + random.nextInt(50)).bins();
    assertThat(bins.stream().mapToLong(Histogram.Bin::total).sum()).isEqualTo(expected.size());
  }

  private static List<Event> clauseOf(Town town, List<Long> expected) {
    var wanted = new HashSet<>(expected);
    return town.lines.events().stream()
        .filter(event -> wanted.contains(event.id().sequence()))
        .toList();
  }

  // Most frequent values, and the fields that there are.
  private static void counts(Town town, SearchRequest request, List<Event> events, String where) {
    var fields = new TreeMap<String, Long>();
    events.forEach(e -> e.fields().keySet().forEach(name -> fields.merge(name, 1L, Long::sum)));
    assertThat(
            town.search.fields(request, 100).values().stream()
                .collect(Collectors.toMap(TopValues.Value::value, TopValues.Value::count)))
        .as(where)
        .isEqualTo(fields);
    for (String field : new String[] {"user.name", "source.port", "odd.name", "agency"}) {
      var values = new TreeMap<String, Long>();
      for (var event : events) {
        String value = field.equals("agency") ? event.source().agency() : event.fields().get(field);
        if (value != null) {
          values.merge(value.toLowerCase(Locale.ROOT), 1L, Long::sum);
        }
      }
      var top = town.search.top(request, field, 5);
      assertThat(top.total()).as(where).isEqualTo(events.size());
      assertThat(top.withField())
          .as("%s %s", where, field)
          .isEqualTo(values.values().stream().mapToLong(Long::longValue).sum());
      assertThat(top.values())
          .as("%s %s", where, field)
          .containsExactlyElementsOf(
              values.entrySet().stream()
                  .map(e -> new TopValues.Value(e.getKey(), e.getValue()))
                  .sorted(
                      Comparator.comparingLong(TopValues.Value::count)
                          .reversed()
                          .thenComparing(TopValues.Value::value))
                  .limit(5)
                  .toList());
    }
  }

  // Page after page, each by the cursor of the one before.
  private static void pages(Town town, SearchRequest first, List<Long> expected, String where) {
    var seen = new ArrayList<Long>();
    Optional<String> cursor = Optional.empty();
    do {
      var request =
          new SearchRequest(first.query(), first.scope(), first.from(), first.to(), 400, cursor);
      var hits = town.search.find(request);
      hits.events().forEach(event -> seen.add(event.id().sequence()));
      cursor = hits.next();
    } while (cursor.isPresent());
    assertThat(seen).as(where).isEqualTo(expected);
  }

  private static void fill(Town town, Random random) {
    var start = START;
    for (int done = 0; done < EVENTS; done += 50) {
      var agency = random.nextBoolean() ? "a" : random.nextBoolean() ? "b" : "c";
      var lines = new Lines.Line[50];
      for (int i = 0; i < lines.length; i++) {
        // Mostly in order, as logs are; now and then a clock is off by hours.
        int second = (done + i) * 150 + (random.nextInt(20) == 0 ? random.nextInt(20_000) : 0);
        lines[i] = line(agency, start.plusSeconds(second).toString(), random);
      }
      town.store.accept(town.lines.batch(lines));
      if (random.nextInt(5) == 0) {
        town.store.refresh();
      }
    }
    town.store.refresh();
  }

  private static Lines.Line line(String agency, String time, Random random) {
    var message = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      message.append(pick(WORDS, random)).append(random.nextInt(4) == 0 ? ", " : " ");
    }
    var severity = Severity.ofCode(random.nextInt(8));
    String user = random.nextInt(5) == 0 ? "" : pick(USERS, random);
    return Lines.line(
        agency,
        time,
        severity,
        "host.name",
        random.nextInt(6) == 0 ? "10.0.0." + random.nextInt(5) : "host" + random.nextInt(5),
        "message",
        message.toString(),
        "source.ip",
        random.nextInt(4) == 0 ? six(random) : address(random),
        user.isEmpty() ? "odd.name" : "user.name",
        user.isEmpty() ? "1.5" : user,
        "source.port",
        Integer.toString(random.nextInt(2_000)));
  }

  private static String query(Random random, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return leaf(random);
    }
    String left = query(random, depth - 1);
    String right = query(random, depth - 1);
    return switch (random.nextInt(6)) {
      case 0 -> "(" + left + " OR " + right + ")";
      case 1 -> "(" + left + " AND " + right + ")";
      case 2 -> "NOT (" + left + ")";
      case 3 -> left + " " + right;
      case 4 -> left + " OR " + right;
      default -> left + " -" + leaf(random);
    };
  }

  private static String leaf(Random random) {
    return switch (random.nextInt(40)) {
      case 0 -> "user:" + pick(USERS, random);
      case 1 -> "user.name:(" + pick(USERS, random) + " OR " + pick(USERS, random) + ")";
      case 2 -> "\"" + pick(WORDS, random) + " " + pick(WORDS, random) + "\"";
      case 3 -> "user.name:*a*";
      case 4 -> "host.name:host?";
      case 5 -> "source.ip:10.0.0.0/" + (20 + random.nextInt(13));
      case 6 -> "source.ip:2001:db8::/" + (120 + random.nextInt(9));
      case 7 -> "source.port:>=" + random.nextInt(2_000);
      case 8 -> "source.port:[" + random.nextInt(1_000) + " TO " + random.nextInt(2_000) + "}";
      case 9 -> "odd.name:*";
      case 10 -> "user.name:/[rm].*/";
      case 11 -> "agency:" + pick(new String[] {"a", "b", "c"}, random);
      case 12 -> "severity:>" + Severity.ofCode(random.nextInt(8)).word();
      case 13 -> "pass*";
      case 14 -> "/(fail|sess).*/";
      case 15 -> "id:" + random.nextInt(EVENTS);
      case 16 -> "odd.name:<2";
      case 17 -> "user.name:\"" + pick(USERS, random) + "\"";
      case 18 -> "@timestamp:>=" + "\"" + START.plusSeconds(random.nextInt(500_000)) + "\"";
      case 19 -> "@timestamp:[\"" + START + "\" TO \"" + START.plusSeconds(99_999) + "\"}";
      case 20 -> "agency:[a TO " + pick(new String[] {"b", "c"}, random) + "}";
      case 21 -> "host.name:[host1 TO host3}";
      case 22 -> "host.name:>host2";
      case 23 -> "farol.input:syslog.tcp";
      case 24 -> "farol.rejected:*";
      case 25 -> "?ailed";
      case 26 -> "source.ip:[10.0.0.9 TO 10.0.0." + (10 + random.nextInt(200)) + "]";
      case 27 -> "ip:10.0.1.0/" + (24 + random.nextInt(9));
      case 28 -> "user:?*";
      case 29 -> "id:[" + random.nextInt(EVENTS) + " TO " + random.nextInt(EVENTS) + "]";
      case 30 -> "\"" + pick(WORDS, random) + " " + pick(WORDS, random) + " root\"";
      case 31 -> "source.ip:::/" + random.nextInt(129);
      case 32 -> "host.name:10.0.0." + random.nextInt(4) + "/" + (28 + random.nextInt(5));
      case 33 -> pick(new String[] {"dump7.*", "v1.*", "10.0.*"}, random);
      case 34 -> "user.name:/^[A-M].*$/";
      case 35 -> "user.name:/[^R]+|root@?/";
      case 36 -> "user.name:*" + FACE;
      default -> pick(WORDS, random);
    };
  }

  private static String six(Random random) {
    return "2001:db8::" + random.nextInt(9) + (random.nextInt(9) == 0 ? "%eth0" : "");
  }

  private static String address(Random random) {
    return "10.0." + random.nextInt(2) + "." + random.nextInt(256);
  }

  private static String pick(String[] from, Random random) {
    return from[random.nextInt(from.length)];
  }
}
