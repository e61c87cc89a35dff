package mo.farol.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/**
 * What is done to an alert before it goes out: by treating rules, by rows of tables, by exceptions
 * and calendars. Each says why, and that stands in the alert.
 */
final class Treatment {
  private static final int STEPS = 12;
  private static final int PEOPLE = 20;
  private static final Pattern PERSON = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{0,59}");
  private static final Pattern CATEGORY = Pattern.compile("[a-z][a-z-]{1,40}");

  private final Draft draft;
  private final List<WhyStep> steps = new ArrayList<>();
  private Level level;
  private String title;
  private String category;
  private Optional<Suppression> hidden = Optional.empty();

  Treatment(Draft draft) {
    this.draft = draft;
    this.level = draft.level();
    this.title = draft.title();
    this.category = draft.verdict().category();
  }

  Level level() {
    return level;
  }

  String title() {
    return title;
  }

  String category() {
    return category;
  }

  Optional<Suppression> hidden() {
    return hidden;
  }

  List<WhyStep> steps() {
    return List.copyOf(steps);
  }

  void level(Level to, RuleRef rule, String because) {
    if (to != level) {
      told(rule, "level", level.word(), to.word(), because);
      level = to;
    }
  }

  void title(String to, RuleRef rule, String because) {
    String text =
        Bounded.text(
            to.replace("{title}", title)
                .replace("{host}", draft.entity("host.name"))
                .replace("{user}", draft.entity("user.name"))
                .replace("{ip}", draft.entity("source.ip")),
            300);
    if (!text.equals(title)) {
      told(rule, "title", title, text, because);
      title = text;
    }
  }

  void category(String word, RuleRef rule, String because) {
    if (!CATEGORY.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "a category is one lower-case word such as 'intrusions', not '%s'"
              .formatted(Bounded.text(word, 40)));
    }
    if (!word.equals(category)) {
      told(rule, "category", category, word, because);
      category = word;
    }
  }

  void suppress(Suppression suppression, RuleRef rule) {
    if (hidden.isEmpty()) {
      hidden = Optional.of(suppression);
      told(rule, "status", "open", "suppressed", suppression.because());
    }
  }

  /** These people are told of it. */
  void told(List<String> who, RuleRef rule, String because) {
    String names = String.join(", ", who);
    if (steps.size() < STEPS) {
      String words = "%s: told to %s%s".formatted(Words.rule(rule), names, because(because));
      steps.add(reason(WhyStep.decision(rule, words).with(WhyStep.TOLD, names, ""), because));
    }
  }

  /**
   * Names of people who are to be told, separated by {@code |}.
   *
   * @throws IllegalArgumentException where one is no name
   */
  static List<String> people(String text) {
    var who = Pattern.compile("\\|").splitAsStream(text).map(String::strip).distinct().toList();
    for (String name : who) {
      if (!PERSON.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "who is told are names of people such as 'ana|rui', not '%s'"
                .formatted(Bounded.text(name, 40)));
      }
    }
    if (who.size() > PEOPLE) {
      throw new IllegalArgumentException("more than 20 people to tell");
    }
    return who;
  }

  /** Keeps it out of the queue; the step that says so is another's. */
  void hide(Suppression suppression) {
    if (hidden.isEmpty()) {
      hidden = Optional.of(suppression);
    }
  }

  private void told(RuleRef rule, String field, String was, String is, String because) {
    if (steps.size() < STEPS) {
      String words =
          "%s: %s %s instead of %s%s"
              .formatted(
                  Words.rule(rule), field, is, was.isEmpty() ? "none" : was, because(because));
      steps.add(reason(WhyStep.decision(rule, words).with(field, is, was), because));
    }
  }

  private static WhyStep reason(WhyStep step, String because) {
    return because.isBlank() ? step : step.with(WhyFields.BECAUSE, Bounded.text(because, 200), "");
  }

  private static String because(String words) {
    return words.isBlank() ? "" : ", since " + Bounded.text(words, 200);
  }
}
