package mo.farol.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import mo.farol.event.EventBatch;
import mo.farol.event.Origin;

/**
 * Of which class of data an event is, as the operator said: rules of words, {@code AGENCY FROM WHAT
 * CLASS}, of which the first that fits decides. {@code AGENCY} and {@code FROM} are those of {@link
 * SourceRules}; {@code WHAT} is a test of a field, {@code event.category:iam|session}, a value may
 * end in {@code *}; or {@code *} for all.
 */
public final class ClassRules {
  /** No rule: every event is of no class. */
  public static final ClassRules NONE = new ClassRules(List.of());

  private record Rule(Sender sender, Optional<FieldTest> what, String name) {}

  private final List<Rule> rules;

  private ClassRules(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException saying which rule is wrong and how one is written
   */
  public static ClassRules of(List<String> lines) {
    var rules = new ArrayList<Rule>();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length != 4 || !words[3].matches("[a-z][a-z0-9-]{0,39}")) {
        throw new IllegalArgumentException(
            "a rule is 'AGENCY FROM WHAT CLASS', such as '* * event.category:network network',"
                + " not '"
                + line
                + "'");
      }
      var what =
          words[2].equals("*") ? Optional.<FieldTest>empty() : Optional.of(FieldTest.of(words[2]));
      rules.add(new Rule(Sender.of(words[0], words[1]), what, words[3]));
    }
    return new ClassRules(rules);
  }

  /** Every class there is. */
  public List<String> names() {
    return List.copyOf(new TreeSet<>(rules.stream().map(Rule::name).toList()));
  }

  /** The class of all that comes from an origin, "" for none; empty where the event decides. */
  public Optional<String> whole(Origin origin) {
    for (var rule : rules) {
      if (rule.sender().fits(origin)) {
        return rule.what().isPresent() ? Optional.empty() : Optional.of(rule.name());
      }
    }
    return Optional.of("");
  }

  /** The class of an event, "" for none. */
  public String of(EventBatch events, int i) {
    Predicate<FieldTest> fits = test -> test.fits(events, i);
    for (var rule : rules) {
      if (rule.sender().fits(events.origin()) && rule.what().filter(fits.negate()).isEmpty()) {
        return rule.name();
      }
    }
    return "";
  }
}
