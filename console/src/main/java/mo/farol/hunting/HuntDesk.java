package mo.farol.hunting;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mo.farol.account.Person;
import mo.farol.alert.RuleSet;
import mo.farol.hunt.HuntEntry;
import mo.farol.hunt.HuntFault;
import mo.farol.hunt.HuntTarget;
import mo.farol.hunt.HuntTargetReader;
import mo.farol.hunt.Hunts;
import mo.farol.hunt.LateHits;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.RuleRef;
import mo.farol.sigma.Shadow;
import mo.farol.sigma.SigmaCorrelation;
import mo.farol.sigma.SigmaRule;

/**
 * What pages and API need to hunt.
 *
 * @param hunts under way and kept
 * @param late hits that came too late for their windows
 * @param inForce the rules that watch live events now, with their names of fields and log sources
 * @param clock tells which indicators have expired
 */
public record HuntDesk(Hunts hunts, LateHits late, Supplier<RuleSet> inForce, InstantSource clock) {
  /**
   * What somebody sends; empty texts are not there.
   *
   * @param against text of the rule as it was before, or ids of some in force, with commas between
   * @param rule ids of rules in force, instead of their text
   */
  public record Sent(
      String title,
      String sigma,
      String indicators,
      String format,
      String against,
      String agency,
      Optional<Instant> from,
      Optional<Instant> to,
      String rule) {
    public Sent(
        String title,
        String sigma,
        String indicators,
        String format,
        String against,
        String agency,
        Optional<Instant> from,
        Optional<Instant> to) {
      this(title, sigma, indicators, format, against, agency, from, to, "");
    }
  }

  /** What is to be hunted; a {@link HuntFault} where that can't be. */
  public Hunts.Wanted wanted(Sent sent) {
    if (Stream.of(sent.sigma(), sent.indicators(), sent.rule()).filter(t -> !t.isBlank()).count()
        != 1) {
      throw new HuntFault(
          "send a Sigma rule, the id of one in force, or indicators: one of the three");
    }
    boolean isSigma = sent.indicators().isBlank();
    if (sent.from().isPresent()
        && !sent.to().filter(t -> !sent.from().get().isBefore(t)).isEmpty()) {
      throw new HuntFault("'from' must be before 'to'");
    }
    var target =
        isSigma
            ? rules(sent)
            : HuntTargetReader.indicators(sent.indicators(), sent.format(), clock);
    return new Hunts.Wanted(
        sent.title().isBlank() ? title(target) : sent.title(),
        isSigma ? "sigma" : "indicators",
        sent.sigma() + sent.rule() + sent.indicators(),
        target,
        Optional.of(sent.agency()).filter(a -> !a.isBlank()),
        sent.from(),
        sent.to());
  }

  /** Whether somebody who sees a hunt may end or remove it: whoever began it, or an operator. */
  public static boolean mayEnd(HuntEntry hunt, Person by) {
    return by.role().mayOperate() || by.role().mayHunt() && hunt.by().equals(by.name());
  }

  private HuntTarget rules(Sent sent) {
    var settings = inForce.get().settings();
    var sought =
        sent.rule().isBlank()
            ? read(sent.sigma(), settings)
            : inForce(sent.rule())
                .orElseThrow(() -> new HuntFault("there is no rule in force of this id"));
    var against =
        Optional.of(sent.against())
            .filter(text -> !text.isBlank())
            .map(text -> inForce(text).orElseGet(() -> read(text, settings)));
    var beside = new HashSet<>(sought.beside());
    against.ifPresent(before -> beside.addAll(before.beside()));
    return new HuntTarget.Rules(
        sought.book(), settings, against.map(HuntTargetReader.Sought::book), beside);
  }

  // What a correlation refers to and the text does not hold is looked for among those in force.
  private HuntTargetReader.Sought read(String text, RuleSettings settings) {
    return HuntTargetReader.rules(text, settings, inForce.get().book());
  }

  /** Rules in force, where these are ids of such; those in shadow are not in force. */
  private Optional<HuntTargetReader.Sought> inForce(String ids) {
    var wanted =
        Arrays.stream(ids.split(","))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .collect(Collectors.toSet());
    var book = inForce.get().book().only(wanted);
    var all = ids(book);
    if (wanted.isEmpty() || !all.containsAll(wanted) || wanted.stream().anyMatch(Shadow::is)) {
      return Optional.empty();
    }
    all.removeAll(wanted);
    return Optional.of(new HuntTargetReader.Sought(book, all));
  }

  private static Set<String> ids(RuleBook book) {
    var ids = new HashSet<String>();
    refs(book).forEach(ref -> ids.add(ref.id()));
    return ids;
  }

  private static Stream<RuleRef> refs(RuleBook book) {
    return Stream.concat(
        book.rules().stream().map(SigmaRule::ref),
        book.correlations().stream().map(SigmaCorrelation::ref));
  }

  // A correlation stands for the rules that it counts.
  private static String title(HuntTarget target) {
    return switch (target) {
      case HuntTarget.Rules rules -> {
        var servants = rules.book().servants();
        var told =
            refs(rules.book())
                .filter(ref -> !rules.beside().contains(ref.id()))
                .filter(ref -> !servants.contains(ref.id()))
                .toList();
        yield told.size() == 1 ? told.getFirst().title() : told.size() + " rules";
      }
      case HuntTarget.Indicators(var set) -> set.size() + " indicators";
    };
  }
}
