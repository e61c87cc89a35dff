package mo.farol.hunting;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mo.farol.account.Person;
import mo.farol.alert.RuleSet;
import mo.farol.hunt.HuntEntry;
import mo.farol.hunt.HuntFault;
import mo.farol.hunt.Hunts;
import mo.farol.hunt.LateHits;
import mo.farol.hunt.Quarry;
import mo.farol.hunt.QuarryText;
import mo.farol.sigma.RuleBook;

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
   * @param against text of the rule as it was before, or the id of one in force
   */
  public record Sent(
      String title,
      String sigma,
      String indicators,
      String format,
      String against,
      String agency,
      Optional<Instant> from,
      Optional<Instant> to) {}

  /** What is to be hunted; a {@link HuntFault} where that can't be. */
  public Hunts.Wanted wanted(Sent sent) {
    boolean isSigma = !sent.sigma().isBlank();
    if (isSigma == !sent.indicators().isBlank()) {
      throw new HuntFault("send a Sigma rule or indicators, one of the two");
    }
    if (sent.from().isPresent()
        && !sent.to().filter(t -> !sent.from().get().isBefore(t)).isEmpty()) {
      throw new HuntFault("'from' must be before 'to'");
    }
    var quarry =
        isSigma ? rules(sent) : QuarryText.indicators(sent.indicators(), sent.format(), clock);
    return new Hunts.Wanted(
        sent.title().isBlank() ? title(quarry) : sent.title(),
        isSigma ? "sigma" : "indicators",
        isSigma ? sent.sigma() : sent.indicators(),
        quarry,
        Optional.of(sent.agency()).filter(a -> !a.isBlank()),
        sent.from(),
        sent.to());
  }

  /** Whether somebody who sees a hunt may end or remove it: whoever began it, or an operator. */
  public static boolean mayEnd(HuntEntry hunt, Person by) {
    return by.role().mayOperate() || by.role().mayWork() && hunt.by().equals(by.name());
  }

  /** The text of a rule in force, where it is one of the id. */
  private Optional<RuleBook> inForce(String id) {
    var found =
        inForce.get().book().rules().stream().filter(r -> r.ref().id().equals(id.strip())).toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new RuleBook(found, List.of(), List.of(), List.of(), List.of()));
  }

  private Quarry rules(Sent sent) {
    var settings = inForce.get().settings();
    var book = QuarryText.rules(sent.sigma(), settings);
    var against =
        Optional.of(sent.against())
            .filter(text -> !text.isBlank())
            .map(text -> inForce(text).orElseGet(() -> QuarryText.rules(text, settings)));
    return new Quarry.Rules(book, settings, against);
  }

  private static String title(Quarry quarry) {
    return switch (quarry) {
      case Quarry.Rules rules when rules.book().rules().size() == 1 ->
          rules.book().rules().getFirst().ref().title();
      case Quarry.Rules rules -> rules.book().rules().size() + " rules";
      case Quarry.Indicators(var set) -> set.size() + " indicators";
    };
  }
}
