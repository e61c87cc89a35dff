package mo.farol.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Severity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sources with habits, in steps of five minutes over weeks in which the centre itself is now and
 * then away: a line every working morning, every morning, every Sunday.
 */
class HabitTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5); // a Monday
  private static final Duration STEP = Duration.ofMinutes(5);

  private final Map<String, ToIntFunction<ZonedDateTime>> speakers = new HashMap<>();
  private final Set<String> dead = new HashSet<>();
  private final Set<LocalDate> holidays = new HashSet<>();
  private final List<Silence> told = new ArrayList<>();
  @TempDir private Path home;
  private Instant now = at(0, 0, 0);
  private Sources sources = new Sources(SilenceConfig.defaults(), () -> now);
  private long sequence;

  @BeforeEach
  void begin() {
    sources = sources();
  }

  private Sources sources() {
    return new Sources(
        SilenceConfig.defaults(),
        () -> now,
        Optional.of(home.resolve("sources.json")),
        new SimpleMeterRegistry());
  }

  private static Instant at(int day, int hour, int minute) {
    return FIRST.plusDays(day).atTime(hour, minute).toInstant(ZoneOffset.UTC);
  }

  private static boolean isAt(ZonedDateTime time, int hour, int minute) {
    return time.toLocalTime().equals(LocalTime.of(hour, minute));
  }

  private boolean isWorkday(ZonedDateTime time) {
    return time.getDayOfWeek().getValue() < DayOfWeek.SATURDAY.getValue()
        && !holidays.contains(time.toLocalDate());
  }

  /** A line every working morning, in a minute that changes. */
  private void workdays(String name, int hour) {
    speakers.put(
        name,
        time -> isWorkday(time) && isAt(time, hour, 5 * (time.getDayOfYear() * 7 % 12)) ? 1 : 0);
  }

  private void sundays(String name, int hour) {
    speakers.put(
        name, time -> time.getDayOfWeek() == DayOfWeek.SUNDAY && isAt(time, hour, 10) ? 1 : 0);
  }

  private void until(Instant end) {
    while (now.isBefore(end)) {
      var time = now.atZone(ZoneOffset.UTC);
      speakers.forEach(
          (name, events) -> {
            if (!dead.contains(name)) {
              speak(name, events.applyAsInt(time));
            }
          });
      now = now.plus(STEP);
      told.addAll(sources.due(now));
    }
  }

  private void speak(String name, int events) {
    String agency = name.substring(0, name.indexOf('/'));
    for (int i = 0; i < events; i++) {
      var batch = new EventBatch();
      batch.open(
          FrameBatch.ofTexts(Origin.live(agency, "syslog.tcp", "192.0.2.1"), now, "x"),
          sequence++,
          0);
      batch.addText(Fields.HOST_NAME, name.substring(name.indexOf('/') + 1));
      batch.close(Micros.of(now), Severity.NOTICE, null);
      sources.accept(batch);
    }
  }

  /** The centre stops and is away; nothing that is said meanwhile is ever heard. */
  private void away(Duration time) {
    sources.end();
    now = now.plus(time);
    sources = sources();
  }

  private List<Silence> of(String host) {
    return told.stream().filter(each -> each.source().host().equals(host)).toList();
  }

  @Test
  void one_that_speaks_every_working_morning_is_missed_that_day_and_not_on_weekends() {
    workdays("a/one", 9);
    workdays("a/two", 9);
    workdays("a/three", 7);
    until(at(28, 0, 0));
    told.clear();
    until(at(63, 0, 0));
    assertThat(told).as("five weeks as usual").isEmpty();
    dead.add("a/one");
    until(at(64, 0, 0));
    assertThat(of("one")).hasSize(1);
    var silence = of("one").getFirst();
    assertThat(silence.noticedAt()).isBetween(at(63, 10, 0), at(63, 12, 0));
    assertThat(silence.trouble().kind()).isEqualTo(Trouble.Kind.SILENT);
    assertThat(silence.trouble().dayOff()).isFalse();
    until(at(77, 0, 0));
    assertThat(told).as("told once, and nobody else").hasSize(1);
  }

  @Test
  void a_holiday_is_told_as_a_day_off_and_who_does_not_come_back_as_silent() {
    workdays("a/one", 9);
    workdays("a/two", 9);
    holidays.add(FIRST.plusDays(36)); // a Tuesday
    until(at(36, 0, 0));
    told.clear();
    until(at(37, 0, 0));
    assertThat(told).hasSize(2).allMatch(each -> each.trouble().dayOff());
    dead.add("a/one");
    told.clear();
    until(at(38, 0, 0));
    assertThat(told)
        .singleElement()
        .satisfies(each -> assertThat(each.source().host()).isEqualTo("one"))
        .satisfies(each -> assertThat(each.trouble().dayOff()).isFalse());
    until(at(63, 0, 0));
    assertThat(told).as("the days behind the holiday").hasSize(1);
  }

  @Test
  void a_job_of_working_nights_is_missed_within_the_hour_and_not_on_a_holiday() {
    for (String name : List.of("a/one", "a/two", "a/three")) {
      speakers.put(name, time -> isWorkday(time) && isAt(time, 2, 10) ? 40 : 0);
    }
    holidays.add(FIRST.plusDays(36)); // a Tuesday
    until(at(36, 0, 0));
    told.clear();
    until(at(37, 0, 0));
    assertThat(told).hasSize(3).allMatch(each -> each.trouble().dayOff());
    until(at(38, 0, 0));
    told.clear();
    dead.add("a/one");
    until(at(39, 0, 0));
    assertThat(told).singleElement().matches(each -> !each.trouble().dayOff());
    assertThat(told.getFirst().noticedAt()).isBefore(at(38, 4, 0));
  }

  @Test
  void with_nobody_to_compare_it_with_it_is_a_day_off_first_and_silent_the_next() {
    workdays("a/one", 9);
    speakers.put("a/server", _ -> 3);
    until(at(36, 0, 0));
    dead.add("a/one");
    told.clear();
    until(at(37, 0, 0));
    assertThat(told).singleElement().matches(each -> each.trouble().dayOff());
    assertThat(told.getFirst().noticedAt()).isBefore(at(36, 12, 0));
    until(at(43, 0, 0));
    assertThat(told).hasSize(2);
    assertThat(told.getLast().trouble().dayOff()).isFalse();
    assertThat(told.getLast().noticedAt()).isBetween(at(37, 9, 0), at(37, 12, 0));
  }

  @Test
  void other_agencies_tell_a_holiday_where_an_agency_has_one_source_only() {
    workdays("a/one", 9);
    workdays("b/two", 8);
    until(at(36, 0, 0));
    dead.add("a/one");
    told.clear();
    until(at(37, 0, 0));
    assertThat(told).singleElement().matches(each -> !each.trouble().dayOff());
  }

  @Test
  void a_weekly_job_is_missed_by_a_centre_that_is_restarted_every_week() {
    sundays("a/job", 4);
    sundays("a/nightly", 2);
    speakers.put("a/server", _ -> 1);
    for (int week = 0; week < 6; week++) {
      until(at(7 * week + 6, 3, 30));
      away(Duration.ofMinutes(5));
    }
    assertThat(told).isEmpty();
    until(at(7 * 6 + 5, 0, 0));
    dead.add("a/job");
    until(at(7 * 6 + 6, 3, 30));
    away(Duration.ofMinutes(5));
    until(at(7 * 7, 0, 0));
    assertThat(told)
        .singleElement()
        .satisfies(each -> assertThat(each.source().host()).isEqualTo("job"));
    assertThat(told.getFirst().noticedAt()).isBefore(at(7 * 6 + 6, 7, 0));
  }

  @Test
  void it_is_missed_too_where_the_centre_is_away_whenever_it_should_come() {
    sundays("a/job", 4);
    speakers.put("a/server", _ -> 1);
    for (int week = 0; week < 6; week++) {
      until(at(7 * week + 6, 4, 15));
      away(Duration.ofHours(1));
    }
    assertThat(told).isEmpty();
    dead.add("a/job");
    for (int week = 6; week < 10; week++) {
      until(at(7 * week + 6, 4, 0));
      away(Duration.ofHours(1));
    }
    assertThat(told)
        .singleElement()
        .satisfies(each -> assertThat(each.source().host()).isEqualTo("job"));
  }

  @Test
  void what_the_centre_was_away_for_is_nobodys_silence() {
    workdays("a/one", 9);
    workdays("a/two", 9);
    sundays("a/job", 4);
    speakers.put("a/daily", time -> isAt(time, 6, 10) ? 1 : 0);
    until(at(38, 8, 0));
    told.clear();
    away(Duration.ofHours(3)); // the hour in which both speak
    until(at(41, 22, 0));
    away(Duration.ofDays(4));
    until(at(70, 0, 0));
    assertThat(told).isEmpty();
  }

  @Test
  void who_says_nothing_by_night_is_not_missed_each_time_the_centre_was_away_by_night() {
    speakers.put(
        "a/office", time -> isWorkday(time) && time.getHour() > 8 && time.getHour() < 17 ? 5 : 0);
    for (int week = 0; week < 8; week++) {
      until(at(7 * week + 6, 2, 0));
      if (week == 2) {
        told.clear();
      }
      away(Duration.ofMinutes(50));
    }
    until(at(60, 0, 0));
    assertThat(told).isEmpty();
  }

  @Test
  void an_agency_is_silent_as_a_whole_though_some_of_it_has_nothing_to_say_now() {
    sundays("a/job", 4);
    speakers.put("a/one", _ -> 3);
    speakers.put("a/two", _ -> 3);
    speakers.put(
        "b/office", time -> isWorkday(time) && time.getHour() > 8 && time.getHour() < 17 ? 5 : 0);
    speakers.put(
        "b/desk", time -> isWorkday(time) && time.getHour() > 8 && time.getHour() < 17 ? 5 : 0);
    speakers.put("b/server", _ -> 3);
    until(at(36, 0, 0));
    told.clear();
    dead.addAll(Set.of("a/one", "a/two", "b/server"));
    until(at(36, 6, 0));
    assertThat(told).hasSize(3);
    assertThat(told)
        .filteredOn(each -> each.source().agency().equals("a"))
        .extracting(Silence::wholeAgency)
        .contains(true);
    assertThat(of("server").getFirst().wholeAgency()).as("by night, one of three").isFalse();
  }

  @Test
  void a_leap_of_our_own_clock_and_back_misses_nobody_and_blinds_nobody() {
    workdays("a/one", 9);
    workdays("a/two", 9);
    speakers.put("a/server", _ -> 3);
    until(at(35, 12, 0));
    told.clear();
    var before = now;
    now = now.plus(Duration.ofDays(365));
    speak("a/server", 1);
    told.addAll(sources.due(now));
    now = before;
    told.addAll(sources.due(now));
    until(at(36, 14, 0));
    assertThat(told).isEmpty();
    dead.add("a/server");
    until(at(36, 15, 0));
    assertThat(of("server")).hasSize(1);
    dead.add("a/one");
    until(at(37, 13, 0));
    assertThat(of("one")).hasSize(1);
  }
}
