package mo.farol.centre;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import mo.farol.alert.Alert;
import mo.farol.alert.DetectionReplay;
import mo.farol.alert.WhyStep;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;
import org.junit.jupiter.api.Test;

/** Every alert stands in the account once, with a reason where it is not simply the same. */
class AccountTest {
  private static final Instant AT = Instant.parse("2026-11-26T10:00:00Z");
  private static final Map<String, String> VERSIONS =
      Map.of("rule", "1", "source-silent", "1", "indicator-seen", "1", "risk", "1");

  @Test
  void each_alert_of_the_ledger_and_of_the_reading_stands_in_it_once() {
    var ledger =
        List.of(
            alert("same", "rule", 3),
            alert("grown", "rule", 4),
            alert("gone", "rule", 5),
            alert("old", "retired", 6),
            alert("early", "rule", 1),
            alert("quiet", "source-silent", 7, WhyStep.Kind.SILENCE),
            alert("loud", "source-silent", 8, WhyStep.Kind.SILENCE),
            alert("seal", "seal-broken", 9, WhyStep.Kind.FINDING),
            alert("risky", "risk", 10, WhyStep.Kind.RISK));
    var told =
        List.of(
            ledger.getFirst(),
            alert("grown", "rule", 4, 5),
            ledger.get(5),
            alert("fresh", "rule", 11));
    var account = account(ledger, told);
    assertThat(account.lines())
        .extracting(
            line -> line.alert().id() + " " + line.came().name().toLowerCase(java.util.Locale.ROOT))
        .containsExactly(
            "same same",
            "grown differs",
            "gone missing",
            "old not_replayed",
            "early not_replayed",
            "quiet not_replayed",
            "loud differs",
            "seal not_replayed",
            "risky not_replayed",
            "fresh new");
    assertThat(account.lines())
        .filteredOn(line -> line.came() != Account.Came.SAME)
        .noneMatch(line -> line.reason().isEmpty());
    assertThat(account.ofLedger()).isEqualTo(ledger.size());
    assertThat(account.isSame()).isFalse();
    assertThat(reason(account, "grown")).isEqualTo("count 1, told anew 2");
    assertThat(reason(account, "loud")).contains("event 99 of that source was received at");
    assertThat(reason(account, "early")).contains("retention");
  }

  @Test
  void what_can_not_be_told_is_no_difference() {
    var ledger = List.of(alert("quiet", "source-silent", 7, WhyStep.Kind.SILENCE));
    assertThat(account(ledger, List.of()).isSame()).isTrue();
    assertThat(account(List.of(alert("gone", "rule", 5)), List.of()).isSame()).isFalse();
  }

  @Test
  void an_indicator_that_is_told_in_words_alone_is_not_looked_for() {
    var account =
        account(
            List.of(
                alert("words", "indicator-seen", 7, WhyStep.Kind.INDICATOR),
                alert("silent", "source-silent", 8, WhyStep.Kind.SILENCE)),
            List.of());
    assertThat(account.lines())
        .extracting(Account.Line::came)
        .containsOnly(Account.Came.NOT_REPLAYED);
    assertThat(reason(account, "words")).contains("an earlier Farol wrote it");
    assertThat(reason(account, "silent")).doesNotContain("bears out");
    assertThat(account.isSame()).isTrue();
  }

  private static String reason(Account account, String id) {
    return account.lines().stream()
        .filter(line -> line.alert().id().equals(id))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  private static Account account(List<Alert> ledger, List<Alert> told) {
    var against = Map.of("loud", new DetectionReplay.Contradiction("loud", 99, AT));
    return Account.of(
        ledger, told, new Account.Grounds(VERSIONS, against, 2, 1_000, AT.plusSeconds(60)));
  }

  private static Alert alert(String id, String rule, long... events) {
    return alert(id, rule, events, List.of());
  }

  private static Alert alert(String id, String rule, long event, WhyStep.Kind kind) {
    var step = new WhyStep(kind, "words", Optional.empty(), List.of(), List.of(), 1, 0, 0);
    return alert(id, rule, new long[] {event}, List.of(step));
  }

  private static Alert alert(String id, String rule, long[] events, List<WhyStep> steps) {
    return new Alert(
        id,
        "title",
        Level.HIGH,
        "agency-a",
        new RuleRef(rule, "1", "title"),
        List.of(),
        List.of(),
        AT,
        AT,
        AT,
        events.length,
        LongStream.of(events).mapToObj(EventId::new).toList(),
        List.of(),
        Alert.Status.OPEN,
        "",
        false,
        "",
        steps,
        "");
  }
}
