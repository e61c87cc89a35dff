package mo.farol.match;

import java.util.List;
import mo.farol.event.Event;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/**
 * One firing of one rule on one event.
 *
 * @param rule which text of which rule
 * @param level as the rule says
 * @param techniques ATT&CK technique ids, such as {@code T1110.001}
 * @param event what matched, whole
 * @param lane empty for live traffic, else the import's id
 * @param exercise drill data
 * @param because the selections and field values that matched, for people
 * @param tried filters in shadow that would apply to the rule
 * @param sender whose clock the event's time is by, as {@link mo.farol.event.Origin#sender} tells
 *     it apart; empty where nobody asks
 */
public record Detection(
    RuleRef rule,
    Level level,
    List<String> techniques,
    Event event,
    String lane,
    boolean exercise,
    List<String> because,
    List<Tried> tried,
    String sender) {
  /**
   * A filter in shadow, asked about an event that its rule matched.
   *
   * @param filter which, under the id of a shadow
   * @param takes whether it would have taken the detection away
   */
  public record Tried(RuleRef filter, boolean takes) {}

  public Detection {
    techniques = List.copyOf(techniques);
    because = List.copyOf(because);
    tried = List.copyOf(tried);
  }

  /** One on which no filter is tried, of a sender that nobody asks for. */
  public Detection(
      RuleRef rule,
      Level level,
      List<String> techniques,
      Event event,
      String lane,
      boolean exercise,
      List<String> because) {
    this(rule, level, techniques, event, lane, exercise, because, List.of(), "");
  }

  /** Agency id of the event. */
  public String agency() {
    return event.source().agency();
  }

  /**
   * Whether the event was marked as sent again: one like it was kept, and detected, before. Only we
   * say so; a sender's own field of that name is called otherwise.
   */
  public boolean isRepeat() {
    return field("farol.duplicate").equals("true");
  }

  /** Value of an event field, empty when it has none. */
  public String field(String name) {
    return event.fields().getOrDefault(name, "");
  }
}
