package mo.farol.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.parse.EventJson;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code farol parse}: the parser, to be tried by hand. */
@Command(
    name = "parse",
    description = "Prints the events of a file of log lines, one JSON object each, in ECS names.")
final class ParseCommand implements Callable<Integer> {
  private static final int LINES_A_BATCH = 500;

  @Mixin private ReadingOptions reading;

  @Parameters(paramLabel = "FILE", description = "plain, gzip or zstd; - for standard input")
  private Path file;

  @Override
  public Integer call() throws IOException {
    var origin =
        new Origin(
            "none", "file", "", "parse", false, reading.format(), reading.year(), reading.zone());
    var out =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out),
            false,
            StandardCharsets.UTF_8);
    var parser = new Parser(ParseConfig.defaults());
    var events = new EventBatch();
    var frames = new FrameBatch.Builder();
    try (var lines = LogFile.open(file)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        frames.add(line, 0, line.length, (byte) 0);
        if (frames.count() == LINES_A_BATCH) {
          print(parser, frames.build(origin, Micros.of(Instant.now())), events, out);
        }
      }
    }
    print(parser, frames.build(origin, Micros.of(Instant.now())), events, out);
    out.flush();
    return 0;
  }

  private static void print(Parser parser, FrameBatch frames, EventBatch events, PrintStream out)
      throws IOException {
    parser.parse(frames, 0, 0, events);
    for (int i = 0; i < events.count(); i++) {
      EventJson.write(events, i, out);
      out.println();
    }
  }
}
