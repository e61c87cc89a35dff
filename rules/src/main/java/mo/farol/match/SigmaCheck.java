package mo.farol.match;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import mo.farol.event.Printable;
import mo.farol.sigma.Refusal;
import mo.farol.sigma.RuleBook;

/**
 * Says what of some rules compiles, why the rest does not, and what may not do what was meant: what
 * {@code farol sigma check} prints. Text of rule files is shown with control characters escaped.
 */
public final class SigmaCheck {
  private final RuleSettings settings;
  private final Appendable out;

  /**
   * @param settings placeholders, fields and log sources
   */
  public SigmaCheck(RuleSettings settings, Appendable out) {
    this.settings = settings;
    this.out = out;
  }

  /**
   * Writes a line for each thing worth saying, {@code FILE:LINE:COLUMN: REASON} for what was
   * refused, the same with {@code waiting: } or {@code remark: } before the reason, {@code FILE:
   * filtered: CONDITION} for rules that filters change, and the counts last.
   *
   * @param what a folder or a file; a rule that is looked at alone is shown with its condition
   * @param seen what sources sent, to say which rules wait for fields; nothing where not known
   * @return whether nothing was refused
   */
  public boolean check(Path what, Optional<SeenFields> seen) throws IOException {
    var book = RuleBook.load(List.of(what), settings.placeholders());
    for (Refusal refusal : settings.faults()) {
      line(refusal.toString());
    }
    for (Refusal refusal : book.refusals()) {
      line(refusal.file(), refusal.line(), refusal.column(), waiting(refusal) + refusal.reason());
    }
    for (var remark : book.remarks()) {
      line(remark.file(), remark.line(), remark.column(), "remark: " + remark.text());
    }
    conditions(book, Files.isRegularFile(what));
    unknownSources(book);
    if (seen.isPresent()) {
      unseen(book, seen.get());
    }
    line(
        "%d rules, %d correlations, %d refused (%d of them waiting), %d filters, %d remarks"
            .formatted(
                book.rules().size(),
                book.correlations().size(),
                book.refusals().size(),
                book.refusals().stream().filter(Refusal::waiting).count(),
                book.filters().size(),
                book.remarks().size()));
    return book.refusals().isEmpty() && settings.faults().isEmpty();
  }

  private static String waiting(Refusal refusal) {
    return refusal.waiting() ? "waiting: " : "";
  }

  private void conditions(RuleBook book, boolean alone) throws IOException {
    for (var rule : book.rules()) {
      if (!rule.filters().isEmpty()) {
        line(rule.path() + ": filtered: " + rule.condition());
      } else if (alone) {
        line(rule.path() + ": condition: " + rule.condition());
      }
    }
    for (var filter : book.filters()) {
      line(
          "%s: filter: %s what fits (%s)"
              .formatted(
                  filter.path(),
                  switch (filter.polarity()) {
                    case SUPPRESS -> "suppresses";
                    case KEEP -> "keeps only";
                  },
                  filter.condition()));
    }
  }

  private void unknownSources(RuleBook book) throws IOException {
    var unknown = new TreeMap<String, Integer>();
    for (var rule : book.rules()) {
      if (!settings.sources().knows(rule.logSource())) {
        unknown.merge(rule.logSource().toString(), 1, Integer::sum);
      }
    }
    for (var source : unknown.entrySet()) {
      line(
          ("remark: the log source %s of %d rules is not in logsources.yml: they see events whose"
                  + " event.dataset bears its name, and such as nothing there knows")
              .formatted(source.getKey(), source.getValue()));
    }
  }

  private void unseen(RuleBook book, SeenFields seen) throws IOException {
    for (var each : UnseenFields.of(book, settings, seen, _ -> true)) {
      String source = each.rule().logSource().toString();
      line(
          each.rule().path()
              + (each.isSourceSeen()
                  ? ": never sent by %s: %s (%s)"
                      .formatted(
                          source,
                          String.join(", ", each.fields()),
                          each.canFire() ? "can fire without" : "cannot fire")
                  : ": no event of %s came yet (cannot fire)".formatted(source)));
    }
  }

  private void line(Path file, int line, int column, String text) throws IOException {
    line(file + ":" + line + ":" + column + ": " + text);
  }

  private void line(String text) throws IOException {
    out.append(Printable.line(text)).append('\n');
  }
}
