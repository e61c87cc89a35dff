package mo.farol.alert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/**
 * The right-hand side of a decision rule: says what the alert is, then {@link #raise}s it. What a
 * rule leaves out is taken from the facts: techniques, entities, and the level {@code medium}.
 */
public final class Ruling {
  private final RuleRef decision;
  private final Consumer<Verdict> desk;
  private final List<Fact> facts = new ArrayList<>();
  private final Set<String> techniques = new LinkedHashSet<>();
  private final List<Alert.Entity> entities = new ArrayList<>();
  private RuleRef rule;
  private String title;
  private String group = "";
  private Level level = Level.MEDIUM;
  private boolean national;
  private String category = "";

  Ruling(RuleRef decision, Consumer<Verdict> desk) {
    this.decision = decision;
    this.desk = desk;
    this.rule = decision;
    this.title = decision.title();
  }

  /** The Sigma rule that speaks, in place of the decision rule. */
  public Ruling rule(RuleRef rule) {
    this.rule = rule;
    return this;
  }

  /** One line for people. */
  public Ruling title(String title) {
    this.title = Bounded.text(title, 300);
    return this;
  }

  /** {@code informational}, {@code low}, {@code medium}, {@code high} or {@code critical}. */
  public Ruling level(String level) {
    return level(Level.ofWord(level));
  }

  /** How grave. */
  public Ruling level(Level level) {
    this.level = level;
    return this;
  }

  /** An ATT&amp;CK technique id, instead of those of the facts. */
  public Ruling technique(String technique) {
    techniques.add(technique);
    return this;
  }

  /** Who or what it is about, before what the facts are about. */
  public Ruling about(String field, String value) {
    if (!value.isEmpty()) {
      entities.add(new Alert.Entity(field, value));
    }
    return this;
  }

  /** What keeps alerts of this rule apart; further facts of the same group join one alert. */
  public Ruling group(String... parts) {
    group = Groups.key(List.of(parts));
    return this;
  }

  /** The facts it rests on. */
  public Ruling because(Fact... because) {
    return because(List.of(because));
  }

  /** The facts it rests on. */
  public Ruling because(Collection<? extends Fact> because) {
    facts.addAll(because);
    return this;
  }

  /** For the committee rather than one agency. */
  public Ruling national() {
    national = true;
    return this;
  }

  /** What kind of incident it would be: a class of the RSIT, or a word of the centre's own. */
  public Ruling category(String category) {
    this.category = Bounded.text(category, 40);
    return this;
  }

  /** Hands the ruling to the desk. */
  public void raise() {
    if (facts.isEmpty()) {
      throw new IllegalStateException(
          "decision rule '%s' raises an alert without a fact: add because(...)"
              .formatted(decision.id()));
    }
    String agency = national ? Alert.NATIONAL : facts.getFirst().agency();
    desk.accept(
        new Verdict(
            decision,
            rule,
            agency,
            title,
            level,
            allTechniques(),
            allEntities(),
            group,
            facts,
            category,
            List.of(),
            Optional.empty()));
  }

  private List<String> allTechniques() {
    if (!techniques.isEmpty()) {
      return List.copyOf(techniques);
    }
    return facts.stream().flatMap(fact -> fact.techniques().stream()).distinct().toList();
  }

  private List<Alert.Entity> allEntities() {
    List<Alert.Entity> all = entities;
    for (Fact fact : facts) {
      all = Entities.join(all, fact.entities());
    }
    return Entities.join(all, List.of());
  }
}
