package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverrunTest {
  private static final String HEAD =
      """
      package decide.%s;
      import mo.farol.alert.DetectionFact;
      global mo.farol.alert.Desk desk;
      """;
  private static final String GOOD =
      HEAD.formatted("good")
          + """
          rule "good" when $d : DetectionFact(atLeast("high")) then
            desk.alert(drools).group($d.host()).because($d).raise();
          end
          """;
  private static final String MANY =
      """
      rule "%s" when
        $a : DetectionFact()
        $b : DetectionFact(at != $a.at)
        $c : DetectionFact(at != $a.at, at != $b.at)
      then
        desk.alert(drools).group("all").because($a).raise();
      end
      """;
  private static final String FOUR =
      """
      rule "four" when
        $a : DetectionFact()
        $b : DetectionFact(this != $a)
        $c : DetectionFact(this != $a, this != $b)
        $d : DetectionFact(this != $a, this != $b, this != $c)
      then
        desk.alert(drools).group("all").because($a).raise();
      end
      """;
  private static final String PAIR =
      """
      rule "pair" when
        $a : DetectionFact()
        $b : DetectionFact(host == $a.host, this after[1s, 10m] $a)
      then
        desk.alert(drools).group($a.host()).because($a, $b).raise();
      end
      """;
  private final List<Alert> alerts = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private AlertDesk desk = desk(Map.of("good.drl", GOOD));

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void a_rule_whose_combinations_explode_is_taken_out_and_the_others_go_on() {
    desk.close();
    desk = desk(Map.of("good.drl", GOOD, "bad.drl", HEAD.formatted("bad") + MANY.formatted("bad")));
    for (int i = 0; i < 200; i++) {
      desk.detected(Seen.detection("web-shell", Level.HIGH, "a", i, i, "host-" + i));
    }

    assertThat(desk.book().rules()).extracting(r -> r.id()).containsExactly("good");
    assertThat(desk.book().faults())
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains("'bad'", "one fact"));
    assertThat(alerts.stream().filter(a -> a.rule().id().equals("good")).map(Alert::id).distinct())
        .hasSize(200);
  }

  @Test
  void a_rule_that_its_own_alerts_make_raise_others_without_end_is_taken_out() {
    desk.close();
    desk =
        desk(
            Map.of(
                "good.drl",
                GOOD,
                "endless.drl",
                """
                package decide.endless;
                import mo.farol.alert.AlertFact;
                global mo.farol.alert.Desk desk;
                rule "endless" when $a : AlertFact() then
                  desk.alert(drools).group($a.alert().id()).because($a).raise();
                end
                """));
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 1, 0));
    int many = alerts.size();
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 2, 1, "host-2"));

    assertThat(many).isBetween(400, 600);
    assertThat(alerts).hasSize(many + 1);
    assertThat(desk.book().rules()).extracting(r -> r.id()).containsExactly("good");
  }

  @Test
  void a_file_whose_conditions_are_slow_is_found_by_what_the_thread_does() throws Exception {
    try (var profiler = new ConditionProfiler("mo.farol.")) {
      profiler.begin();
      work(ConditionProfiler.LIMIT.plusMillis(300));
      assertThat(profiler.end())
          .hasValueSatisfying(over -> assertThat(over.pkg()).isEqualTo("mo.farol.alert"));
      profiler.begin();
      Thread.sleep(ConditionProfiler.LIMIT.plusMillis(300));
      assertThat(profiler.end()).as("who waits for the processor is not slow").isEmpty();
    }
  }

  private static void work(Duration time) {
    var threads = ManagementFactory.getThreadMXBean();
    long until = threads.getCurrentThreadCpuTime() + time.toNanos();
    while (threads.getCurrentThreadCpuTime() < until) {
      Thread.onSpinWait();
    }
  }

  @Test
  void what_one_rule_raises_beyond_its_bound_a_minute_is_one_alert_that_counts_the_rest() {
    int many = DeskConfig.standard().alertsPerMinute() + 50;
    for (int i = 0; i < many; i++) {
      desk.detected(Seen.detection("web-shell", Level.HIGH, "a", i, i / 20, "host-" + i));
    }
    desk.flush();

    var rest = alerts.stream().filter(a -> a.title().startsWith("More than 600")).toList();
    assertThat(alerts.stream().map(Alert::id).distinct()).hasSize(601);
    assertThat(rest.getLast().count()).isEqualTo(50);
  }

  @Test
  void other_rules_know_what_those_before_them_knew_and_do_not_say_it_again() {
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 1, 0, "web-01"));
    desk.use(DecisionBook.compile(Map.of("pair.drl", HEAD.formatted("pair") + PAIR)));
    assertThat(alerts).extracting(a -> a.rule().id()).containsExactly("good");
    desk.detected(Seen.detection("web-shell", Level.HIGH, "a", 2, 60, "web-01"));

    assertThat(alerts).extracting(a -> a.rule().id()).containsExactly("good", "pair");
    assertThat(alerts.getLast().count()).isEqualTo(2);
  }

  @Test
  void rules_loaded_anew_that_cost_too_much_are_taken_out_and_nothing_is_forgotten() {
    for (int i = 0; i < 200; i++) {
      desk.detected(Seen.detection("web-shell", Level.HIGH, "a", i, i, "host-" + i));
    }
    desk.use(
        DecisionBook.compile(
            Map.of(
                "bad.drl",
                HEAD.formatted("bad") + MANY.formatted("three") + FOUR,
                "pair.drl",
                HEAD.formatted("pair") + PAIR)));
    assertThat(desk.book().rules()).extracting(r -> r.id()).containsExactly("pair");
    assertThat(alerts).as("nothing is said again").hasSize(200);

    for (int i = 0; i < 200; i++) {
      desk.detected(
          Seen.detection("web-shell", Level.HIGH, "a", 200 + i, 300 + i / 50, "host-" + i));
    }
    desk.flush();
    assertThat(raisedBy("pair", "a")).hasSize(200);
  }

  @Test
  void a_rule_that_costs_too_much_in_two_agencies_at_once_is_taken_out_and_both_go_on() {
    desk.close();
    desk =
        desk(
            Map.of(
                "each.drl",
                HEAD.formatted("each")
                    + """
                    rule "each" when $d : DetectionFact() then
                      desk.alert(drools).group($d.host() + $d.at()).because($d).raise();
                    end
                    """,
                "bad.drl",
                HEAD.formatted("bad") + FOUR));
    var agencies = List.of("a", "b", "c");
    for (String agency : agencies) { // the second of each kind is held back until the flush
      for (int i = 0; i < 14; i++) {
        String host = "host-" + i % 7;
        desk.detected(Seen.detection("web-shell", Level.HIGH, agency, i, 0, host));
      }
    }
    assertThat(desk.book().faults()).isEmpty();
    desk.flush();
    assertThat(desk.book().rules()).extracting(r -> r.id()).containsExactly("each");

    for (String agency : agencies) {
      assertThat(raisedBy("each", agency)).hasSize(7);
      assertThat(eventsOf("each", agency)).isEqualTo(14);
      desk.detected(Seen.detection("web-shell", Level.HIGH, agency, 99, 60, "host-99"));
      assertThat(raisedBy("each", agency)).hasSize(8);
    }
  }

  @Test
  void what_waits_for_a_session_that_takes_nothing_more_has_a_bound() {
    var book = DecisionBook.compile(Map.of("bad.drl", HEAD.formatted("bad") + FOUR));
    var overruns = new ArrayList<Overrun>();
    var faults = meters.counter("faults");
    try (var profiler = new ConditionProfiler();
        var session =
            new DecisionSession(
                book, new Policy(3, 100, 3), faults, profiler, overruns::add, _ -> {})) {
      for (int i = 0; i < DecisionSession.FACTS + 100; i++) {
        var seen = Seen.detection("web-shell", Level.HIGH, "a", i, 0);
        session.insert(DetectionFact.of(seen, RuleCard.BLANK, i), "");
      }
      assertThat(overruns).hasSize(1);
      assertThat(session.unsaid()).hasSize(DecisionSession.FACTS);
      assertThat(session.unsaid().getLast().fact().at()).isEqualTo(DecisionSession.FACTS + 99);
      assertThat(faults.count()).as("what is left out is told").isGreaterThan(1);
    }
  }

  private List<String> raisedBy(String rule, String agency) {
    return alerts.stream()
        .filter(a -> a.rule().id().equals(rule) && a.agency().equals(agency))
        .map(Alert::id)
        .distinct()
        .toList();
  }

  private long eventsOf(String rule, String agency) {
    return raisedBy(rule, agency).stream()
        .map(id -> alerts.stream().filter(a -> a.id().equals(id)).toList().getLast())
        .mapToLong(Alert::count)
        .sum();
  }

  private AlertDesk desk(Map<String, String> files) {
    var book = DecisionBook.compile(files);
    assertThat(book.faults()).isEmpty();
    return new AlertDesk(
        book,
        _ -> RuleCard.BLANK,
        DeskConfig.standard(),
        new ManualClock(Seen.START),
        meters,
        _ -> false,
        alerts::add);
  }
}
