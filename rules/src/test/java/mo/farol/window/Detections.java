package mo.farol.window;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.event.Severity;
import mo.farol.event.Source;
import mo.farol.match.Detection;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/** Detections for tests: rule, event time and fields. */
final class Detections {
  static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

  private Detections() {}

  /** A detection {@code millis} after the start; it arrived an hour later. */
  static Detection at(long millis, long sequence, String rule, Map<String, String> fields) {
    return in("agency-a", "", millis, sequence, rule, fields);
  }

  static Detection in(
      String agency,
      String lane,
      long millis,
      long sequence,
      String rule,
      Map<String, String> fields) {
    var receivedAt = START.plusSeconds(36_000);
    return of(agency, "host", lane, millis, receivedAt, sequence, rule, fields);
  }

  static Detection of(
      String agency,
      String host,
      String lane,
      long millis,
      Instant receivedAt,
      long sequence,
      String rule,
      Map<String, String> fields) {
    var event =
        new Event(
            new EventId(sequence),
            new Source(agency, host),
            START.plusMillis(millis),
            receivedAt,
            Severity.NOTICE,
            "",
            fields);
    var ref = new RuleRef(rule, "v", rule);
    return new Detection(ref, Level.LOW, List.of(), event, lane, false, List.of());
  }
}
