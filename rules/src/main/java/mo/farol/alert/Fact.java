package mo.farol.alert;

import java.util.List;
import mo.farol.event.EventId;

/**
 * What the decision rules reason about. Every kind is an event to Drools: it carries its time and
 * an expiry of its own, so that no session grows without end.
 */
public sealed interface Fact
    permits AlertBased,
        CrossingFact,
        DetectionFact,
        FindingFact,
        IndicatorFact,
        RiskFact,
        SilenceFact {
  /** Event time, in milliseconds since 1970; never more than five minutes past its receipt. */
  long at();

  /** Agency id. */
  String agency();

  /** ATT&amp;CK technique ids. */
  List<String> techniques();

  /** Who and what it is about. */
  List<Alert.Entity> entities();

  /** The events it rests on, in order. */
  List<EventId> events();

  /** How many events it rests on, listed or not. */
  long count();

  /** Time of its first event, in milliseconds since 1970. */
  long firstAt();

  /** One sentence for people: which rule, which values, which events. */
  String words();
}
