package mo.farol.search;

import static mo.farol.search.Town.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import mo.farol.event.Event;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import mo.farol.store.Lines;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query that is followed: each event that matches once, however late it is. */
class TailTest {
  @TempDir Path folder;
  private final Object lock = new Object();
  @AutoClose private Town town;

  @BeforeEach
  void open() {
    town = new Town(folder);
  }

  @Test
  void only_what_comes_from_now_on_is_told_and_only_once() {
    town.with(at("10:00:00", "user.name", "ana"));
    var tail = follow("user:ana", Scope.national());
    assertThat(tail.next()).isEmpty();

    town.with(at("10:00:01", "user.name", "ana"), at("10:00:02", "user.name", "bo"));

    assertThat(sequences(tail)).containsExactly(1L);
    assertThat(tail.next()).isEmpty();
  }

  @Test
  void an_event_that_claims_another_day_is_told_when_it_comes() {
    town.with(at("10:00:00", "user.name", "ana"));
    var tail = follow("user:ana", Scope.national());

    town.with(
        at("10:00:05", "user.name", "ana"),
        Lines.line("dsf", "2026-11-23T23:00:00Z", Severity.NOTICE, "user.name", "ana"),
        at("09:00:00", "user.name", "ana"));

    assertThat(sequences(tail)).as("in the order in which they came").containsExactly(1L, 2L, 3L);
  }

  @Test
  void what_was_accepted_and_is_not_searchable_yet_is_told_later() {
    var tail = follow("", Scope.national());
    town.store.accept(town.lines.batch(at("10:00:00")));
    assertThat(tail.next()).isEmpty();

    town.store.refresh();

    assertThat(sequences(tail)).containsExactly(0L);
  }

  @Test
  void a_tail_that_was_cut_off_goes_on_where_it_stood() {
    var tail = follow("", Scope.national());
    town.with(at("10:00:00"));
    var part = tail.next().orElseThrow();
    town.with(at("10:00:01"));

    var again = town.search.follow(Asker.CENTRE, "", Scope.national(), Optional.of(part.next()));

    assertThat(sequences(again)).containsExactly(1L);
  }

  @Test
  void one_that_would_go_on_beyond_all_there_is_begins_now_and_says_so() {
    town.with(at("10:00:00"));
    var tail = town.search.follow(Asker.CENTRE, "", Scope.national(), Optional.of(1_000L));

    var lost = tail.next().orElseThrow();
    assertThat(lost.events()).isEmpty();
    assertThat(lost.exact()).isFalse();
    assertThat(lost.next()).isEqualTo(1);
    assertThat(tail.next()).isEmpty();
    town.with(at("10:00:01"));
    assertThat(sequences(tail)).containsExactly(1L);
  }

  @Test
  void nothing_of_another_agency_is_told_or_counted() {
    var tail = follow("", Scope.of("water"));
    town.with(at("10:00:00"));

    var part = tail.next().orElseThrow();

    assertThat(part.events()).isEmpty();
    assertThat(part.more()).isZero();
  }

  @Test
  void of_many_some_are_shown_and_how_many_are_not_is_told() {
    var tail = follow("", Scope.national());
    var many = new Lines.Line[500];
    for (int i = 0; i < many.length; i++) {
      many[i] = at("10:00:00", "user.name", "u" + i);
    }
    town.store.accept(town.lines.batch(many));
    town.store.refresh();

    var part = tail.next().orElseThrow();

    assertThat(part.events()).hasSize(200);
    assertThat(part.more()).isEqualTo(300);
    assertThat(part.exact()).isTrue();
  }

  @Test
  void a_query_that_takes_too_long_says_that_some_may_be_missing_and_goes_on() {
    var hasty = new Search(town.store, town.lines, new SearchConfig(Duration.ZERO, 10));
    var tail = hasty.follow(Asker.CENTRE, "user:ana", Scope.national(), Optional.empty());
    town.with(at("10:00:00", "user.name", "ana"));

    assertThat(tail.next().orElseThrow().exact()).isFalse();
    assertThat(tail.next()).isEmpty();
  }

  @Test
  void a_table_is_not_followed() {
    assertThatThrownBy(() -> follow("* | count", Scope.national()))
        .isInstanceOfSatisfying(QueryFault.class, f -> assertThat(f.column()).isEqualTo(3));
  }

  /** Parts of any size, merges and days that come back, while the writer never waits. */
  @Test
  void beside_a_writer_every_event_is_told_once_and_in_order() throws Exception {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("TailTest seed " + seed);
    var random = new Random(seed);
    EventReader reader =
        (sequence, position) -> {
          synchronized (lock) {
            return town.lines.recall(sequence, position);
          }
        };
    var tail =
        new Search(town.store, reader, SearchConfig.defaults())
            .follow(Asker.CENTRE, "mark:yes", Scope.national(), Optional.empty());
    var done = new AtomicBoolean();
    var writer = Thread.ofPlatform().start(() -> write(random, done));

    var told = new ArrayList<Event>();
    while (!done.get() || tail.at() < town.search.searchable()) {
      tail.next()
          .ifPresent(
              part -> {
                assertThat(part.more()).isZero();
                told.addAll(part.events());
              });
    }
    writer.join();

    var marked =
        town.lines.events().stream()
            .filter(e -> "yes".equals(e.fields().get("mark")))
            .map(e -> e.id().sequence())
            .toList();
    assertThat(told).extracting(e -> e.id().sequence()).containsExactlyElementsOf(marked);
  }

  private void write(Random random, AtomicBoolean done) {
    var noon = Instant.parse("2026-11-24T12:00:00Z");
    int marked = 0; // few enough for one part, however far the reader falls behind
    for (int i = 0; i < 120; i++) {
      synchronized (lock) {
        var lines = new Lines.Line[1 + random.nextInt(20)];
        for (int k = 0; k < lines.length; k++) {
          var when = noon.minusSeconds(random.nextInt(86_400));
          boolean isMarked = marked < 190 && random.nextInt(20) == 0;
          marked += isMarked ? 1 : 0;
          String mark = isMarked ? "yes" : "no";
          lines[k] = Lines.line("dsf", when.toString(), Severity.NOTICE, "mark", mark);
        }
        town.store.accept(town.lines.batch(lines));
      }
      if (random.nextInt(3) == 0) {
        town.store.refresh();
      }
      if (random.nextInt(50) == 0) {
        town.store.commit();
      }
    }
    town.store.refresh();
    done.set(true);
  }

  private Tail follow(String query, Scope scope) {
    return town.search.follow(Asker.CENTRE, query, scope, Optional.empty());
  }

  private static List<Long> sequences(Tail tail) {
    return tail.next().stream()
        .flatMapToLong(part -> LongStream.of(sequencesOf(part)))
        .boxed()
        .toList();
  }

  private static long[] sequencesOf(Tail.Part part) {
    return part.events().stream().mapToLong(e -> e.id().sequence()).toArray();
  }
}
