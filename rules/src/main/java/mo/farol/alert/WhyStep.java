package mo.farol.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.event.EventId;
import mo.farol.sigma.RuleRef;

/**
 * One step of the reasoning behind an alert, as data.
 *
 * @param kind what spoke
 * @param words the same for people, as in {@link Alert#why}
 * @param rule which rule, where one did
 * @param matches selections and fields with their values, or what was changed
 * @param events it rests on, at most 20
 * @param count events it rests on, listed or not
 * @param from time of the first of them in milliseconds, or 0
 * @param to time of the last, or 0
 */
public record WhyStep(
    Kind kind,
    String words,
    Optional<RuleRef> rule,
    List<Match> matches,
    List<EventId> events,
    long count,
    long from,
    long to) {
  private static final int EVENTS = 20;

  /** The field of a decision that says who is told; its value are names, by comma. */
  public static final String TOLD = "notify";

  /** What an indicator is, by the names of ECS. */
  public static final String INDICATOR_TYPE = "threat.indicator.type";

  public static final String INDICATOR_ID = "threat.indicator.id";
  public static final String INDICATOR_CONFIDENCE = "threat.indicator.confidence";
  public static final String INDICATOR_TLP = "threat.indicator.marking.tlp";

  /** In which way a source is not as usual, as {@link SilenceFact} says it. */
  public static final String SILENCE_KIND = "silence.kind";

  public static final String SILENCE_PROGRAM = "silence.program";
  public static final String SILENCE_DAY_OFF = "silence.day_off";
  public static final String SILENCE_AGENCY = "silence.whole_agency";

  /** What spoke. */
  public enum Kind {
    DETECTION,
    WINDOW,
    SILENCE,
    FINDING,
    INDICATOR,
    ALERT,
    RISK,
    DECISION,
    ASSET,
    EXCEPTION,
    MAINTENANCE
  }

  /**
   * A field that mattered.
   *
   * @param selection of the rule, empty where there is none
   * @param field ECS name, or what was counted or changed
   * @param value what it was
   * @param expected threshold, or what it was before; empty where the rule says it
   */
  public record Match(String selection, String field, String value, String expected) {
    /** Whether it is what was seen, rather than what Farol says of the step: {@link WhyFields}. */
    public boolean wasSeen() {
      return !selection.isEmpty() || !WhyFields.isOurs(field);
    }
  }

  public WhyStep {
    matches = List.copyOf(matches);
    events = List.copyOf(events);
  }

  static WhyStep of(Kind kind, Fact fact, Optional<RuleRef> rule, List<Match> matches) {
    var events = fact.events();
    int surplus = Math.max(0, events.size() - EVENTS);
    return new WhyStep(
        kind,
        fact.words(),
        rule,
        matches,
        events.subList(surplus, events.size()),
        fact.count(),
        fact.firstAt(),
        fact.at());
  }

  static WhyStep decision(RuleRef rule, String words) {
    return plain(Kind.DECISION, words, Optional.of(rule));
  }

  static WhyStep plain(Kind kind, String words, Optional<RuleRef> rule) {
    return new WhyStep(kind, words, rule, List.of(), List.of(), 0, 0, 0);
  }

  /** The value of the first match of a field. */
  public Optional<String> value(String field) {
    return matches.stream()
        .filter(match -> match.field().equals(field))
        .map(Match::value)
        .findFirst();
  }

  /** The same with one more match. */
  WhyStep with(String field, String value, String expected) {
    var more = new ArrayList<>(matches);
    more.add(new Match("", field, value, expected));
    return new WhyStep(kind, words, rule, more, events, count, from, to);
  }
}
