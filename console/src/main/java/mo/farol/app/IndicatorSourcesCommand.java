package mo.farol.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mo.farol.centre.Home;
import mo.farol.centre.Usage;
import mo.farol.indicator.Format;
import mo.farol.indicator.IndicatorFault;
import mo.farol.indicator.IndicatorSource;
import mo.farol.indicator.Indicators;
import mo.farol.indicator.NewSource;
import mo.farol.indicator.SourceReport;
import mo.farol.indicator.SourceShelf;
import mo.farol.indicator.Tlp;
import mo.farol.indicator.Watchlist;
import mo.farol.ledger.Deeds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The sources of a home; a running centre sees within seconds what these change. */
final class IndicatorSourcesCommand {
  private IndicatorSourcesCommand() {}

  private static Path folder(HomeOption home) {
    return new Home(home.path()).rules().resolve(Watchlist.FOLDER);
  }

  private static void record(HomeOption home, String what, String on, String detail) {
    home.ledger(
        ledger -> {
          new Deeds(ledger, InstantSource.system()).record(Office.BY, what, on, detail);
          return on;
        });
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (IndicatorFault e) {
      throw new Usage(String.valueOf(e.getMessage()));
    }
  }

  /** {@code indicators add}. */
  @Command(name = "add", description = "Adds a list to the indicators of a home.")
  static final class Add implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "what people call the source (default: the file's name)")
    private Optional<String> name;

    @Option(
        names = "--indicators-format",
        paramLabel = "F",
        description = "stix, misp, csv, list or kev instead of guessing")
    private Optional<String> format;

    @Option(
        names = "--tlp",
        paramLabel = "L",
        defaultValue = "amber",
        description = "label where entries have none (default: ${DEFAULT-VALUE})")
    private String tlp;

    @Option(
        names = "--confidence",
        paramLabel = "N",
        defaultValue = "50",
        description = "0 to 100, where entries give none (default: ${DEFAULT-VALUE})")
    private int confidence;

    @Option(names = "--expiry-days", paramLabel = "N", description = "term where entries give none")
    private Optional<Integer> expiryDays;

    @Option(
        names = "--agency",
        paramLabel = "A",
        description = "count for this agency's events only; may be given several times")
    private List<String> agencies;

    @Parameters(paramLabel = "FILE", description = "the list, gzip or not")
    private Path file;

    @Override
    public Integer call() throws IOException {
      if (!Files.isReadable(file)) {
        throw new Usage("cannot read " + file);
      }
      if (Files.size(file) > SourceShelf.LARGEST) {
        throw new Usage("a list has at most " + SourceShelf.LARGEST + " bytes");
      }
      byte[] bytes = Files.readAllBytes(file);
      var report = told(() -> shelf().add(source(), bytes));
      record(home, "indicators.added", source().name(), report.liveCount() + " live");
      System.out.printf(
          "source=%s live=%d muted=%d refused=%d%n",
          Rows.plain(source().name()),
          report.liveCount(),
          report.mutedCount(),
          report.refusedCount());
      return 0;
    }

    private SourceShelf shelf() {
      return new SourceShelf(folder(home), InstantSource.system());
    }

    private NewSource source() {
      return new NewSource(
          name.orElseGet(() -> String.valueOf(file.getFileName())),
          format.map(
              word ->
                  Format.of(word)
                      .orElseThrow(
                          () -> new Usage("no format '" + word + "'; one of " + Format.words()))),
          Tlp.of(tlp)
              .orElseThrow(() -> new Usage("--tlp is clear, green, amber, amber+strict or red")),
          confidence,
          expiryDays,
          agencies == null ? Set.of() : new HashSet<>(agencies),
          Office.BY);
    }
  }

  /** {@code indicators list}. */
  @Command(
      name = "list",
      description = "Lists the sources of a home: name, format, label, agencies, what they hold.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      var indicators = Indicators.home(folder(home), InstantSource.system());
      indicators.refresh();
      var report = indicators.report();
      report.fault().ifPresent(fault -> System.out.println("fault: " + Rows.plain(fault)));
      report.sources().forEach(source -> System.out.println(row(source)));
      report.remarks().forEach(remark -> System.out.println("remark: " + Rows.plain(remark)));
      return report.fault().isPresent() ? 1 : 0;
    }

    private static String row(SourceReport report) {
      IndicatorSource source = report.source();
      String kinds =
          report.live().entrySet().stream()
              .map(e -> e.getValue() + " " + e.getKey().word())
              .collect(Collectors.joining(", "));
      return String.join(
          "\t",
          Rows.plain(source.name()),
          source.format().word(),
          "tlp:" + source.tlp().word(),
          source.agencies().isEmpty()
              ? "all"
              : Rows.plain(String.join(",", new TreeSet<>(source.agencies()))),
          kinds.isEmpty() ? "nothing" : kinds,
          report.mutedCount() + " muted",
          report.refusedCount() + " refused");
    }
  }

  /** {@code indicators remove}. */
  @Command(name = "remove", description = "Removes a source that was added to a home.")
  static final class Remove implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Parameters(paramLabel = "NAME", description = "the source")
    private String name;

    @Override
    public Integer call() {
      told(
          () -> {
            new SourceShelf(folder(home), InstantSource.system()).remove(name);
            return name;
          });
      record(home, "indicators.removed", name, "");
      System.out.println("removed=" + Rows.plain(name));
      return 0;
    }
  }
}
