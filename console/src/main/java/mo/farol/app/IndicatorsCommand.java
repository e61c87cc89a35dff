package mo.farol.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mo.farol.centre.Usage;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.indicator.Format;
import mo.farol.indicator.IndicatorFault;
import mo.farol.indicator.IndicatorHit;
import mo.farol.indicator.IndicatorMatcher;
import mo.farol.indicator.IndicatorReport;
import mo.farol.indicator.Indicators;
import mo.farol.indicator.SourceReport;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol indicators}: indicators without a centre, and those of a home. */
@Command(
    name = "indicators",
    description =
        "Checks files of indicators, looks for them in a file of events; adds, lists and removes"
            + " those of a home.",
    subcommands = {
      IndicatorsCommand.Check.class,
      IndicatorsCommand.Match.class,
      IndicatorSourcesCommand.Add.class,
      IndicatorSourcesCommand.ListAll.class,
      IndicatorSourcesCommand.Remove.class
    })
final class IndicatorsCommand {
  private IndicatorsCommand() {}

  /** How files of indicators are found and read. */
  static final class Lists {
    @Option(
        names = "--indicators-format",
        paramLabel = "F",
        description = "stix, misp, csv, list or kev instead of guessing")
    private String format;

    Indicators read(List<Path> paths) {
      paths.forEach(
          path -> {
            if (!Files.isReadable(path)) {
              throw new Usage("cannot read " + path);
            }
          });
      try {
        if (paths.size() == 1 && Files.isDirectory(paths.getFirst())) {
          return Indicators.load(paths.getFirst(), InstantSource.system());
        }
        if (paths.stream().anyMatch(Files::isDirectory)) {
          throw new Usage("one folder, or files");
        }
        return Indicators.of(paths, format(), InstantSource.system());
      } catch (IndicatorFault e) {
        throw new Usage(String.valueOf(e.getMessage()));
      }
    }

    private Optional<Format> format() {
      return Optional.ofNullable(format)
          .map(
              word ->
                  Format.of(word)
                      .orElseThrow(
                          () -> new Usage("no format '" + word + "'; one of " + Format.words())));
    }
  }

  /** {@code indicators check}. */
  @Command(
      name = "check",
      description = "Says what is read, muted, passed over and refused, and why.")
  static final class Check implements Callable<Integer> {
    @Mixin private Lists lists;

    @Parameters(
        paramLabel = "FILE",
        arity = "1..*",
        description = "files, or one folder with sources.yml or without")
    private List<Path> paths;

    @Override
    public Integer call() {
      var report = lists.read(paths).report();
      report.sources().forEach(Check::print);
      report.remarks().forEach(remark -> System.out.println("remark: " + Rows.plain(remark)));
      total(report);
      return report.refusedCount() == 0 ? 0 : 1;
    }

    private static void print(SourceReport source) {
      source
          .refusals()
          .forEach(
              r ->
                  System.out.printf(
                      "%s:%s: %s%n",
                      Rows.plain(source.source().file()),
                      Rows.plain(r.place()),
                      Rows.plain(r.reason())));
      String kinds =
          source.live().entrySet().stream()
              .map(e -> e.getValue() + " " + e.getKey().word())
              .collect(Collectors.joining(", "));
      System.out.printf(
          "%s (%s): %s%s%n",
          Rows.plain(source.source().name()),
          source.source().format().word(),
          kinds.isEmpty() ? "nothing" : kinds,
          source.expired() == 0 ? "" : "; " + source.expired() + " of a term that has ended");
      reasons("muted", source.muted());
      reasons("passed over", source.passedOver());
      reasons("warned", source.warned());
      reasons("refused", source.refused());
    }

    private static void reasons(String what, Map<String, Integer> counts) {
      counts.forEach(
          (reason, count) -> System.out.printf("  %s %d: %s%n", what, count, Rows.plain(reason)));
    }

    private static void total(IndicatorReport report) {
      System.out.printf(
          "%d indicators, %d of them muted; %d entries refused%n",
          report.size(), report.muted(), report.refusedCount());
    }
  }

  /** {@code indicators match}. */
  @Command(name = "match", description = "Prints one JSON line for each indicator in an event.")
  static final class Match implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin private Lists lists;
    @Mixin private ReadingOptions reading;

    @Option(
        names = "--indicators",
        required = true,
        paramLabel = "FILE",
        description = "a file of indicators, or a folder; may be given several times")
    private List<Path> paths;

    @Option(
        names = "--agency",
        paramLabel = "A",
        defaultValue = "none",
        description = "whose events these are, for sources that count for some agencies only")
    private String agency;

    @Parameters(
        paramLabel = "EVENTS",
        description = "events, one a line: flat JSON or any format the parser reads")
    private Path file;

    @Override
    public Integer call() throws IOException {
      var set = lists.read(paths).current();
      var matcher = new IndicatorMatcher(() -> set);
      var parser = new Parser(ParseConfig.defaults());
      var events = new EventBatch();
      var origin =
          new Origin(
              agency, "file", "", "match", false, reading.format(), reading.year(), reading.zone());
      var out =
          new PrintStream(
              new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
      long number = 0;
      try (var lines = LogFile.open(file)) {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
          number++;
          long now = Micros.of(Instant.now());
          var one = FrameBatch.of(origin, now, line, new int[] {0, line.length}, new byte[1]);
          parser.parse(one, number, 0, events);
          for (int i = events.first(); i < events.count(); i++) {
            matcher.match(events, i, hit -> out.println(json(hit)));
          }
        }
      }
      out.flush();
      return 0;
    }

    private static ObjectNode json(IndicatorHit hit) {
      var indicator = hit.indicator();
      var line = JSON.createObjectNode().put("line", hit.sequence());
      line.put("id", indicator.id());
      line.put("kind", indicator.kind().word());
      line.put("indicator", indicator.value());
      line.put("field", hit.field()).put("value", hit.value());
      var sources = line.putArray("sources");
      indicator.sources().forEach(sources::add);
      line.put("confidence", indicator.confidence()).put("tlp", indicator.tlp().word());
      var labels = line.putArray("labels");
      indicator.labels().forEach(labels::add);
      return line.put("occurredAt", hit.occurredAt().toString());
    }
  }
}
