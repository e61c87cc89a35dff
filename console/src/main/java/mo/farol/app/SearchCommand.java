package mo.farol.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.Running;
import mo.farol.search.Splitting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code farol search}: the console's query language from a shell, over the API of the running
 * centre.
 */
@Command(
    name = "search",
    description =
        "Searches events, without --from those of the last 24 hours; the same language as the"
            + " console.")
final class SearchCommand implements Callable<Integer> {
  enum Format {
    table,
    jsonl,
    csv
  }

  @Mixin private HomeOption home;
  @Mixin private PeriodOptions period;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "rows at most; 0 for all (default: ${DEFAULT-VALUE})")
  private long limit;

  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Format format;

  /** How often one page is asked for whose time ran out before any row was found. */
  private static final int TRIES = 3;

  @Parameters(
      paramLabel = "QUERY",
      description = "Lucene syntax over ECS names; stages may follow: Q | count by user.name")
  private String query;

  private boolean isCut;

  @Override
  public Integer call() {
    var config = Config.read(home.path(), Optional.empty(), List.of());
    var where = new Home(config.home());
    long shown = 0;
    try (var client =
        new CentreClient(where, Running.needed(where), Tokens.local(config, "local"))) {
      shown = print(client);
    }
    return isCut ? 3 : shown > 0 ? 0 : 1;
  }

  // The centre knows best whether there are stages: its answer says.
  private long print(CentreClient client) {
    var parameters = parameters();
    var first = new LinkedHashMap<>(parameters);
    if (!Splitting.stages(query).isEmpty()) {
      first.remove("limit");
    }
    var answer = client.get("/events", first);
    return answer.has("columns")
        ? new TableRows(answer).print(format, limit, System.out)
        : pages(client, answer, parameters);
  }

  private long pages(CentreClient client, JsonNode first, Map<String, String> parameters) {
    Consumer<JsonNode> rows = Rows.of(format, System.out);
    long shown = 0;
    int fruitless = 0;
    var page = first;
    while (true) {
      for (var item : page.path("items")) {
        if (limit > 0 && shown == limit) {
          break;
        }
        rows.accept(item);
        shown++;
      }
      var next = page.path("next").asText("");
      boolean isLate = page.path("late").asBoolean(false);
      fruitless = isLate && page.path("items").isEmpty() ? fruitless + 1 : 0;
      boolean isFull = limit > 0 && shown >= limit;
      if (isFull || fruitless == TRIES || next.isEmpty() && !isLate) {
        isCut = !isFull && isLate;
        System.err.printf(
            "%,d of %s%,d events%s%n",
            shown,
            first.path("exact").asBoolean(true) ? "" : "at least ",
            first.path("total").asLong(),
            period.hasFrom() ? "" : " of the last 24 hours; --from 2025-01-01 looks further back");
        if (isCut) {
          System.err.println(
              "The time of a search ran out again and again: older events are missing. Ask for less"
                  + " time with --from and --to.");
        }
        return shown;
      }
      if (!next.isEmpty()) {
        parameters.put("cursor", next);
      }
      parameters.put("countTo", "0"); // the first page has counted
      page = client.get("/events", parameters);
    }
  }

  private Map<String, String> parameters() {
    var now = Instant.now();
    var map = new LinkedHashMap<String, String>();
    map.put("q", period.agency().map(a -> Splitting.narrowed(query, "agency:" + a)).orElse(query));
    map.put("from", period.from(now).orElse(now.minus(Duration.ofDays(1))).toString());
    map.put("to", period.to(now).orElse(now).toString());
    map.put("limit", Long.toString(limit == 0 ? 1_000 : Math.min(limit, 1_000)));
    return map;
  }
}
