package mo.farol.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mo.farol.alert.Alert;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/** Alerts for tests: start with one and change what matters. */
public final class SampleAlert {
  public static final Instant START = Instant.parse("2026-11-24T07:30:00Z");

  private final String id;
  private String title = "Password guessed";
  private String agency = "harbour";
  private Level severity = Level.HIGH;
  private List<String> techniques = List.of("T1110.001");
  private List<Alert.Entity> entities =
      List.of(new Alert.Entity("host.name", "web-1"), new Alert.Entity("source.ip", "203.0.113.7"));
  private Instant firstAt = START;
  private long count = 3;
  private String lane = "";
  private boolean exercise;

  private SampleAlert(String id) {
    this.id = id;
  }

  public static SampleAlert named(String id) {
    return new SampleAlert(id);
  }

  public SampleAlert title(String title) {
    this.title = title;
    return this;
  }

  public SampleAlert agency(String agency) {
    this.agency = agency;
    return this;
  }

  public SampleAlert severity(Level severity) {
    this.severity = severity;
    return this;
  }

  public SampleAlert techniques(String... techniques) {
    this.techniques = List.of(techniques);
    return this;
  }

  /** Field and value in turn. */
  public SampleAlert about(String... pairs) {
    var made = new java.util.ArrayList<Alert.Entity>();
    for (int i = 0; i < pairs.length; i += 2) {
      made.add(new Alert.Entity(pairs[i], pairs[i + 1]));
    }
    entities = List.copyOf(made);
    return this;
  }

  public SampleAlert after(Duration time) {
    firstAt = START.plus(time);
    return this;
  }

  public SampleAlert count(long count) {
    this.count = count;
    return this;
  }

  public SampleAlert lane(String lane) {
    this.lane = lane;
    return this;
  }

  public SampleAlert exercise() {
    this.exercise = true;
    return this;
  }

  public Alert raised() {
    return Alert.of(
            id,
            agency,
            new RuleRef("password-guessed", "0123456789ab", "Password guessing that worked"))
        .title(title)
        .severity(severity)
        .techniques(techniques)
        .entities(entities)
        .at(firstAt, firstAt.plusSeconds(60), firstAt.plusSeconds(61))
        .events(count, List.of(new EventId(11), new EventId(12), new EventId(13)))
        .why(
            List.of("3 failures, then a success from the same address within 5 minutes"), List.of())
        .lane(lane, exercise)
        .build();
  }
}
