package mo.farol.sigma;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what of a folder compiles, and why the rest does not. */
public final class SigmaCheck {
  private SigmaCheck() {}

  /**
   * Writes one line a file, {@code ok FILE} or {@code refused FILE:LINE:COLUMN: REASON}, and the
   * counts last.
   *
   * @return whether nothing was refused
   */
  public static boolean check(Path folder, Appendable out) throws IOException {
    var book = RuleBook.load(List.of(folder));
    Set<Path> wrong = book.refusals().stream().map(Refusal::file).collect(Collectors.toSet());
    for (Path file : files(book)) {
      if (!wrong.contains(file)) {
        out.append("ok ").append(file.toString()).append('\n');
      }
    }
    for (Refusal refusal : book.refusals()) {
      out.append("refused ").append(refusal.toString()).append('\n');
    }
    out.append(
        "%d rules and %d correlations compile, %d documents refused%n"
            .formatted(book.rules().size(), book.correlations().size(), book.refusals().size()));
    return book.refusals().isEmpty();
  }

  private static Set<Path> files(RuleBook book) {
    return Stream.concat(
            book.rules().stream().map(SigmaRule::path),
            book.correlations().stream().map(SigmaCorrelation::path))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
