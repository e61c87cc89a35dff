package mo.farol.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.event.Severity;
import mo.farol.event.Source;
import mo.farol.match.Detection;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;
import mo.farol.silence.Silence;
import mo.farol.silence.Trouble;
import mo.farol.window.Crossing;

/** What a desk is told in tests; seconds count from {@link #START}. */
final class Seen {
  static final Instant START = Instant.parse("2025-03-10T08:00:00Z");

  private Seen() {}

  static Detection detection(String rule, Level level, String agency, long sequence, long seconds) {
    return detection(rule, level, agency, sequence, seconds, "web-01");
  }

  static Detection imported(String lane, long sequence) {
    var at = START.minus(Duration.ofDays(1));
    return new Detection(
        new RuleRef("web-shell", "0123456789ab", "web-shell"),
        Level.HIGH,
        List.of(),
        event("b", sequence, at, START, "web-01"),
        lane,
        false,
        List.of());
  }

  static Detection detection(
      String rule, Level level, String agency, long sequence, long seconds, String host) {
    var at = START.plusSeconds(seconds);
    return new Detection(
        new RuleRef(rule, "0123456789ab", rule),
        level,
        rule.equals("web-shell") ? List.of("T1505.003") : List.of(),
        event(agency, sequence, at, at, host),
        "",
        false,
        List.of());
  }

  static Event event(String agency, long sequence, Instant at, Instant receivedAt, String host) {
    return new Event(
        new EventId(sequence),
        new Source(agency, host),
        at,
        receivedAt,
        Severity.NOTICE,
        "",
        Map.of("host.name", host, "user.name", "ana", "source.ip", "198.51.100.7"));
  }

  static Crossing crossing(String agency, long firstSequence, long seconds) {
    var last = START.plusSeconds(seconds);
    var group = new LinkedHashMap<String, String>();
    group.put("source.ip", "198.51.100.7");
    group.put("host.name", "web-01");
    return new Crossing(
        new RuleRef("guessing", "0123456789ab", "SSH password guessing"),
        Level.MEDIUM,
        List.of("T1110.001"),
        agency,
        "",
        false,
        group,
        Map.of(),
        10,
        10,
        last.minusSeconds(30),
        last,
        last,
        LongStream.range(firstSequence, firstSequence + 10).mapToObj(EventId::new).toList(),
        false,
        false,
        false);
  }

  static Silence silence(String host, boolean wholeAgency) {
    return new Silence(
        new Source("a", host),
        START,
        7,
        Duration.ofMinutes(2),
        START.plusSeconds(300),
        wholeAgency);
  }

  static Silence trouble(Trouble.Kind kind, String what, boolean dayOff) {
    return new Silence(
        new Source("a", "db-01"),
        START,
        7,
        Duration.ofMinutes(2),
        START.plusSeconds(300),
        false,
        new Trouble(kind, START, what, 1000, 20, dayOff));
  }
}
