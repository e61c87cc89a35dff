package mo.farol.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/**
 * Detections grouped for a person.
 *
 * @param id hash of rule, version, group and window start: a replay gives the same
 * @param title for people
 * @param severity how grave
 * @param agency agency id, or {@link #NATIONAL} for the committee's own
 * @param rule the rule that speaks: a Sigma rule for a detection or a count, a decision rule where
 *     several facts were put together
 * @param techniques ATT&CK technique ids
 * @param entities what it is about
 * @param firstAt time of its first event
 * @param lastAt time of its last event
 * @param raisedAt when Farol raised it
 * @param count events in it
 * @param events ids, in order, at most the newest 1,000
 * @param why steps of the reasoning, for people: rule, facts, thresholds
 * @param status where a person has taken it
 * @param lane empty for live traffic, else the import's id
 * @param exercise drill data
 * @param group what keeps alerts of one rule apart: new facts of the same group join this alert as
 *     long as it grows
 * @param steps the why as data
 * @param category what kind of incident it would be, where a decision said so; else empty
 */
public record Alert(
    String id,
    String title,
    Level severity,
    String agency,
    RuleRef rule,
    List<String> techniques,
    List<Entity> entities,
    Instant firstAt,
    Instant lastAt,
    Instant raisedAt,
    long count,
    List<EventId> events,
    List<String> why,
    Status status,
    String lane,
    boolean exercise,
    String group,
    List<WhyStep> steps,
    String category) {
  /**
   * The agency id of alerts about several agencies, for the committee. Only a national scope sees
   * it.
   */
  public static final String NATIONAL = "national";

  /** What an alert is about: an ECS field and its value. */
  public record Entity(String field, String value) {}

  /** Where a person has taken an alert. */
  public enum Status {
    OPEN,
    ACKNOWLEDGED,
    CLOSED,
    /** Kept out of the queue by a rule, an exception or a maintenance; counted and there to see. */
    SUPPRESSED
  }

  public Alert {
    techniques = List.copyOf(techniques);
    entities = List.copyOf(entities);
    events = List.copyOf(events);
    why = List.copyOf(why);
    steps = List.copyOf(steps);
  }

  /** One to be put together. */
  public static AlertBuilder of(String id, String agency, RuleRef rule) {
    return new AlertBuilder(id, agency, rule);
  }

  /** This one, to be changed. */
  public AlertBuilder change() {
    return new AlertBuilder(id, agency, rule)
        .title(title)
        .severity(severity)
        .techniques(techniques)
        .entities(entities)
        .at(firstAt, lastAt, raisedAt)
        .events(count, events)
        .why(why, steps)
        .status(status)
        .lane(lane, exercise)
        .group(group)
        .category(category);
  }

  /** What keeps it out of the queue, such as {@code EXCEPTION:12}; empty where nothing does. */
  public Optional<String> hiddenBy() {
    int at = group.lastIndexOf('\u0001');
    return status == Status.SUPPRESSED && at >= 0
        ? Optional.of(group.substring(at + 1))
        : Optional.empty();
  }

  /** Whom decisions say it is told to, by the names they sign in with, each once. */
  public List<String> told() {
    return steps.stream()
        .filter(step -> step.kind() == WhyStep.Kind.DECISION)
        .flatMap(step -> step.matches().stream())
        .filter(match -> match.field().equals(WhyStep.TOLD))
        .flatMap(match -> Stream.of(match.value().split(", ", -1)))
        .distinct()
        .toList();
  }
}
