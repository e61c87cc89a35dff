package mo.farol.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import mo.farol.centre.Usage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code farol import}: archived logs through the same journal, parser, index and rules, on event
 * time. Over the console's API where a centre runs on the home, else in this process. What was
 * durable is remembered in the home, so that the same command goes on after a break.
 */
@Command(
    name = "import",
    description = "Brings archived logs in; a broken import goes on where it stopped.")
final class ImportCommand implements Callable<Integer> {
  @Mixin private HomeOption home;
  @Mixin private ConfigOptions configured;
  @Mixin private ReadingOptions reading;

  @Option(
      names = "--agency",
      required = true,
      paramLabel = "A",
      description = "agency the logs belong to")
  private String agency;

  @Option(names = "--again", description = "import a file that was imported before once more")
  private boolean again;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "plain, gzip or zstd; lines of syslog or JSON")
  private List<Path> files;

  @Override
  public Integer call() throws Exception {
    reading.zone();
    reading.format(); // a mistake is told before anything is opened
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        throw new Usage(file + " is a folder; name its files");
      }
      if (!Files.isReadable(file)) {
        throw new Usage("cannot read " + file);
      }
    }
    var config = configured.of(home);
    try (var target = ImportTarget.of(config)) {
      ImportCounts total = ImportCounts.NONE;
      for (Path file : files) {
        total = total.plus(bring(file, target));
      }
      target.settle();
      System.out.printf(
          "%,d lines imported for %s, %,d of them unreadable to every parser, %,d skipped as"
              + " imported before; %,d alerts of this import%n",
          total.imported(),
          agency,
          target.rejected(total.lanes()),
          total.skipped(),
          target.alerts(total.lanes()));
    }
    return 0;
  }

  private ImportCounts bring(Path file, ImportTarget target) throws IOException {
    var progress = ImportProgress.of(home.path(), file, agency, again);
    var order =
        new ImportTarget.Order(
            agency,
            progress.lane(),
            reading.format(),
            reading.year(),
            reading.zone(),
            file.getFileName().toString());
    long line = 0;
    long imported = 0;
    var chunk = new LineChunk();
    try (var lines = LogFile.open(file)) {
      for (byte[] next = lines.next(); next != null; next = lines.next()) {
        if (line++ < progress.done()) {
          continue;
        }
        chunk.add(next);
        if (chunk.isFull()) {
          imported += flush(chunk, order, target, progress, line);
        }
      }
    }
    imported += flush(chunk, order, target, progress, line);
    System.err.printf("%s: %,d lines%n", file, line);
    return new ImportCounts(imported, line - imported, List.of(progress.lane()));
  }

  private static long flush(
      LineChunk chunk,
      ImportTarget.Order order,
      ImportTarget target,
      ImportProgress progress,
      long line) {
    if (chunk.count() == 0) {
      return 0;
    }
    long count = chunk.lines();
    target.send(order, chunk);
    chunk.clear();
    progress.reached(line);
    if (line % 100_000 < count) {
      System.err.printf("  %,d lines%n", line);
    }
    return count;
  }
}
