package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.event.Severity;
import mo.farol.event.Source;
import mo.farol.match.Detection;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;
import mo.farol.silence.Silence;
import mo.farol.window.Crossing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertDeskTest {
  private static final Instant START = Instant.parse("2025-03-10T08:00:00Z");
  private static final DecisionBook DECISIONS = DecisionBook.load(List.of(Path.of("decide")));
  private static final Map<String, RuleCard> CARDS =
      Map.of(
          "guessing", new RuleCard(List.of("farol.login-guessing"), false, false, "gte 10 events"),
          "accepted", new RuleCard(List.of("farol.login-accepted"), true, false, ""),
          "root", new RuleCard(List.of("farol.became-root"), true, false, ""),
          "servant", new RuleCard(List.of(), false, true, ""));

  private final Map<String, Alert> alerts = new LinkedHashMap<>();
  private final Set<String> closed = new HashSet<>();
  private final ManualClock clock = new ManualClock(START);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private AlertDesk desk = open(List.of(), 0);

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void the_shipped_decision_rules_compile() {
    assertThat(DECISIONS.faults()).isEmpty();
    assertThat(DECISIONS.rules())
        .extracting(RuleRef::id)
        .contains("direct-grave", "threshold", "guessed-login", "source-silent");
  }

  @Test
  void a_detection_of_level_medium_is_an_alert_and_one_of_level_low_is_not() {
    desk.detected(detection("web-shell", Level.HIGH, "a", 1, 0));
    desk.detected(detection("odd", Level.LOW, "a", 2, 1));

    assertThat(alerts.values())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.severity()).isEqualTo(Level.HIGH);
              assertThat(alert.rule().id()).isEqualTo("web-shell");
              assertThat(alert.agency()).isEqualTo("a");
              assertThat(alert.events()).containsExactly(new EventId(1));
              assertThat(alert.entities()).contains(new Alert.Entity("host.name", "web-01"));
              assertThat(alert.why()).hasSize(2);
              assertThat(alert.why().getFirst()).contains("web-shell", "event 1");
              assertThat(alert.why().getLast()).contains("direct-grave");
            });
  }

  @Test
  void a_rule_that_only_serves_a_count_raises_nothing_alone() {
    desk.detected(detection("servant", Level.HIGH, "a", 1, 0));

    assertThat(alerts).isEmpty();
  }

  @Test
  void more_of_the_same_within_half_an_hour_joins_the_alert_and_later_raises_another() {
    desk.detected(detection("web-shell", Level.HIGH, "a", 1, 0));
    desk.detected(detection("web-shell", Level.HIGH, "a", 2, 600));
    desk.detected(detection("web-shell", Level.HIGH, "a", 3, 600 + 1700));
    desk.detected(detection("web-shell", Level.HIGH, "a", 4, 600 + 1700 + 1900));

    assertThat(alerts.values()).extracting(Alert::count).containsExactly(3L, 1L);
    assertThat(alerts.values()).extracting(Alert::id).doesNotHaveDuplicates();
  }

  @Test
  void a_login_that_succeeds_after_guessing_from_the_same_address_is_an_alert_of_its_own() {
    desk.crossed(crossing("a", 10, 60));
    desk.detected(detection("accepted", Level.INFORMATIONAL, "a", 20, 65));

    var guessed = only("guessed-login");
    assertThat(guessed.severity()).isEqualTo(Level.HIGH);
    assertThat(guessed.techniques()).contains("T1110");
    assertThat(guessed.count()).isEqualTo(11);
    assertThat(guessed.entities())
        .contains(
            new Alert.Entity("source.ip", "198.51.100.7"),
            new Alert.Entity("host.name", "web-01"),
            new Alert.Entity("user.name", "ana"));
    assertThat(guessed.why()).anySatisfy(step -> assertThat(step).contains("gte 10 events"));
  }

  @Test
  void a_login_without_guessing_before_it_or_long_after_it_is_not() {
    desk.detected(detection("accepted", Level.INFORMATIONAL, "a", 1, 0));
    desk.crossed(crossing("a", 10, 120));
    desk.detected(detection("accepted", Level.INFORMATIONAL, "a", 30, 120 + 15 * 60));

    assertThat(alerts.values()).extracting(a -> a.rule().id()).containsExactly("guessing");
  }

  @Test
  void agencies_imports_and_drills_do_not_mix() {
    desk.crossed(crossing("a", 10, 60));
    desk.detected(detection("accepted", Level.INFORMATIONAL, "b", 20, 65));

    assertThat(alerts.values()).extracting(a -> a.rule().id()).containsExactly("guessing");
  }

  @Test
  void root_by_the_account_just_taken_is_critical_even_an_hour_of_silence_later() {
    desk.crossed(crossing("a", 10, 60));
    desk.detected(detection("accepted", Level.INFORMATIONAL, "a", 20, 65));
    desk.detected(detection("root", Level.LOW, "a", 30, 65 + 50 * 60));

    assertThat(only("guessed-login-then-root").severity()).isEqualTo(Level.CRITICAL);
    assertThat(only("guessed-login-then-root").techniques()).containsExactly("T1548.003");
  }

  @Test
  void a_quiet_source_and_a_quiet_agency_are_alerts() {
    desk.silent(silence("db-01", false));
    desk.silent(silence("web-01", true));

    assertThat(only("source-silent").severity()).isEqualTo(Level.MEDIUM);
    assertThat(only("agency-silent").severity()).isEqualTo(Level.HIGH);
  }

  @Test
  void one_technique_in_three_agencies_within_a_quarter_of_an_hour_is_for_the_committee() {
    desk.detected(detection("web-shell", Level.HIGH, "a", 1, 0));
    desk.detected(detection("web-shell", Level.HIGH, "b", 2, 300));
    assertThat(alerts).hasSize(2);

    desk.detected(detection("web-shell", Level.HIGH, "c", 3, 600));

    var campaign = only("campaign-technique");
    assertThat(campaign.agency()).isEqualTo(Alert.NATIONAL);
    assertThat(campaign.title()).contains("T1505", "a, b, c");
    assertThat(campaign.events()).extracting(EventId::sequence).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_campaign_takes_the_newest_alert_of_each_level_however_many_an_agency_raises() {
    for (int i = 0; i < 50; i++) {
      desk.detected(detection("web-shell", Level.HIGH, "a", i, i, "host-" + i));
    }
    desk.detected(detection("web-shell", Level.MEDIUM, "a", 60, 60, "host-60"));
    desk.detected(detection("web-shell", Level.MEDIUM, "b", 61, 61));
    desk.detected(detection("web-shell", Level.MEDIUM, "c", 62, 62));

    var campaign = only("campaign-technique");
    assertThat(campaign.severity()).isEqualTo(Level.HIGH);
    assertThat(campaign.events()).extracting(EventId::sequence).containsExactly(49L, 60L, 61L, 62L);
  }

  @Test
  void a_late_alert_does_not_take_the_place_of_a_newer_one_in_a_campaign() {
    desk.detected(detection("web-shell", Level.HIGH, "a", 1, 3000, "host-1"));
    desk.detected(detection("web-shell", Level.HIGH, "a", 2, 0, "host-2"));
    desk.detected(detection("web-shell", Level.HIGH, "b", 3, 3001));
    desk.detected(detection("web-shell", Level.HIGH, "c", 4, 3002));

    assertThat(only("campaign-technique").events())
        .extracting(EventId::sequence)
        .containsExactly(1L, 3L, 4L);
  }

  @Test
  void one_technique_in_three_agencies_over_a_day_is_not() {
    for (int i = 0; i < 3; i++) {
      desk.detected(detection("web-shell", Level.HIGH, "agency-" + i, i, i * 3600L));
    }

    assertThat(alerts.values()).extracting(Alert::agency).doesNotContain(Alert.NATIONAL);
  }

  @Test
  void equal_detections_within_a_second_are_one_fact_and_all_are_counted() {
    for (int i = 0; i < 5_000; i++) {
      desk.detected(detection("web-shell", Level.HIGH, "a", i, 0));
    }
    desk.flush();

    assertThat(alerts.values()).singleElement().extracting(Alert::count).isEqualTo(5_000L);
  }

  @Test
  void the_first_of_a_kind_beyond_the_cap_a_second_moves_a_counter() {
    for (int i = 0; i < 150; i++) {
      desk.detected(detection("web-shell", Level.HIGH, "a", i, 0, "host-" + i));
    }

    assertThat(meters.counter("farol_alert_overflow_facts_total").count()).isEqualTo(50);
  }

  @Test
  void what_was_concluded_before_the_checkpoint_is_neither_raised_nor_counted_again() {
    desk.crossed(crossing("a", 10, 60));
    desk.detected(detection("accepted", Level.INFORMATIONAL, "a", 20, 65));
    var before = List.copyOf(alerts.values());
    desk.close();
    alerts.clear();

    desk = open(before, 21);
    desk.crossed(crossing("a", 10, 60));
    desk.detected(detection("accepted", Level.INFORMATIONAL, "a", 20, 65));
    assertThat(alerts).isEmpty();

    desk.detected(detection("accepted", Level.INFORMATIONAL, "a", 21, 70));
    var grown = only("guessed-login");
    assertThat(grown.count()).isEqualTo(12);
    assertThat(before).extracting(Alert::id).contains(grown.id());
  }

  @Test
  void a_restart_remembers_the_alerts_that_stand() {
    desk.crossed(crossing("a", 10, 60));
    desk.detected(detection("accepted", Level.INFORMATIONAL, "a", 20, 65));
    desk.close();

    desk = open(List.copyOf(alerts.values()), 21);
    desk.detected(detection("root", Level.LOW, "a", 30, 600));

    assertThat(only("guessed-login-then-root").count()).isEqualTo(12);
  }

  @Test
  void what_goes_on_after_people_closed_its_alert_is_another_alert_of_the_new_events() {
    desk.crossed(crossing("a", 10, 60));
    var first = only("guessing");
    closed.add(first.id());

    desk.crossed(crossing("a", 10, 62)); // nothing that was not counted
    assertThat(alerts).containsOnlyKeys(first.id());

    desk.crossed(crossing("a", 15, 64));
    desk.crossed(crossing("a", 16, 66));
    assertThat(alerts.values()).extracting(Alert::count).containsExactly(10L, 6L);
  }

  @Test
  void a_backlog_between_live_lines_is_one_alert_beside_the_live_one() {
    for (int i = 0; i < 40; i++) {
      desk.detected(detection("web-shell", Level.HIGH, "a", i, (i % 2) * 7200L + i));
    }
    desk.flush();

    assertThat(alerts.values()).extracting(Alert::count).containsExactlyInAnyOrder(20L, 20L);
  }

  @Test
  void imports_do_not_drive_out_the_sessions_of_live_agencies() {
    desk.crossed(crossing("a", 10, 60));
    for (int i = 0; i < 300; i++) {
      desk.detected(imported("import-" + i, 1000 + i));
    }
    desk.detected(detection("accepted", Level.INFORMATIONAL, "a", 2000, 65));

    assertThat(only("guessed-login").count()).isEqualTo(11);
    assertThat(desk.sessions()).isLessThanOrEqualTo(257);
    assertThat(meters.counter("farol_alert_evicted_sessions_total").count()).isPositive();
  }

  @Test
  void a_session_forgets_its_facts_and_is_closed_when_long_idle() {
    desk.detected(detection("web-shell", Level.HIGH, "a", 1, 0));
    assertThat(desk.sessions()).isEqualTo(2);

    clock.advance(Duration.ofMinutes(71));
    desk.closeIdle();

    assertThat(desk.sessions()).isZero();
  }

  @Test
  void a_sender_years_ahead_does_not_carry_the_session_with_it() {
    desk.detected(
        new Detection(
            new RuleRef("web-shell", "v", "web-shell"),
            Level.HIGH,
            List.of(),
            event("a", 0, Instant.parse("2099-01-01T00:00:00Z"), START, "web-01"),
            "",
            false,
            List.of()));

    assertThat(only("web-shell").lastAt()).isEqualTo(START.plusSeconds(300));
  }

  private Alert only(String rule) {
    return alerts.values().stream()
        .filter(alert -> alert.rule().id().equals(rule))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no alert of " + rule + " in " + alerts.values()));
  }

  private AlertDesk open(List<Alert> growing, long next) {
    var opened =
        new AlertDesk(
            DECISIONS,
            rule -> CARDS.getOrDefault(rule, RuleCard.BLANK),
            DeskConfig.standard(),
            clock,
            meters,
            closed::contains,
            alert -> alerts.put(alert.id(), alert));
    opened.resume(growing, next);
    return opened;
  }

  private static Detection detection(
      String rule, Level level, String agency, long sequence, long seconds) {
    return detection(rule, level, agency, sequence, seconds, "web-01");
  }

  private static Detection imported(String lane, long sequence) {
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

  private static Detection detection(
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

  private static Event event(
      String agency, long sequence, Instant at, Instant receivedAt, String host) {
    return new Event(
        new EventId(sequence),
        new Source(agency, host),
        at,
        receivedAt,
        Severity.NOTICE,
        "",
        Map.of("host.name", host, "user.name", "ana", "source.ip", "198.51.100.7"));
  }

  private static Crossing crossing(String agency, long firstSequence, long seconds) {
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
        LongStream.range(firstSequence, firstSequence + 10).mapToObj(EventId::new).toList());
  }

  private static Silence silence(String host, boolean wholeAgency) {
    return new Silence(
        new Source("a", host),
        START,
        7,
        Duration.ofMinutes(2),
        START.plusSeconds(300),
        wholeAgency);
  }
}
