package mo.farol.silence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Severity;
import org.junit.jupiter.api.Test;

/** Programs, clocks and volumes as somebody would play with them, in steps of five minutes. */
class TroublesTest {
  private static final Origin LIVE = Origin.live("a", "syslog.tcp", "192.0.2.1");
  private static final Duration STEP = Duration.ofMinutes(5);

  private final List<Silence> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-05T00:00:00Z");
  private final Sources sources = new Sources(SilenceConfig.defaults(), () -> now);
  private Duration off = Duration.ofMillis(-200);
  private long sequence;
  private int steps;

  private void say(String program, int events) {
    for (int i = 0; i < events; i++) {
      var batch = new EventBatch();
      batch.open(FrameBatch.ofTexts(LIVE, now, "x"), sequence++, 0);
      batch.addText(Fields.HOST_NAME, "server");
      batch.addText(Fields.APP_NAME, program);
      batch.close(Micros.of(now.plus(off)), Severity.NOTICE, null);
      sources.accept(batch);
    }
  }

  private void go(Duration span, Consumer<Integer> each) {
    for (var end = now.plus(span); now.isBefore(end); now = now.plus(STEP)) {
      each.accept(steps++);
      told.addAll(sources.due(now));
    }
  }

  private List<Trouble> of(Trouble.Kind kind) {
    return told.stream().map(Silence::trouble).filter(each -> each.kind() == kind).toList();
  }

  @Test
  void invented_programs_hide_no_known_one_that_falls_quiet() {
    Consumer<Integer> usual =
        _ -> {
          for (int i = 0; i < 5; i++) {
            say("program-" + i, 3);
          }
        };
    go(
        Duration.ofDays(20),
        step -> {
          usual.accept(step);
          say("auditd", 1);
        });
    assertThat(told).isEmpty();
    go(
        Duration.ofHours(12),
        step -> {
          usual.accept(step);
          say("invented-" + step, 1);
          say("much", 20);
        });
    assertThat(of(Trouble.Kind.PARTIAL)).extracting(Trouble::what).containsExactly("auditd");
  }

  @Test
  void a_program_that_is_new_and_busy_is_known_in_time_and_one_that_was_given_up_is_forgotten() {
    go(
        Duration.ofDays(20),
        _ -> {
          for (int i = 0; i < 6; i++) {
            say("program-" + i, 2);
          }
        });
    go(
        Duration.ofDays(60),
        _ -> {
          for (int i = 1; i < 6; i++) {
            say("program-" + i, 2);
          }
          say("new", 3);
        });
    assertThat(of(Trouble.Kind.PARTIAL)).extracting(Trouble::what).containsExactly("program-0");
    told.clear();
    go(
        Duration.ofHours(12),
        _ -> {
          for (int i = 1; i < 6; i++) {
            say("program-" + i, 2);
          }
        });
    assertThat(of(Trouble.Kind.PARTIAL)).extracting(Trouble::what).containsExactly("new");
  }

  @Test
  void a_host_first_heard_out_of_a_queue_has_a_right_clock() {
    off = Duration.ofHours(-2);
    go(Duration.ofMinutes(50), _ -> say("app", 3));
    off = Duration.ofMillis(-200);
    go(Duration.ofDays(2), _ -> say("app", 3));
    assertThat(told).isEmpty();
    off = Duration.ofMinutes(-5);
    go(Duration.ofHours(3), _ -> say("app", 3));
    assertThat(of(Trouble.Kind.DRIFT)).hasSize(1);
  }

  @Test
  void a_clock_that_was_wrong_and_is_put_right_is_no_drift_and_one_that_goes_wrong_again_is() {
    off = Duration.ofHours(8);
    go(Duration.ofDays(2), _ -> say("app", 3));
    off = Duration.ofMillis(-200);
    go(Duration.ofDays(2), _ -> say("app", 3));
    assertThat(told).isEmpty();
    off = Duration.ofHours(8);
    go(Duration.ofHours(3), _ -> say("app", 3));
    assertThat(of(Trouble.Kind.DRIFT)).hasSize(1);
  }

  @Test
  void a_host_heard_now_and_then_with_late_events_has_no_drift() {
    go(Duration.ofHours(3), _ -> say("app", 3));
    off = Duration.ofMinutes(-20);
    go(Duration.ofHours(12), step -> say("app", step % 36 < 2 ? 3 : 0));
    assertThat(of(Trouble.Kind.DRIFT)).isEmpty();
  }

  @Test
  void a_flood_in_the_first_week_is_not_what_is_usual() {
    go(Duration.ofHours(34), _ -> say("app", 15));
    go(Duration.ofHours(3), _ -> say("app", 1_500));
    go(Duration.ofDays(42), _ -> say("app", 15));
    assertThat(of(Trouble.Kind.FALL)).isEmpty();
    go(Duration.ofHours(3), step -> say("app", 1));
    assertThat(of(Trouble.Kind.FALL)).hasSize(1);
  }
}
