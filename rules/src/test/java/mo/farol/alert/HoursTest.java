package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoursTest {
  @Test
  void hours_over_midnight_belong_to_the_day_they_began_in_their_zone() {
    var night = Hours.parse("Sat 22:00-06:00 Asia/Macau");
    assertThat(night.contains(Instant.parse("2025-03-15T13:59:00Z"))).isFalse();
    assertThat(night.contains(Instant.parse("2025-03-15T14:00:00Z"))).isTrue();
    assertThat(night.contains(Instant.parse("2025-03-15T21:59:00Z"))).isTrue();
    assertThat(night.contains(Instant.parse("2025-03-15T22:00:00Z"))).isFalse();
    assertThat(night.contains(Instant.parse("2025-03-14T14:00:00Z"))).isFalse();
  }

  @Test
  void days_may_be_spans_and_lists_and_a_whole_day_ends_at_24() {
    var days = Hours.parse("Fri-Sun,Tue 00:00-24:00");
    assertThat(days.contains(Instant.parse("2025-03-09T23:59:59Z"))).isTrue();
    assertThat(days.contains(Instant.parse("2025-03-10T00:00:00Z"))).isFalse();
    assertThat(days.contains(Instant.parse("2025-03-11T12:00:00Z"))).isTrue();
    assertThat(days.contains(Instant.parse("2025-03-12T00:00:00Z"))).isFalse();
    assertThat(Hours.parse("08:00-18:00").contains(Instant.parse("2025-03-16T08:00:00Z"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Mon", "08-18", "Funday 08:00-18:00", "Mon 08:00-18:00 Mars/X", "25:00-26:00"})
  void what_is_no_hours_is_refused_in_words(String text) {
    assertThatThrownBy(() -> Hours.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
