package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import mo.farol.event.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event's own time beside the time of receipt. */
class TimelinessTest {
  private static final Instant RECEIVED = Parsed.RECEIVED;
  private static final Origin IMPORT =
      new Origin("agency-a", "import", "old.log", "import-1", false, "", 2025, "UTC");

  @ParameterizedTest
  @CsvSource({
    "-P40D, 3456000, ''",
    "-PT24H0.000001S, 86400, ''",
    "-PT24H, '', ''",
    "PT0S, '', ''",
    "PT5M, '', ''",
    "PT5M0.999S, '', 300",
    "PT8H, '', 28800"
  })
  void more_than_a_day_behind_is_late_and_more_than_five_minutes_ahead_is_ahead(
      Duration off, String late, String ahead) {
    var event = Parsed.of(line(RECEIVED.plus(off)));
    assertThat(event.get("farol.late")).isEqualTo(late);
    assertThat(event.get("farol.ahead")).isEqualTo(ahead);
    assertThat(event.at()).as("is not dated anew").isEqualTo(RECEIVED.plus(off));
  }

  @Test
  void a_zone_nobody_told_us_of_shows_as_eight_hours_ahead() {
    assertThat(Parsed.of("<13>Mar 10 20:00:00 web1 app: hi").get("farol.ahead")).isEqualTo("28800");
  }

  @Test
  void both_are_numbers_in_json() {
    assertThat(Parsed.of(line(RECEIVED.plusSeconds(600))).json()).contains("\"farol.ahead\":600");
  }

  @Test
  void nothing_is_said_of_an_event_without_a_time() {
    assertThat(Parsed.of("<13>one").fields()).doesNotContainKeys("farol.late", "farol.ahead");
    assertThat(Parsed.of("{\"message\":\"one\"}").fields())
        .doesNotContainKeys("farol.late", "farol.ahead");
  }

  @Test
  void of_a_frame_nobody_can_read_the_time_in_its_header_counts() {
    var event = Parsed.of("{\"@timestamp\":\"2020-01-01T00:00:00Z\",\"short\":tru}");
    assertThat(event.rejection()).isNotEmpty();
    assertThat(event.get("farol.late")).isNotEmpty();
  }

  @Test
  void an_archive_and_lines_that_somebody_tries_are_not_late() {
    String old = line(RECEIVED.minus(Duration.ofDays(900)));
    assertThat(Parsed.of(old, IMPORT, RECEIVED).fields()).doesNotContainKey("farol.late");
    var tried = Trial.read(old, Parsed.ORIGIN, RECEIVED);
    assertThat(Parsed.of(tried, 0).at()).isEqualTo(RECEIVED.minus(Duration.ofDays(900)));
    assertThat(Parsed.of(tried, 0).fields()).doesNotContainKey("farol.late");
  }

  @Test
  void a_sender_cannot_say_it() {
    assertThat(Parsed.of("{\"farol.late\":7,\"farol\":{\"ahead\":8}}").fields())
        .doesNotContainKeys("farol.late", "farol.ahead");
  }

  private static String line(Instant at) {
    return "<13>1 " + at + " web1 app - - - hi";
  }
}
