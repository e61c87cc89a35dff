package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventId;
import mo.farol.event.Source;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;
import mo.farol.silence.Silence;
import mo.farol.silence.Trouble;
import org.junit.jupiter.api.Test;

class WhyStepsTest {
  private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  void a_silence_of_any_kind_says_when_it_was_heard_and_what_is_usual() {
    for (var kind : Trouble.Kind.values()) {
      var trouble = new Trouble(kind, AT, "sshd", 4000, 3, true);
      var silence =
          new Silence(
              new Source("a", "web-01"),
              AT,
              9,
              Duration.ofHours(2),
              AT.plusSeconds(60),
              true,
              trouble);
      var step = WhySteps.of(new SilenceFact(AT.plusSeconds(60).toEpochMilli(), silence));
      assertThat(step.value(WhyStep.SILENCE_KIND)).contains(kind.word());
      assertThat(step.value(WhyFields.SILENCE_LAST)).contains(AT.toString());
      assertThat(step.value(WhyFields.SILENCE_PAUSE)).contains("7200");
      assertThat(step.value(WhyFields.SILENCE_SEEN)).contains("3");
      assertThat(step.value(WhyFields.SILENCE_USUAL)).contains("4000");
    }
  }

  @Test
  void a_finding_says_its_kind_and_figures() {
    for (var kind : Finding.Kind.values()) {
      var finding =
          new Finding(
              kind, "seal", "broken", AT, AT, new EventId(1), Map.of("finding.events", "77"));
      var step = WhySteps.of(FindingFact.of(finding));
      assertThat(step.value(WhyFields.FINDING_KIND))
          .contains(kind.name().toLowerCase(java.util.Locale.ROOT));
      assertThat(step.value("finding.events")).contains("77");
      assertThat(step.value(Finding.FIELD)).contains("seal");
    }
  }

  @Test
  void an_alert_and_a_risk_say_which_alerts_they_rest_on_and_none_of_it_was_seen_in_an_event() {
    var alert =
        Alert.of("ab12", "a", new RuleRef("web-shell", "0123456789ab", "Webshell"))
            .severity(Level.HIGH)
            .at(AT, AT, AT)
            .events(1, List.of(new EventId(1)))
            .build();
    var step = WhySteps.of(AlertFact.of(alert));
    assertThat(step.matches())
        .containsExactly(
            new WhyStep.Match("", "alert.id", "ab12", ""),
            new WhyStep.Match("", "alert.title", "Webshell", ""),
            new WhyStep.Match("", "alert.agency", "a", ""),
            new WhyStep.Match("", "alert.severity", "high", ""))
        .noneMatch(WhyStep.Match::wasSeen);
    var entity = new Alert.Entity("host.name", "web-01");
    var risk = new RiskFact(1, "a", entity, 120, 3, List.of(alert), new EventId(1));
    assertThat(WhySteps.of(risk).value(WhyFields.RISK_ALERT)).contains("Webshell");
  }
}
