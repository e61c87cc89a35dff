package mo.farol.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import mo.farol.event.Event;
import mo.farol.event.Micros;
import mo.farol.event.Rounds;
import mo.farol.event.Runs;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import mo.farol.pipe.Table;
import mo.farol.store.Cell;
import mo.farol.store.Lines;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random events of three agencies over five days, some removed; random stages. The table must be
 * what going through all events gives.
 */
@Tag("rounds")
class PipeOracleTest {
  private static final int EVENTS = 3_000;
  private static final int QUESTIONS = Rounds.of(250, 1_500);
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final String[] USERS = {"root", "Admin", "maria", "m.silva", "svc-backup"};

  @TempDir Path folder;
  private final Set<Long> gone = new HashSet<>();

  @Test
  void every_table_is_what_brute_force_says() throws Exception {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("PipeOracleTest seed " + seed);
    var random = new Random(seed);
    try (var town = new Town(folder)) {
      fill(town, random);
      int rows = 0;
      for (int i = 0; i < QUESTIONS; i++) {
        if (i == QUESTIONS / 2) {
          forget(town, random);
        }
        rows += check(town, random, "seed " + seed + ": " + i);
      }
      assertThat(rows).isGreaterThan(QUESTIONS);
    }
  }

  private int check(Town town, Random random, String where) {
    String query = query(random);
    var scope =
        switch (random.nextInt(3)) {
          case 0 -> Scope.of("a");
          case 1 -> Scope.of("a", "b");
          default -> Scope.national();
        };
    var from = START.plusSeconds(random.nextInt(400_000));
    var to = from.plusSeconds(1 + random.nextInt(random.nextInt(4) == 0 ? 10_000 : 500_000));
    var asked = QueryParser.ask(query, town.names(scope));
    var events =
        town.lines.events().stream()
            .filter(event -> !gone.contains(event.id().sequence()))
            .filter(event -> scope.sees(event.source().agency()))
            .filter(event -> !event.occurredAt().isBefore(from) && event.occurredAt().isBefore(to))
            .filter(event -> Oracle.holds(asked.clause(), event))
            .sorted(Comparator.comparing(Event::occurredAt).thenComparing(Event::id).reversed())
            .toList();
    var expected = PipeOracle.apply(asked.pipes(), events.stream().map(PipeOracle::row).toList());

    var request = new SearchRequest(query, scope, from, to, 1, Optional.empty());
    var answer = (Answer.Rows) town.search.ask(request, 10_000);

    String as = where + " " + query + " " + asked.pipes();
    assertThat(answer.partial()).as(as).isEmpty();
    assertThat(answer.matched()).as(as).isEqualTo(events.size());
    assertThat(answer.total()).as(as).isEqualTo(expected.size());
    same(as, answer.table(), expected);
    return expected.size();
  }

  private static void same(String as, Table table, List<Map<String, Object>> expected) {
    for (int i = 0; i < expected.size(); i++) {
      for (int k = 0; k < table.columns().size(); k++) {
        String name = table.columns().get(k).name();
        var wanted = expected.get(i).get(name);
        var got = value(table.rows().get(i).get(k));
        String where = as + " row " + i + " " + name + "\n" + table.rows().get(i);
        if (wanted instanceof Double number && got instanceof Double have) {
          double error = Math.max(1e-9, Math.abs(number) * 1e-12);
          assertThat(have).as(where).isCloseTo(number, Offset.offset(error));
        } else {
          assertThat(got).as(where).isEqualTo(wanted == null ? null : PipeOracle.low(wanted));
        }
      }
    }
  }

  private static @Nullable Object value(Cell cell) {
    return switch (cell) {
      case Cell.Text(var text) -> PipeOracle.low(text);
      case Cell.Whole(var number) -> (double) number;
      case Cell.Real(var number) -> number;
      case Cell.Time(var micros) -> Micros.toInstant(micros);
      case Cell.Place place -> place;
      case Cell.Empty _ -> null;
    };
  }

  private static void fill(Town town, Random random) {
    for (int done = 0; done < EVENTS; done += 50) {
      var agency = random.nextBoolean() ? "a" : random.nextBoolean() ? "b" : "c";
      var lines = new Lines.Line[50];
      for (int i = 0; i < lines.length; i++) {
        // Mostly in order; now and then two at once, or a clock that is off by hours.
        int second = (done + i) / 2 * 300 + (random.nextInt(20) == 0 ? random.nextInt(20_000) : 0);
        lines[i] = line(agency, START.plusSeconds(second).toString(), random);
      }
      town.store.accept(town.lines.batch(lines));
      if (random.nextInt(5) == 0) {
        town.store.refresh();
      }
    }
    town.store.refresh();
  }

  private void forget(Town town, Random random) throws Exception {
    var runs = new Runs.Builder();
    for (long sequence = 0; sequence < EVENTS; sequence += 1 + random.nextInt(60)) {
      runs.add(sequence, sequence);
      gone.add(sequence);
    }
    var asking = CompletableFuture.supplyAsync(() -> town.store.forget(runs.build()));
    while (!asking.isDone()) {
      town.store.pulse(true);
    }
    assertThat(asking.get()).isTrue();
  }

