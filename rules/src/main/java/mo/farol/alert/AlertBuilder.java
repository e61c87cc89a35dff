package mo.farol.alert;

import java.time.Instant;
import java.util.List;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/**
 * Puts an {@link Alert} together. What is not said is empty, and it is open; level, times and
 * events are to be said.
 */
public final class AlertBuilder {
  private final String id;
  private final String agency;
  private final RuleRef rule;
  private String title;
  private Level severity = Level.INFORMATIONAL;
  private List<String> techniques = List.of();
  private List<Alert.Entity> entities = List.of();
  private Instant firstAt = Instant.EPOCH;
  private Instant lastAt = Instant.EPOCH;
  private Instant raisedAt = Instant.EPOCH;
  private long count;
  private List<EventId> events = List.of();
  private List<String> why = List.of();
  private List<WhyStep> steps = List.of();
  private Alert.Status status = Alert.Status.OPEN;
  private String lane = "";
  private boolean exercise;
  private String group = "";
  private String category = "";

  AlertBuilder(String id, String agency, RuleRef rule) {
    this.id = id;
    this.agency = agency;
    this.rule = rule;
    title = rule.title();
  }

  /** For people; the rule's own where none is said. */
  public AlertBuilder title(String text) {
    title = text;
    return this;
  }

  public AlertBuilder severity(Level level) {
    severity = level;
    return this;
  }

  /** ATT&amp;CK technique ids. */
  public AlertBuilder techniques(List<String> ids) {
    techniques = ids;
    return this;
  }

  /** What it is about. */
  public AlertBuilder entities(List<Alert.Entity> all) {
    entities = all;
    return this;
  }

  /** Times of its first and last event, and when Farol raised it. */
  public AlertBuilder at(Instant first, Instant last, Instant raised) {
    firstAt = first;
    lastAt = last;
    raisedAt = raised;
    return this;
  }

  /**
   * @param number of all its events
   * @param newest ids, in order
   */
  public AlertBuilder events(long number, List<EventId> newest) {
    count = number;
    events = newest;
    return this;
  }

  /** Steps of the reasoning, for people and as data. */
  public AlertBuilder why(List<String> words, List<WhyStep> data) {
    why = words;
    steps = data;
    return this;
  }

  public AlertBuilder status(Alert.Status taken) {
    status = taken;
    return this;
  }

  /**
   * @param name empty for live traffic, else the import's id
   * @param isDrill whether it is drill data
   */
  public AlertBuilder lane(String name, boolean isDrill) {
    lane = name;
    exercise = isDrill;
    return this;
  }

  /** What keeps it apart from alerts of the same rule. */
  public AlertBuilder group(String key) {
    group = key;
    return this;
  }

  /** What kind of incident it would be. */
  public AlertBuilder category(String word) {
    category = word;
    return this;
  }

  public Alert build() {
    return new Alert(
        id,
        title,
        severity,
        agency,
        rule,
        techniques,
        entities,
        firstAt,
        lastAt,
        raisedAt,
        count,
        events,
        why,
        status,
        lane,
        exercise,
        group,
        steps,
        category);
  }
}
