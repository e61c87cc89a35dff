package mo.farol.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Six weeks of an agency minute by minute: three offices, a server that never sleeps, a batch by
 * night and one of Sundays. What is usual is learned in four weeks; then nothing usual is told, and
 * what is not is told within an hour.
 */
class CadenceTest {
  private static final ZoneId MACAU = ZoneId.of("Asia/Macau");
  private static final Origin LIVE = Origin.live("a", "syslog.tcp", "192.0.2.1");
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
  private static final LocalDate LEARNED = FIRST.plusWeeks(4);
  private static final LocalDate THURSDAY = LEARNED.minusDays(4);
  private static final LocalDate HOLIDAY = LEARNED.plusDays(8);

  private static final Map<String, byte[]> LEARNT = new HashMap<>();
  private static long frames;

  private final Random random = new Random(seed());
  private final List<Silence> told = new ArrayList<>();
  private final Set<String> cut = new HashSet<>();
  private Instant now = at(FIRST, 0, 0);
  private Sources sources = sources(Optional.empty());
  private final EventBatch batch = new EventBatch();
  private long sequence;
  private final Map<String, Integer> spoken = new HashMap<>();
  private int oneIn = 1;
  private double flood = 1;
  private Duration clockOff = Duration.ofMillis(-200);
  private boolean databaseTalks = true;

