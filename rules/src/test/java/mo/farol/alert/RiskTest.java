package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RiskTest {
  private static final Alert.Entity HOST = new Alert.Entity("host.name", "web-01");
  private final TestDesk test = new TestDesk();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void points_fade_by_half_in_a_day_and_come_from_level_criticality_and_precision() {
    test.desk().detected(Seen.detection("one", Level.HIGH, "a", 1, 0));
    var risk = test.desk().risk();

    assertThat(risk.of("a", HOST, Seen.START).orElseThrow().score()).isEqualTo(45);
    assertThat(risk.of("a", HOST, Seen.START.plus(Duration.ofDays(1))).orElseThrow().score())
        .isCloseTo(22.5, within(0.01));
    assertThat(risk.of("b", HOST, Seen.START)).isEmpty();
    assertThat(RiskBook.points(Level.HIGH, 5, 0.5)).isEqualTo(90);
    assertThat(RiskBook.points(Level.HIGH, 0, 0)).isEqualTo(22.5);
  }

  @Test
  void three_different_rules_that_come_to_the_bound_are_one_alert_of_their_own() {
    var names = List.of("one", "two", "three");
    for (int i = 0; i < 5; i++) {
      test.desk().detected(Seen.detection(names.get(i % 3), Level.MEDIUM, "a", i, i * 3600L));
      assertThat(rules()).doesNotContain("risk-threshold");
    }
    test.desk().detected(Seen.detection("three", Level.MEDIUM, "a", 5, 5 * 3600L));

    var risky =
        test.alerts.values().stream().filter(a -> a.rule().id().equals("risk-threshold")).toList();
    assertThat(risky).extracting(a -> a.entities().getFirst()).contains(HOST).hasSize(3);
    assertThat(risky.getFirst().steps().getFirst().kind()).isEqualTo(WhyStep.Kind.RISK);
    assertThat(risky.getFirst().severity()).isEqualTo(Level.HIGH);
  }

  @Test
  void what_people_have_before_them_as_grave_is_not_told_as_risk_too() {
    test.desk().detected(Seen.detection("one", Level.HIGH, "a", 1, 0));
    test.desk().detected(Seen.detection("two", Level.HIGH, "a", 2, 3600));
    test.desk().detected(Seen.detection("three", Level.HIGH, "a", 3, 7200));

    assertThat(test.desk().risk().of("a", HOST, Seen.START).orElseThrow().score())
        .isGreaterThan(100);
    assertThat(rules()).doesNotContain("risk-threshold");
  }

  @Test
  void the_same_rule_again_and_again_is_not() {
    for (int i = 0; i < 10; i++) {
      test.desk().detected(Seen.detection("one", Level.HIGH, "a", i, i * 3600L));
    }
    assertThat(rules()).doesNotContain("risk-threshold");
  }

  @Test
  void after_a_restart_risk_is_what_the_alerts_say() {
    test.desk().detected(Seen.detection("one", Level.HIGH, "a", 1, 0));
    test.desk().detected(Seen.detection("two", Level.HIGH, "a", 2, 60));
    double before = test.desk().risk().of("a", HOST, Seen.START).orElseThrow().score();
    test.restart(List.of(), 3);
    test.desk().remember(List.copyOf(test.alerts.values()));

    assertThat(test.desk().risk().of("a", HOST, Seen.START).orElseThrow().score())
        .isEqualTo(before);
    assertThat(test.desk().risk().top(agency -> agency.equals("b"), Seen.START, 10)).isEmpty();
  }

  private List<String> rules() {
    return test.alerts.values().stream().map(a -> a.rule().id()).toList();
  }
}
