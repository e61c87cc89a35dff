package mo.farol.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import mo.farol.centre.Home;
import mo.farol.centre.Usage;
import mo.farol.match.Detection;
import mo.farol.match.RuleSettings;
import mo.farol.match.SeenFields;
import mo.farol.match.SigmaCheck;
import mo.farol.match.SigmaMatch;
import mo.farol.sigma.Placeholders;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.RuleFileFault;
import mo.farol.window.Windows;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol sigma}: rules without a centre. */
@Command(
    name = "sigma",
    description = "Checks Sigma rules, matches them against a file of events.",
    subcommands = {SigmaCommand.Check.class, SigmaCommand.Match.class})
final class SigmaCommand {
  private SigmaCommand() {}

  /** What rules are read with: a home's own data, or a file of placeholders. */
  static final class Data {
    @Option(
        names = "--home",
        paramLabel = "DIR",
        description =
            "a home, whose rules/fields.yml, logsources.yml, placeholders.yml and settings.yml"
                + " hold")
    private Optional<Path> home = Optional.empty();

    @Option(
        names = "--placeholders",
        paramLabel = "FILE",
        description = "YAML of values for '|expand', name: [value, ...]")
    private Optional<Path> placeholders = Optional.empty();

    RuleSettings settings() {
      var base = home.map(h -> RuleSettings.of(new Home(existing(h)).rules()));
      var settings = base.orElseGet(RuleSettings::standard);
      try {
        return placeholders
            .map(file -> settings.withPlaceholders(Placeholders.read(existing(file))))
            .orElse(settings);
      } catch (RuleFileFault e) {
        throw new Usage(Rows.plain(e.refusal().toString()));
      }
    }

    Optional<SeenFields> seen() throws IOException {
      return home.isEmpty()
          ? Optional.empty()
          : Optional.of(SeenFields.load(new Home(home.get()).fieldsSeen()));
    }
  }

  /** {@code sigma check}. */
  @Command(
      name = "check",
      description =
          "Says what compiles, what does not, and why; with --home also which rules need fields"
              + " that no source ever sent.")
  static final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "DIR|FILE", description = "folder of rules, or one file")
    private Path what;

    @Mixin private Data data;

    @Override
    public Integer call() throws IOException {
      var out = buffered();
      try {
        return new SigmaCheck(data.settings(), out).check(existing(what), data.seen()) ? 0 : 1;
      } finally {
        out.flush();
      }
    }
  }

  /** {@code sigma match}. */
  @Command(
      name = "match",
      description = "Prints one JSON line for each rule that matches an event.")
  static final class Match implements Callable<Integer> {
    @Option(
        names = "--rules",
        required = true,
        paramLabel = "DIR|FILE",
        description = "folder of rules, or one file")
    private Path rules;

    @Option(names = "--brute", hidden = true, description = "ask every rule, without the index")
    private boolean brute;

    @Mixin private Data data;

    @Parameters(
        paramLabel = "FILE",
        description = "events, one a line: flat JSON or any format the parser reads")
    private Path file;

    @Override
    public Integer call() throws IOException {
      var settings = data.settings();
      var book = RuleBook.load(List.of(existing(rules)), settings.placeholders());
      if (!book.refusals().isEmpty()) {
        System.err.printf(
            "%d rules are refused and left out; farol sigma check says why%n",
            book.refusals().size());
      }
      var counting = new Counting(new Windows(book, settings.fields()));
      var out = buffered();
      try (var lines = LogFile.open(file)) {
        new SigmaMatch(book, settings, brute, counting, Instant.now(), out).match(lines::next);
      } finally {
        out.flush();
      }
      return 0;
    }
  }

  /** Correlations, as the centre counts them. */
  private record Counting(Windows windows) implements SigmaMatch.Counting {
    @Override
    public void accept(Detection detection, Consumer<String> due) {
      windows.accept(detection, crossing -> due.accept(crossing.rule().id()));
    }

    @Override
    public void end(Consumer<String> due) {
      windows.end(crossing -> due.accept(crossing.rule().id()));
    }
  }

  private static PrintStream buffered() {
    return new PrintStream(
        new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
  }

  private static Path existing(@Nullable Path path) {
    if (path == null || !Files.exists(path)) {
      throw new Usage("no file or folder " + path);
    }
    return path;
  }
}