  private static long seed() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("-Dfarol.seed=" + seed);
    return seed;
  }

  private Sources sources(Optional<Path> file) {
    var d = SilenceConfig.defaults();
    var config =
        new SilenceConfig(
            d.floor(),
            d.ceiling(),
            d.slack(),
            d.minimumEvents(),
            d.minimumSpan(),
            d.sources(),
            MACAU);
    return new Sources(config, () -> now, file, new SimpleMeterRegistry());
  }

  /**
   * Most of the four weeks goes by once for all tests, and is read again; what is missed is who
   * spoke since.
   */
  @BeforeEach
  void four_weeks_went_by(@TempDir Path home) throws IOException {
    var file = home.resolve("sources.json");
    if (LEARNT.isEmpty()) {
      sources = sources(Optional.of(file));
      until(at(THURSDAY, 0, 0));
      sources.checkpoint();
      frames = sequence;
      try (var files = Files.newDirectoryStream(home)) {
        for (var each : files) {
          LEARNT.put(each.getFileName().toString(), Files.readAllBytes(each));
        }
      }
    }
    for (var each : LEARNT.entrySet()) {
      Files.write(home.resolve(each.getKey()), each.getValue());
    }
    sources = sources(Optional.of(file));
    now = at(THURSDAY, 0, 0);
    sequence = frames;
    spoken.clear();
    until(at(LEARNED, 0, 0));
    told.clear();
  }

  @Test
  void two_weeks_as_usual_say_nothing_and_a_holiday_little() {
    until(at(HOLIDAY, 0, 0));
    assertThat(told).as("a week as usual").isEmpty();
    until(at(HOLIDAY.plusDays(1), 0, 0));
    assertThat(told)
        .as("offices that did not begin")
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.trouble().dayOff()).isTrue())
        .allSatisfy(each -> assertThat(each.source().host()).startsWith("office"));
    told.clear();
    until(at(LEARNED.plusWeeks(2), 0, 0));
    assertThat(told).as("the days behind the holiday").isEmpty();
  }

  @Test
  void an_office_that_stops_in_the_middle_of_its_day_is_told_within_the_hour() {
    until(at(LEARNED, 11, 30));
    cut.add("office-1");
    until(at(LEARNED, 12, 30));
    assertThat(told).singleElement().satisfies(each -> is(each, "office-1", Trouble.Kind.SILENT));
    assertThat(told.getFirst().noticedAt()).isBefore(at(LEARNED, 12, 0));
    cut.clear();
    until(at(LEARNED.plusDays(1), 12, 0));
    assertThat(told).as("it was told once").hasSize(1);
  }

  @Test
  void one_office_that_does_not_begin_on_a_working_day_is_no_day_off() {
    until(at(LEARNED, 3, 0));
    cut.add("office-2");
    until(at(LEARNED, 11, 0));
    assertThat(told).singleElement().satisfies(each -> is(each, "office-2", Trouble.Kind.SILENT));
  }

  @Test
  void a_server_that_stops_at_night_and_a_batch_that_does_not_come_are_told_within_the_hour() {
    until(at(LEARNED, 1, 0));
    cut.addAll(Set.of("server", "batch"));
    until(at(LEARNED, 2, 0));
    assertThat(told).singleElement().satisfies(each -> is(each, "server", Trouble.Kind.SILENT));
    told.clear();
    until(at(LEARNED, 3, 35));
    assertThat(told).singleElement().satisfies(each -> is(each, "batch", Trouble.Kind.SILENT));
    told.clear();
    cut.clear();
    until(at(LEARNED.plusDays(6), 3, 0));
    cut.add("sunday");
    until(at(LEARNED.plusDays(6), 6, 0));
    assertThat(told).singleElement().satisfies(each -> is(each, "sunday", Trouble.Kind.SILENT));
  }

  @Test
  void a_twentieth_of_the_usual_is_a_fall_and_told_once() {
    until(at(LEARNED, 14, 0));
    oneIn = 20;
    until(at(LEARNED, 15, 10));
    var falls = told.stream().filter(each -> each.trouble().kind() == Trouble.Kind.FALL).toList();
    assertThat(falls).filteredOn(each -> each.source().host().equals("server")).hasSize(1);
    // What was expected is told in whole events: 320.3 with 32 seen, less than a tenth, as 320.
    assertThat(falls)
        .extracting(Silence::trouble)
        .allSatisfy(e -> assertThat(e.expected()).isGreaterThanOrEqualTo(10 * e.seen()));
    told.clear();
    until(at(LEARNED, 23, 0));
    assertThat(told).filteredOn(each -> each.source().host().equals("server")).isEmpty();
    assertThat(troubles("server")).extracting(Trouble::kind).contains(Trouble.Kind.FALL);
    oneIn = 1;
    until(at(LEARNED.plusDays(1), 3, 0));
    assertThat(troubles("server")).isEmpty();
  }

  @Test
  void a_flood_is_a_surge_and_is_not_learned_as_usual() {
    until(at(LEARNED, 14, 0));
    flood = 80;
    until(at(LEARNED, 15, 0));
    assertThat(told).singleElement().satisfies(each -> is(each, "server", Trouble.Kind.SURGE));
    flood = 1;
    told.clear();
    until(at(LEARNED.plusDays(8), 0, 0));
    assertThat(told).as("the same hour a week later").isEmpty();
  }

  @Test
  void a_program_that_falls_quiet_while_its_host_goes_on_is_told() {
    until(at(LEARNED, 10, 0));
    databaseTalks = false;
    until(at(LEARNED, 11, 0));
    assertThat(told)
        .singleElement()
        .satisfies(each -> is(each, "server", Trouble.Kind.PARTIAL))
        .satisfies(each -> assertThat(each.trouble().what()).isEqualTo("postgres"));
    databaseTalks = true;
    until(at(LEARNED, 11, 10));
    assertThat(troubles("server")).isEmpty();
  }

  @Test
  void a_clock_that_jumps_is_told_and_one_always_wrong_is_not() {
    until(at(LEARNED, 10, 0));
    clockOff = Duration.ofMinutes(5);
    until(at(LEARNED, 11, 0));
    assertThat(told).singleElement().satisfies(each -> is(each, "server", Trouble.Kind.DRIFT));
    assertThat(told.getFirst().trouble().seen()).isBetween(295.0, 301.0);
    clockOff = Duration.ofMillis(-200);
    until(at(LEARNED, 11, 20));
    assertThat(troubles("server")).isEmpty();
  }

  @Test
  void a_restart_forgets_nothing_of_it_and_misses_nobody_for_its_own_absence(@TempDir Path home) {
    var file = Optional.of(home.resolve("sources.json"));
    sources = sources(file);
    now = at(FIRST, 0, 0);
    sequence = 0;
    until(at(LEARNED, 20, 0));
    sources.checkpoint();
    now = at(LEARNED, 23, 0);
    sources = sources(file);
    told.clear();
    until(at(LEARNED.plusDays(1), 11, 30));
    assertThat(told).isEmpty();
    cut.add("office-1");
    until(at(LEARNED.plusDays(1), 12, 30));
    assertThat(told).singleElement().satisfies(each -> is(each, "office-1", Trouble.Kind.SILENT));
    assertThat(sources.health(Scope.national()))
        .filteredOn(each -> each.source().host().equals("server"))
        .singleElement()
        .satisfies(each -> assertThat(each.volume().weeks()).isEqualTo(4))
        .satisfies(each -> assertThat(each.volume().usual()).isBetween(280f, 380f));
  }

  private static void is(Silence silence, String host, Trouble.Kind kind) {
    assertThat(silence.source().host()).isEqualTo(host);
    assertThat(silence.trouble().kind()).isEqualTo(kind);
    assertThat(silence.trouble().dayOff()).isFalse();
  }

  private List<Trouble> troubles(String host) {
    return sources.health(Scope.national()).stream()
        .filter(each -> each.source().host().equals(host))
        .findFirst()
        .orElseThrow()
        .troubles();
  }

  private static Instant at(LocalDate day, int hour, int minute) {
    return day.atTime(hour, minute).atZone(MACAU).toInstant();
  }

  private void until(Instant end) {
    while (now.isBefore(end)) {
      minute();
      now = now.plusSeconds(60);
      told.addAll(sources.due(now));
    }
  }

  private void minute() {
    var local = now.atZone(MACAU);
    int minute = local.getHour() * 60 + local.getMinute();
    boolean works = isWorkday(local);
    for (int i = 1; i <= 3; i++) {
      boolean in = works && minute >= 8 * 60 + 50 + 5 * i && minute < 18 * 60 - 7 * i;
      speak("office-" + i, "sshd", in ? random.nextInt(5) : 0, Duration.ZERO);
    }
    int busy = works && minute >= 9 * 60 && minute < 18 * 60 ? 2 : 1;
    speak("server", "nginx", (int) (flood * random.nextInt(5 * busy)), clockOff);
    speak("server", "postgres", databaseTalks ? 1 : 0, clockOff);
    int late = local.getDayOfYear() % 7;
    speak("batch", "bacula", minute == 150 + late ? 400 : 0, Duration.ZERO);
    boolean sunday = local.getDayOfWeek() == DayOfWeek.SUNDAY;
    speak("sunday", "scan", sunday && minute >= 250 && minute < 270 ? 20 : 0, Duration.ZERO);
  }

  private static boolean isWorkday(ZonedDateTime local) {
    var day = local.getDayOfWeek();
    return day != DayOfWeek.SATURDAY
        && day != DayOfWeek.SUNDAY
        && !local.toLocalDate().equals(HOLIDAY);
  }

  private void speak(String host, String program, int events, Duration off) {
    if (cut.contains(host)) {
      return;
    }
    for (int i = 0; i < events; i++) {
      if (spoken.merge(host, 1, Integer::sum) % oneIn != 0) {
        continue;
      }
      batch.open(FrameBatch.ofTexts(LIVE, now, "x"), sequence++, 0);
      batch.addText(Fields.HOST_NAME, host);
      batch.addText(Fields.APP_NAME, program);
      batch.close(Micros.of(now.plus(off)), Severity.NOTICE, null);
      sources.accept(batch);
    }
  }
}
