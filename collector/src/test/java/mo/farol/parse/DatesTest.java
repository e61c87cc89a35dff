package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import org.junit.jupiter.api.Test;

class DatesTest {
  @Test
  void a_line_of_31_december_that_arrives_on_1_january_belongs_to_the_old_year() {
    assertThat(at("Dec 31 23:59:58", 0, "UTC", "2026-01-01T00:00:03Z"))
        .isEqualTo("2025-12-31T23:59:58Z");
  }

  @Test
  void a_clock_ahead_of_ours_over_new_year_belongs_to_the_new_year() {
    assertThat(at("Jan  1 00:00:03", 0, "UTC", "2025-12-31T23:59:58Z"))
        .isEqualTo("2026-01-01T00:00:03Z");
  }

  @Test
  void a_leap_day_is_put_in_the_nearest_year_that_has_one() {
    assertThat(at("Feb 29 12:00:00", 0, "UTC", "2026-03-01T00:00:00Z"))
        .isEqualTo("2024-02-29T12:00:00Z");
  }

  @Test
  void an_archive_s_year_is_the_year() {
    assertThat(at("Dec 31 23:59:58", 2019, "UTC", "2026-01-01T00:00:03Z"))
        .isEqualTo("2019-12-31T23:59:58Z");
  }

  @Test
  void a_year_in_the_line_is_stronger_than_the_archive_s() {
    assertThat(at("Dec 31 2021 23:59:58", 2019, "UTC", "2026-01-01T00:00:03Z"))
        .isEqualTo("2021-12-31T23:59:58Z");
  }

  @Test
  void a_time_without_a_zone_is_read_in_the_origin_s() {
    assertThat(at("Mar 10 08:00:00", 2025, "Asia/Macau", "2025-03-10T00:00:00Z"))
        .isEqualTo("2025-03-10T00:00:00Z");
    assertThat(at("2025-03-10 08:00:00", 2025, "Asia/Macau", "2025-03-10T00:00:00Z"))
        .isEqualTo("2025-03-10T00:00:00Z");
  }

  @Test
  void summer_time_is_looked_up_for_each_line() {
    assertThat(at("Mar 30 00:30:00", 2025, "Europe/Lisbon", "2025-03-30T00:00:00Z"))
        .isEqualTo("2025-03-30T00:30:00Z");
    assertThat(at("Mar 30 02:30:00", 2025, "Europe/Lisbon", "2025-03-30T00:00:00Z"))
        .isEqualTo("2025-03-30T01:30:00Z");
  }

  @Test
  void an_unknown_zone_counts_as_utc() {
    assertThat(at("Mar 10 08:00:00", 2025, "Mars/Olympus", "2025-03-10T00:00:00Z"))
        .isEqualTo("2025-03-10T08:00:00Z");
  }

  @Test
  void days_and_hours_agree_with_java_time_on_random_dates() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("farol.seed=" + seed);
    var random = new Random(seed);
    var bsd = DateTimeFormatter.ofPattern("MMM ppd yyyy HH:mm:ss", Locale.ENGLISH);
    var zone = ZoneId.of("America/Sao_Paulo");
    for (int i = 0; i < 20_000; i++) {
      long second = random.nextLong(0, 4_102_444_800L);
      var local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
      assertThat(at(bsd.format(local), 0, zone.getId(), "2025-03-10T00:00:00Z"))
          .as("seed %s: %s", seed, local)
          .isEqualTo(local.atZone(zone).toInstant().toString());
      assertThat(
              at(
                  local + ":00".repeat(local.getSecond() == 0 ? 1 : 0) + "Z",
                  0,
                  "UTC",
                  "2025-03-10T00:00:00Z"))
          .isEqualTo(Instant.ofEpochSecond(second).toString());
    }
  }

  private static String at(String text, int year, String zone, String receivedAt) {
    var dates = new Dates();
    var origin = new Origin("a", "import", "", "1", false, "", year, zone);
    dates.open(origin, Micros.of(Instant.parse(receivedAt)));
    byte[] b = Ascii.bytes(text);
    long micros = dates.any(b, 0, b.length);
    return micros == Micros.NONE ? "none" : Micros.toInstant(micros).toString();
  }
}
