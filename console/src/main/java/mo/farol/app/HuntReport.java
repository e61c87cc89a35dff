package mo.farol.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints what a hunt found: hits on one stream, counts and coverage on the other. */
final class HuntReport {
  private static final int TOLD = 20;
  private static final int TOLD_GAPS = 5;
  private static final Map<String, String> SHORT =
      Map.of(
          "time", "its time was over first",
          "days", "days of the index could not be looked at, or are being made again",
          "frames", "events could not be read back from the journal",
          "replaced", "frames were read again by a mended parser meanwhile: hunt again",
          "rules", "a rule failed on events again and again and was asked no more",
          "hits",
              "more events were to be counted over time than can be held: hunt in a shorter time",
          "windows", "what is counted over time met a bound of memory: hunt in a shorter time",
          "late", "some hits came too late for their windows",
          "compared", "more groups crossed than are compared");

  private final JsonNode result;
  private final PrintStream out;
  private final PrintStream err;

  HuntReport(JsonNode result, PrintStream out, PrintStream err) {
    this.result = result;
    this.out = out;
    this.err = err;
  }

  /** One line that says how far it is, over the one before. */
  static void far(PrintStream err, String phase, long read, long toRead, long events) {
    err.printf("\r%s: %,d of %,d events read, of %,d  ", phase, read, toRead, events);
    err.flush();
  }

  /** Clears that line. */
  static void farEnds(PrintStream err) {
    err.print("\r" + " ".repeat(70) + "\r");
    err.flush();
  }

  void print(boolean json, int limit) {
    int shown = 0;
    for (var hit : result.path("hits")) {
      if (shown++ == limit) {
        break;
      }
      out.println(json ? hit.toString() : row(hit));
    }
    out.flush();
    counts();
    compared(result.path("comparison"), json);
    coverage(result.path("coverage"));
  }

  private static String row(JsonNode hit) {
    var group = hit.path("group");
    return "%s%s  %s  %s  %s  %s  %s"
        .formatted(
            group.isMissingNode() ? "" : group.path("firstAt").asText() + " to ",
            hit.path("occurredAt").asText(),
            hit.path("event").asText(),
            Rows.plain(hit.path("agency").asText()),
            Rows.plain(hit.path("host").asText()),
            Rows.plain(hit.path("what").asText()),
            Rows.plain(hit.path("why").asText()));
  }

  private void counts() {
    err.printf(
        "%,d %s; %,d of %,d were read, in %.1f s%n",
        result.path("matched").asLong(),
        result.has("warmUp")
            ? "hits, of which %,d are groups".formatted(result.path("groups").asLong())
            : "events match",
        result.path("read").asLong(),
        result.path("events").asLong(),
        result.path("tookMillis").asLong() / 1e3);
    result
        .path("agencies")
        .properties()
        .forEach(e -> err.printf("  %s: %,d%n", Rows.plain(e.getKey()), e.getValue().asLong()));
    for (var find : some(result.path("finds"), TOLD)) {
      err.printf(
          "  %,d  %s  %s%n",
          find.path("count").asLong(),
          Rows.plain(find.path("what").asText()),
          Rows.plain(find.path("title").asText()));
    }
    warmUp(result.path("warmUp"));
    for (var shortfall : result.path("shortfalls")) {
      err.println(
          "There may be more: " + SHORT.getOrDefault(shortfall.asText(), shortfall.asText()));
    }
  }

  private void warmUp(JsonNode warmUp) {
    if (warmUp.has("from")) {
      err.printf(
          "Counted over time from %s on, so that windows are full%n", warmUp.path("from").asText());
    }
    if (warmUp.path("cut").asBoolean() && warmUp.has("oldest")) {
      err.printf(
          "What stood in windows that were open before %s, the oldest event, was not seen%n",
          warmUp.path("oldest").asText());
    }
  }

  private void compared(JsonNode compared, boolean json) {
    if (compared.isMissingNode()) {
      return;
    }
    err.printf(
        "Before: %,d hits; %,d are new, %,d are lost%n",
        compared.path("before").asLong(),
        compared.path("gained").asLong(),
        compared.path("lost").asLong());
    for (String side : List.of("gained", "lost")) {
      if (!json) {
        compared.path(side + "Hits").forEach(hit -> out.println(side + "  " + row(hit)));
      }
    }
    out.flush();
  }

  private void coverage(JsonNode coverage) {
    String step = coverage.path("step").asText();
    err.printf(
        "Coverage, by %s: events from %s to %s%s%n",
        step,
        coverage.path("oldest").asText("none"),
        coverage.path("newest").asText("none"),
        coverage.path("exact").asBoolean(true) ? "" : " (not all could be looked at)");
    if (coverage.path("gone").asLong() > 0) {
      err.printf("  %,d events of before are kept no longer%n", coverage.path("gone").asLong());
    }
    for (var agency : coverage.path("agencies")) {
      err.printf(
          "  %s: %s%n",
          Rows.plain(agency.path("agency").asText()),
          agency.path("events").asLong() == 0
              ? "nothing of it could have shown it"
              : "%,d events that could have shown it, in %,d of %,d %ss%s"
                  .formatted(
                      agency.path("events").asLong(),
                      agency.path("steps").asLong(),
                      agency.path("of").asLong(),
                      step,
                      gaps(agency.path("gaps"))));
    }
    for (var source : some(coverage.path("sources"), TOLD)) {
      err.printf(
          "    %s %s: %,d events, %s to %s%n",
          Rows.plain(source.path("agency").asText()),
          Rows.plain(source.path("host").asText()),
          source.path("events").asLong(),
          source.path("first").asText(),
          source.path("last").asText());
    }
    long more = coverage.path("sources").size() + coverage.path("moreSources").asLong() - TOLD;
    if (more > 0) {
      err.printf("    and %,d sources more%n", more);
    }
    for (var blind : some(coverage.path("blind"), TOLD)) {
      err.println(
          "  nothing could have shown "
              + Rows.plain(blind.asText())
              + ": its fields or log source never came");
    }
  }

  private static String gaps(JsonNode gaps) {
    if (gaps.isEmpty()) {
      return "";
    }
    var told = new ArrayList<String>();
    some(gaps, TOLD_GAPS)
        .forEach(gap -> told.add(gap.path("from").asText() + " to " + gap.path("to").asText()));
    return "; none from "
        + String.join(", ", told)
        + (gaps.size() > TOLD_GAPS ? " and at other times" : "");
  }

  private static List<JsonNode> some(JsonNode list, int most) {
    var some = new ArrayList<JsonNode>();
    for (var each : list) {
      if (some.size() < most) {
        some.add(each);
      }
    }
    return some;
  }
}