  private static Lines.Line line(String agency, String time, Random random) {
    var fields = new ArrayList<String>();
    fields.addAll(List.of("message", "took " + random.nextInt(4) + " of " + random.nextInt(4)));
    maybe(fields, random, "host.name", "host" + random.nextInt(5));
    maybe(fields, random, "user.name", USERS[random.nextInt(USERS.length)]);
    maybe(fields, random, "source.port", Integer.toString(random.nextInt(30)));
    maybe(
        fields,
        random,
        "event.duration",
        random.nextInt(9) == 0 ? "n/a" : random.nextInt(900) - 300 + "." + random.nextInt(3));
    maybe(fields, random, "odd.name", random.nextBoolean() ? "X" : "7");
    return Lines.line(
        agency, time, Severity.ofCode(random.nextInt(8)), fields.toArray(String[]::new));
  }

  private static void maybe(List<String> fields, Random random, String name, String value) {
    if (random.nextInt(5) > 0) {
      fields.add(name);
      fields.add(value);
    }
  }

  private static String query(Random random) {
    String clause =
        pick(random, "", "*", "user:root", "NOT user:root", "took", "odd.name:*", "source.port:>9");
    var stages = new StringBuilder(clause);
    var columns = new ArrayList<String>();
    int first = random.nextInt(9);
    if (first < 2) {
      stages.append(random.nextInt(2) == 0 ? " | sort " : " | sort -").append(field(random));
    } else if (first == 2) {
      stages.append(" | limit ").append(1 + random.nextInt(300));
    } else if (first == 3) {
      stages.append(" | dedup ").append(pick(random, "message", field(random), "host, user"));
    }
    stages.append(" | ").append(overEvents(random, columns));
    for (int i = random.nextInt(3); i > 0; i--) {
      stages.append(" | ").append(overRows(random, columns));
    }
    return stages.toString();
  }

  private static String overEvents(Random random, List<String> columns) {
    var keys = keys(random);
    return switch (random.nextInt(6)) {
      case 0 -> {
        columns.addAll(keys);
        columns.add("count");
        yield "top " + (1 + random.nextInt(9)) + " " + String.join(", ", keys);
      }
      case 1 -> {
        columns.addAll(keys);
        columns.add("count");
        yield "rare " + (1 + random.nextInt(9)) + " " + String.join(", ", keys);
      }
      case 2 -> {
        columns.addAll(keys);
        columns.add(random.nextBoolean() ? "event.duration" : "@timestamp");
        yield "fields " + String.join(", ", columns);
      }
      default -> counting(random, keys, columns);
    };
  }

  private static String counting(Random random, List<String> keys, List<String> columns) {
    var measures = new ArrayList<String>();
    var names = new ArrayList<String>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String measure = measure(random);
      String field = measure.equals("count") ? "" : number(random);
      if (measure.matches("distinct|first|last")) {
        field = field(random);
      }
      String name = measure + "(" + field + ")";
      String shown =
          measure.equals("count")
              ? "count"
              : measure.startsWith("p")
                  ? "p" + measure.replaceAll("\\D", "") + "(" + field + ")"
                  : name;
      if (!names.contains(shown)) {
        names.add(shown);
        measures.add(
            random.nextBoolean() && !measure.startsWith("p") ? name : measure + " " + field);
      }
    }
    boolean binned = random.nextInt(4) == 0;
    columns.addAll(random.nextInt(6) == 0 ? List.of() : keys);
    var by = new ArrayList<>(columns);
    if (binned) {
      by.add("bin(" + pick(random, "30s", "7m", "6h", "1d") + ")");
      columns.add("@timestamp");
    }
    columns.addAll(names);
    return String.join(", ", measures) + (by.isEmpty() ? "" : " by " + String.join(", ", by));
  }

  private static String overRows(Random random, List<String> columns) {
    String column = columns.get(random.nextInt(columns.size()));
    return switch (random.nextInt(6)) {
      case 0 -> "sort " + (random.nextBoolean() ? "-" : "") + column + then(column, columns);
      case 1 -> "limit " + (1 + random.nextInt(20));
      case 2 -> "dedup " + column;
      case 3 -> {
        String sign = pick(random, "=", "!=", "<", "<=", ">", ">=");
        yield "where " + column + " " + sign + " " + pick(random, "3", "-10.5", "root", "Host1");
      }
      case 4 -> {
        String name = column.equals("n") ? "m" : "n";
        columns.clear();
        columns.addAll(List.of(column, name));
        yield "count as " + name + " by " + column;
      }
      default -> {
        String kind = pick(random, "distinct", "sum", "avg", "min", "max", "first", "last");
        boolean byTime = kind.matches("first|last") && !columns.contains("@timestamp");
        kind = byTime ? "distinct" : kind;
        kind = column.equals("@timestamp") ? pick(random, "min", "max") : kind;
        kind = column.matches("agency|severity") ? "distinct" : kind;
        columns.clear();
        columns.add("x");
        yield kind + " " + column + " as x";
      }
    };
  }

  private static List<String> keys(Random random) {
    var keys = new ArrayList<String>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String key = field(random);
      if (!keys.contains(key)) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static String field(Random random) {
    return pick(
        random,
        "agency",
        "severity",
        "host.name",
        "user.name",
        "source.port",
        "odd.name",
        "event.duration");
  }

  private static String number(Random random) {
    return pick(random, "source.port", "event.duration", "odd.name");
  }

  private static String measure(Random random) {
    return pick(
        random,
        "count",
        "count",
        "distinct",
        "sum",
        "avg",
        "min",
        "max",
        "first",
        "last",
        "percentiles(50)",
        "percentiles(99)");
  }

  // A column is sorted by once.
  private static String then(String column, List<String> columns) {
    return column.equals(columns.getFirst()) ? "" : ", " + columns.getFirst();
  }

  private static String pick(Random random, String... from) {
    return from[random.nextInt(from.length)];
  }
}
