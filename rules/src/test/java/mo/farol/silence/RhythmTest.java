package mo.farol.silence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.junit.jupiter.api.Test;

/**
 * Months of sources that say too little for an hour of the week to miss it, or at changing hours: a
 * line a day, one a working day, ten on Sundays, a burst a day at any hour, some now and then.
 * Nothing usual is told once they are known, and each that is dead is.
 */
class RhythmTest {
  private static final Origin LIVE = Origin.live("a", "syslog.tcp", "192.0.2.1");
  private static final Instant FIRST = Instant.parse("2026-01-05T00:00:00Z");
  private static final Instant KNOWN = FIRST.plus(Duration.ofDays(28));
  private static final Instant DEAD = FIRST.plus(Duration.ofDays(98));
  private static final int STEP = 300;

  private final Random random = new Random(seed());
  private final Map<String, Instant> next = new HashMap<>();
  private final List<Silence> told = new ArrayList<>();
  private Instant now = FIRST;
  private final Sources sources = new Sources(SilenceConfig.defaults(), () -> now);
  private long sequence;

  private static long seed() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("-Dfarol.seed=" + seed);
    return seed;
  }

  @Test
  void sparse_and_irregular_sources_are_told_when_dead_and_only_then() {
    until(KNOWN, true);
    told.clear();
    until(DEAD, true);
    assertThat(told).as("ten weeks as usual").isEmpty();
    until(DEAD.plus(Duration.ofDays(25)), false);
    assertThat(told)
        .extracting(each -> each.source().host())
        .containsExactlyInAnyOrder("daily", "workdays", "workdays", "sundays", "bursts", "seldom");
    assertThat(told)
        .as("nobody tells the first working day from a day off")
        .filteredOn(each -> each.trouble().dayOff())
        .singleElement()
        .satisfies(each -> assertThat(each.source().host()).isEqualTo("workdays"));
    assertThat(told).allSatisfy(e -> assertThat(e.trouble().kind()).isEqualTo(Trouble.Kind.SILENT));
    assertThat(hours("daily")).as("the first morning").isBetween(25L, 27L);
    assertThat(hours("sundays")).as("the first Sunday").isBetween(7 * 24L, 7 * 24 + 3L);
    assertThat(hours("bursts")).isBetween(48L, 7 * 24L);
    assertThat(hours("seldom")).isBetween(48L, 7 * 24L);
    assertThat(hours("workdays")).as("the first Monday").isBetween(3 * 24L, 3 * 24 + 3L);
    assertThat(sources.health(Scope.national())).allMatch(SourceHealth::silent);
  }

  @Test
  void a_source_that_is_back_is_told_again_when_it_is_dead_again() {
    until(DEAD, true);
    until(DEAD.plus(Duration.ofDays(25)), false);
    until(DEAD.plus(Duration.ofDays(60)), true);
    told.clear();
    until(DEAD.plus(Duration.ofDays(95)), false);
    assertThat(told)
        .extracting(each -> each.source().host())
        .contains("daily", "sundays", "bursts", "seldom");
  }

  private long hours(String host) {
    var silence =
        told.stream().filter(e -> e.source().host().equals(host)).findFirst().orElseThrow();
    return Duration.between(silence.lastAt(), silence.noticedAt()).toHours();
  }

  private void until(Instant end, boolean alive) {
    while (now.isBefore(end)) {
      if (alive) {
        speakAll();
      }
      now = now.plusSeconds(STEP);
      told.addAll(sources.due(now));
    }
  }

  private void speakAll() {
    int day = now.atZone(ZoneOffset.UTC).getDayOfWeek().getValue();
    at("daily", 1, hour(6));
    at("sundays", day == DayOfWeek.SUNDAY.getValue() ? 10 : 0, hour(4));
    at("workdays", day < DayOfWeek.SATURDAY.getValue() ? 1 : 0, hour(9));
    at("bursts", 200, random.nextLong(86_400));
    if (!now.isBefore(next.getOrDefault("seldom", FIRST))) {
      speak("seldom", 1 + random.nextInt(3));
      next.put("seldom", now.plusSeconds(3600 * random.nextLong(10, 50)));
    }
  }

  // Up to twenty minutes behind the hour.
  private long hour(int hour) {
    return hour * 3600L + random.nextLong(1200);
  }

  // Once a day, so many seconds into it.
  private void at(String host, int events, long second) {
    var due = next.computeIfAbsent(host, _ -> FIRST.plusSeconds(second));
    if (!now.isBefore(due)) {
      speak(host, events);
      long today = Math.floorDiv(now.getEpochSecond(), 86_400L);
      next.put(host, Instant.ofEpochSecond((today + 1) * 86_400 + second));
    }
  }

  private void speak(String host, int events) {
    for (int i = 0; i < events; i++) {
      var batch = new EventBatch();
      batch.open(FrameBatch.ofTexts(LIVE, now, "x"), sequence++, 0);
      batch.addText(Fields.HOST_NAME, host);
      batch.close(Micros.of(now), Severity.NOTICE, null);
      sources.accept(batch);
    }
  }
}
