package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import mo.farol.indicator.Indicator;
import mo.farol.indicator.IndicatorHit;
import mo.farol.indicator.Kind;
import mo.farol.indicator.Tlp;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.Test;

/** What a sighting of an indicator becomes. */
class IndicatorDecisionsTest {
  private static Sighting sighting(
      int confidence, Tlp tlp, String field, long sequence, long seconds, String host) {
    var at = Seen.START.plusSeconds(seconds);
    var indicator =
        new Indicator(
            "indicator--1",
            Kind.DOMAIN,
            "evil.test",
            List.of("feed"),
            confidence,
            tlp,
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new Sighting(
        new IndicatorHit(indicator, field, "www.evil.test", sequence, "a", at),
        Seen.event("a", sequence, at, at, host),
        "",
        false);
  }

  private static Sighting gone(int confidence, long sequence, long seconds) {
    return sighting(confidence, Tlp.GREEN, "dns.question.name", sequence, seconds, "web-01");
  }

  @Test
  void one_that_its_source_is_sure_of_is_an_alert_and_further_ones_join_it() {
    try (var desk = new TestDesk()) {
      desk.desk().sighted(gone(90, 1, 0));
      desk.desk().sighted(gone(90, 2, 60));
      var alert = desk.only("indicator-seen");
      assertThat(desk.alerts).hasSize(1);
      assertThat(alert.count()).isEqualTo(2);
      assertThat(alert.severity()).isEqualTo(Level.HIGH);
      assertThat(alert.title()).isEqualTo("Known threat seen: evil.test on web-01");
      assertThat(alert.entities()).contains(new Alert.Entity("dns.question.name", "www.evil.test"));
      assertThat(alert.why().getFirst())
          .startsWith("indicator domain evil.test (indicator--1; source feed, confidence 90,");
    }
  }

  @Test
  void one_that_only_knocked_is_less() {
    try (var desk = new TestDesk()) {
      desk.desk().sighted(sighting(90, Tlp.GREEN, "source.domain", 1, 0, "web-01"));
      assertThat(desk.only("indicator-came").severity()).isEqualTo(Level.MEDIUM);
    }
  }

  @Test
  void one_that_its_source_is_not_sure_of_needs_behaviour_on_the_same_host_before_or_after() {
    try (var desk = new TestDesk()) {
      desk.desk().expectSightings(() -> true);
      desk.desk().sighted(gone(50, 1, 0));
      assertThat(desk.alerts).isEmpty();
      desk.desk().detected(Seen.detection("odd", Level.LOW, "a", 2, 60));
      var alert = desk.only("indicator-with-behaviour");
      assertThat(alert.events()).hasSize(2);
      assertThat(desk.alerts).hasSize(1);
    }
    try (var desk = new TestDesk()) {
      desk.desk().expectSightings(() -> true);
      desk.desk().detected(Seen.detection("odd", Level.LOW, "a", 1, 0));
      assertThat(desk.alerts).isEmpty();
      desk.desk().sighted(gone(50, 2, 14 * 60));
      assertThat(desk.alerts).hasSize(1);
    }
  }

  @Test
  void behaviour_elsewhere_too_early_or_of_no_level_is_none() {
    try (var desk = new TestDesk()) {
      desk.desk().expectSightings(() -> true);
      desk.desk().detected(Seen.detection("odd", Level.LOW, "a", 1, 0));
      desk.desk().detected(Seen.detection("note", Level.INFORMATIONAL, "a", 2, 16 * 60));
      desk.desk().detected(Seen.detection("odd", Level.LOW, "b", 3, 16 * 60));
      desk.desk().sighted(gone(50, 4, 16 * 60));
      assertThat(desk.alerts).isEmpty();
    }
  }

  @Test
  void what_its_label_keeps_from_agencies_stands_nowhere_in_the_alert() {
    try (var desk = new TestDesk()) {
      desk.desk().sighted(sighting(90, Tlp.RED, "dns.question.name", 1, 0, "web-01"));
      var alert = desk.only("indicator-seen");
      assertThat(alert.title()).isEqualTo("Known threat seen: www.evil.test on web-01");
      assertThat(alert.why().getFirst()).startsWith("an indicator marked TLP:RED was seen in");
      assertThat(String.join(" ", alert.why()) + alert.group())
          .doesNotContain("feed")
          .doesNotContain("indicator--1");
    }
  }

  @Test
  void the_same_sighting_gives_the_same_alert_again() {
    String id;
    try (var desk = new TestDesk()) {
      desk.desk().sighted(gone(90, 1, 0));
      id = desk.only("indicator-seen").id();
    }
    try (var desk = new TestDesk()) {
      desk.clock.advance(java.time.Duration.ofHours(3));
      desk.desk().sighted(gone(90, 1, 0));
      assertThat(desk.only("indicator-seen").id()).isEqualTo(id);
    }
  }
}
