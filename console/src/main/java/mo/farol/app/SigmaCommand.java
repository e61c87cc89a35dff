package mo.farol.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import mo.farol.centre.Usage;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.match.FieldMap;
import mo.farol.match.Matcher;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.sigma.RuleBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol sigma}: rules without a centre. */
@Command(
    name = "sigma",
    description = "Checks Sigma rules, matches them against a file of events.",
    subcommands = {SigmaCommand.Check.class, SigmaCommand.Match.class})
final class SigmaCommand {
  private SigmaCommand() {}

  /** {@code sigma check}. */
  @Command(name = "check", description = "Says what compiles, what does not, and why.")
  static final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "folder of rules")
    private Path folder;

    @Override
    public Integer call() {
      var book = RuleBook.load(List.of(existing(folder)));
      book.refusals()
          .forEach(
              r ->
                  System.out.printf(
                      "%s:%d:%d: %s%n", r.file(), r.line(), r.column(), Rows.plain(r.reason())));
      System.out.printf(
          "%d rules, %d correlations, %d refused%n",
          book.rules().size(), book.correlations().size(), book.refusals().size());
      return book.refusals().isEmpty() ? 0 : 1;
    }
  }

  /** {@code sigma match}. */
  @Command(
      name = "match",
      description = "Prints one JSON line for each rule that matches an event.")
  static final class Match implements Callable<Integer> {
    @Option(names = "--rules", required = true, paramLabel = "DIR", description = "folder of rules")
    private Path folder;

    @Parameters(
        paramLabel = "FILE",
        description = "events, one a line: flat JSON or any format the parser reads")
    private Path file;

    @Override
    public Integer call() throws IOException {
      var matcher = new Matcher(RuleBook.load(List.of(existing(folder))), FieldMap.standard());
      var parser = new Parser(ParseConfig.defaults());
      var events = new EventBatch();
      var origin = new Origin("none", "file", "", "match", false, "", 0, "UTC");
      var out =
          new PrintStream(
              new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
      long number = 0;
      try (var lines = LogFile.open(file)) {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
          long at = ++number;
          var one =
              FrameBatch.of(
                  origin, Micros.of(Instant.now()), line, new int[] {0, line.length}, new byte[1]);
          parser.parse(one, at, 0, events);
          matcher.match(
              events,
              0,
              d -> out.println("{\"line\":" + at + ",\"rule\":\"" + d.rule().id() + "\"}"));
        }
      }
      out.flush();
      return 0;
    }
  }

  private static Path existing(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Usage("no folder " + folder);
    }
    return folder;
  }
}
