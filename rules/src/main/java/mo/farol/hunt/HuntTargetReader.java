package mo.farol.hunt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mo.farol.indicator.Format;
import mo.farol.indicator.IndicatorReport;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.RuleBook;

/** Reads what somebody pasted. What can't be used is refused with its place and reason. */
public final class HuntTargetReader {
  private static final int TOLD = 5;

  private HuntTargetReader() {}

  /**
   * Rules of a text, one or several documents.
   *
   * @throws HuntFault where one of them is refused, or there is none
   */
  public static RuleBook rules(String yaml, RuleSettings settings) {
    return inFile(
        yaml, "rule.yml", file -> checked(RuleBook.load(List.of(file), settings.placeholders())));
  }

  /**
   * Rules of a text.
   *
   * @param book they, and what their correlations refer to
   * @param beside ids of those that are not of the text
   */
  public record Sought(RuleBook book, Set<String> beside) {
    public Sought {
      beside = Set.copyOf(beside);
    }
  }

  /**
   * Rules of a text, whose correlations may refer to rules of another book.
   *
   * @throws HuntFault where one of them is refused, or there is none
   */
  public static Sought rules(String yaml, RuleSettings settings, RuleBook others) {
    var name = Path.of("rule.yml");
    var book = checked(RuleBook.beside(others, name, yaml, settings.placeholders()));
    var beside = new HashSet<String>();
    book.rules().stream()
        .filter(rule -> !rule.path().equals(name))
        .forEach(rule -> beside.add(rule.ref().id()));
    book.correlations().stream()
        .filter(each -> !each.path().equals(name))
        .forEach(each -> beside.add(each.ref().id()));
    return new Sought(book, beside);
  }

  /**
   * A book that is whole, and has a rule.
   *
   * @throws HuntFault where it has none, or something in it was refused
   */
  public static RuleBook checked(RuleBook book) {
    if (!book.refusals().isEmpty()) {
      throw new HuntFault(
          book.refusals().stream()
              .limit(TOLD)
              .map(r -> "line %d, column %d: %s".formatted(r.line(), r.column(), r.reason()))
              .collect(Collectors.joining("; ")));
    }
    if (book.rules().isEmpty()) {
      throw new HuntFault("there is no Sigma rule in it: write one with 'detection'");
    }
    return book;
  }

  /**
   * Indicators of a text.
   *
   * @param format a word of {@link Format}; empty to guess
   * @throws HuntFault where none of it can be used, or the format is none
   */
  public static HuntTarget.Indicators indicators(String text, String format, InstantSource clock) {
    var written =
        format.isBlank()
            ? Optional.<Format>empty()
            : Optional.of(
                Format.of(format)
                    .orElseThrow(() -> new HuntFault("the format is one of " + Format.words())));
    return inFile(
        text,
        written.filter(f -> f == Format.CSV).isPresent() ? "pasted.csv" : "pasted",
        file -> {
          var read = mo.farol.indicator.Indicators.of(List.of(file), written, clock);
          if (read.current().size() == 0) {
            throw new HuntFault("no indicator in it can be used" + why(read.report()));
          }
          return new HuntTarget.Indicators(read.current());
        });
  }

  private static String why(IndicatorReport report) {
    return report.sources().stream()
        .flatMap(source -> source.refusals().stream())
        .limit(TOLD)
        .map(refusal -> "; " + refusal.place() + " " + refusal.reason())
        .collect(Collectors.joining());
  }

  private interface Reading<T> {
    T read(Path file);
  }

  private static <T> T inFile(String text, String name, Reading<T> reading) {
    try {
      Path folder = Files.createTempDirectory("farol-hunt");
      Path file = folder.resolve(name);
      try {
        Files.writeString(file, text);
        return reading.read(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write what was pasted to a temporary file", e);
    }
  }
}
