package mo.farol.search;

import static mo.farol.event.Severity.NOTICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.event.Origin;
import mo.farol.event.Scope;
import mo.farol.search.Around.Order;
import mo.farol.store.Clause;
import mo.farol.store.Deadline;
import mo.farol.store.Lines;
import mo.farol.store.Question;
import mo.farol.store.Replacement;
import mo.farol.store.StoreConfig;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines before and after an event, and all that a query finds. */
class AroundTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path folder;
  @AutoClose private Town town;

  @BeforeEach
  void open() {
    town = new Town(StoreConfig.in(folder));
  }

  @Test
  void lines_of_other_agencies_inputs_and_hosts_stand_between_and_are_left_out() {
    send("a", "syslog.tcp", "web", 0); // 0
    send("b", "syslog.tcp", "web", 1);
    send("a", "syslog.tcp", "web", 2); // 2
    send("a", "syslog.udp", "web", 3);
    send("a", "syslog.tcp", "db", 4);
    send("a", "syslog.tcp", "WEB", 5); // 5: names compare in lower case
    send("b", "syslog.tcp", "web", 6);
    send("a", "syslog.tcp", "web", 7); // 7

    for (var order : Order.values()) {
      var lines = around(2, order, 5, 5, Scope.of("a")).orElseThrow();
      assertThat(ids(lines.before())).containsExactly(0L);
      assertThat(ids(lines.after())).containsExactly(5L, 7L);
      assertThat(lines.exact()).isTrue();
      assertThat(lines.moreBefore() || lines.moreAfter()).isFalse();
    }
    // Who sees every agency is still shown this source's lines only.
    assertThat(ids(around(2, Order.RECEIVED, 5, 5, Scope.national()).orElseThrow().after()))
        .containsExactly(5L, 7L);
  }

  @Test
  void an_event_of_another_agency_has_no_surroundings_and_is_none_to_count_from() {
    send("a", "syslog.tcp", "web", 0);
    send("b", "syslog.tcp", "web", 1);

    assertThat(around(1, Order.TIME, 5, 5, Scope.of("a"))).isEmpty();
    assertThat(around(0, Order.TIME, 5, 5, Scope.of())).isEmpty();
    assertThat(
            town.search.around(
                Asker.CENTRE,
                new EventId(0),
                Scope.of("a"),
                new Around.Asked(Order.TIME, 5, 5, Optional.of(new EventId(1)))))
        .isEmpty();
    assertThat(
            town.search.around(
                Asker.CENTRE,
                new EventId(0),
                Scope.national(),
                new Around.Asked(Order.TIME, 5, 5, Optional.of(new EventId(1)))))
        .isPresent();
  }

  @Test
  void arrival_and_time_are_two_orders_and_one_line_may_be_first_in_one_and_last_in_the_other() {
    send("a", "syslog.tcp", "web", 10); // 0
    send("a", "syslog.tcp", "web", 30); // 1
    send("a", "syslog.tcp", "web", 20); // 2
    send("a", "syslog.tcp", "web", -40 * 86_400); // 3: its clock stood forty days behind
    send("a", "syslog.tcp", "web", 20); // 4: the same instant as 2

    assertThat(all(2, Order.RECEIVED)).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(all(2, Order.TIME)).containsExactly(3L, 0L, 2L, 4L, 1L);
    assertThat(all(4, Order.TIME)).containsExactly(3L, 0L, 2L, 4L, 1L);
  }

  @Test
  void paging_outwards_meets_every_line_once() {
    for (int i = 0; i < 25; i++) {
      send("a", "syslog.tcp", i % 2 == 0 ? "web" : "db", i);
    }
    for (var order : Order.values()) {
      var seen = new ArrayList<Long>();
      Optional<EventId> at = Optional.empty();
      boolean more = true;
      while (more) {
        var lines =
            town.search
                .around(
                    Asker.CENTRE, new EventId(24), Scope.of("a"), new Around.Asked(order, 5, 0, at))
                .orElseThrow();
        seen.addAll(0, ids(lines.before()));
        at = lines.before().stream().findFirst().map(Event::id);
        more = lines.moreBefore() && !lines.before().isEmpty();
      }
      assertThat(seen).containsExactly(0L, 2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L, 18L, 20L, 22L);
    }
  }

  @Test
  void a_host_without_a_name_is_its_address_and_several_names_of_one_line_are_one_source() {
    town.with(
        new Lines.Line(
            Origin.live("a", "syslog.tcp", "192.0.2.9"),
            NOON,
            NOON,
            NOTICE,
            Map.of("message", "no name")));
    send("a", "syslog.tcp", "192.0.2.9", 1);
    send("a", "syslog.tcp", "one, other", 2);

    assertThat(all(0, Order.RECEIVED)).containsExactly(0L, 1L);
    assertThat(all(2, Order.RECEIVED)).containsExactly(2L);
  }

  @Test
  void a_random_town_is_answered_as_by_looking_at_every_line() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    var random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      String agency = random.nextBoolean() ? "a" : "b";
      String host = "h" + random.nextInt(3);
      send(agency, "syslog.tcp", host, random.nextInt(7) * 10_000 - 30_000);
    }
    for (int n = 0; n < 60; n++) {
      long id = random.nextInt(400);
      int wanted = 1 + random.nextInt(12);
      var order = random.nextBoolean() ? Order.TIME : Order.RECEIVED;
      var lines = around(id, order, wanted, wanted, Scope.national()).orElseThrow();
      var source = source(id, order);
      int at = ids(source).indexOf(id);
      assertThat(ids(lines.before()))
          .as("seed %d, before %d by %s", seed, id, order)
          .isEqualTo(ids(source.subList(Math.max(0, at - wanted), at)));
      assertThat(ids(lines.after()))
          .as("seed %d, after %d by %s", seed, id, order)
          .isEqualTo(ids(source.subList(at + 1, Math.min(source.size(), at + 1 + wanted))));
      assertThat(lines.moreBefore()).isEqualTo(at > wanted);
      assertThat(lines.moreAfter()).isEqualTo(source.size() - at - 1 > wanted);
    }
  }

  @Test
  void a_harvest_is_all_that_matched_when_it_began_whatever_arrives_meanwhile() {
    for (int i = 0; i < 50; i++) {
      send(i % 5 == 0 ? "b" : "a", "syslog.tcp", "web", i);
    }
    var harvest = town.search.harvest(Asker.CENTRE, Town.ask("host:web", Scope.of("a")));
    var seen = new ArrayList<Long>();
    for (var next = harvest.next(); next.isPresent(); next = harvest.next()) {
      seen.add(next.get().event().id().sequence());
      send("a", "syslog.tcp", "web", seen.size() % 2 == 0 ? 25 : 10);
    }

    assertThat(seen).hasSize(40).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(seen).allMatch(id -> id < 50 && id % 5 != 0);
    assertThat(harvest.missing()).isEmpty();
    assertThat(harvest.isOver()).isTrue();
    assertThat(harvest.hasMoreThan(40)).as("what came later is not counted").isFalse();
    assertThat(harvest.hasMoreThan(39)).isTrue();
  }

  @Test
  void every_page_of_a_harvest_goes_on_after_the_last_whatever_arrives_on_either_side() {
    for (int i = 0; i < 20; i++) {
      send("a", "syslog.tcp", "web", i);
    }
    var harvest = harvest(town.lines, 3);
    var seen = new ArrayList<Long>();
    for (var next = harvest.next(); next.isPresent(); next = harvest.next()) {
      seen.add(next.get().event().id().sequence());
      int second = (int) (next.get().event().occurredAt().getEpochSecond() - NOON.getEpochSecond());
      send("a", "syslog.tcp", "web", second - 1); // older than the cursor
      send("a", "syslog.tcp", "web", 100 + second); // newer
    }

    assertThat(seen).hasSize(20).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(harvest.missing()).isEmpty();
  }

  @Test
  void a_harvest_comes_back_after_a_page_that_cannot_be_read_and_goes_on() {
    for (int i = 0; i < 8; i++) {
      send("a", "syslog.tcp", "web", i);
    }
    var harvest = harvest(without(7, 6, 5, 4, 3, 2), 3);

    assertThat(harvest.next()).isEmpty();
    assertThat(harvest.isOver()).isFalse();
    assertThat(harvest.next()).isEmpty();
    assertThat(harvest.next().orElseThrow().event().id().sequence()).isEqualTo(1);
    assertThat(harvest.next()).isPresent();
    assertThat(harvest.next()).isEmpty();
    assertThat(harvest.isOver()).isTrue();
    assertThat(harvest.missing()).singleElement().asString().startsWith("6 events");
  }

  @Test
  void lines_that_cannot_be_read_back_are_passed_over_and_told() {
    for (int i = 0; i < 12; i++) {
      send("a", "syslog.tcp", "web", i);
    }
    try (var search = new Search(town.store, without(8, 7, 6), SearchConfig.defaults())) {
      for (var order : Order.values()) {
        var asked = new Around.Asked(order, 2, 2, Optional.empty());
        var lines = search.around(Asker.CENTRE, new EventId(9), Scope.of("a"), asked).orElseThrow();

        assertThat(ids(lines.before())).containsExactly(4L, 5L);
        assertThat(ids(lines.after())).containsExactly(10L, 11L);
        assertThat(lines.exact()).isFalse();
        assertThat(lines.moreBefore()).isTrue();
        assertThat(lines.moreAfter()).isFalse();
      }
    }
  }

  @Test
  void a_harvest_says_that_frames_it_may_have_were_read_again_meanwhile() {
    send("a", "syslog.tcp", "web", 1);
    send("b", "syslog.tcp", "web", 2);
    var request = Town.ask("", Scope.of("a"));
    var before = town.search.harvest(Asker.CENTRE, request);
    assertThat(before.next()).isPresent();

    replace(1);
    assertThat(before.missing()).as("another agency's").isEmpty();
    replace(0);

    assertThat(before.missing()).singleElement().asString().contains("read again meanwhile");
    assertThat(town.search.harvest(Asker.CENTRE, request).missing()).isEmpty();
  }

  private void replace(int sequence) {
    var batch = town.lines.batches().get(sequence);
    batch.only(sequence);
    town.store.replace(List.of(new Replacement(batch, batch.occurredAtMicros(batch.first()))));
    town.store.refresh();
  }

  private Harvest harvest(EventReader reader, int page) {
    var question = new Question(new Clause.All(), Scope.of("a"), Long.MIN_VALUE, Long.MAX_VALUE);
    return new Harvest(
        reader,
        Scope.of("a"),
        town.store.searchable(),
        page,
        (limit, countTo, after, patience) ->
            town.store.newest(question, limit, countTo, after, Deadline.in(patience)),
        () -> town.store.replaced(question));
  }

  private EventReader without(long... lost) {
    return (sequence, position) ->
        LongStream.of(lost).anyMatch(one -> one == sequence)
            ? Optional.empty()
            : town.lines.recall(sequence, position);
  }

  private void send(String agency, String input, String host, int second) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("host.name", host);
    fields.put("message", "at " + second);
    town.with(
        new Lines.Line(
            Origin.live(agency, input, "192.0.2.9"),
            NOON.plusSeconds(second),
            NOON,
            NOTICE,
            fields));
  }

  private List<Event> source(long id, Order order) {
    var all = town.lines.events();
    var of = all.get((int) id).source();
    Comparator<Event> byArrival = Comparator.comparing(Event::id);
    return all.stream()
        .filter(event -> event.source().equals(of))
        .sorted(
            order == Order.TIME
                ? Comparator.comparing(Event::occurredAt).thenComparing(byArrival)
                : byArrival)
        .toList();
  }

  private List<Long> all(long id, Order order) {
    var lines = around(id, order, 100, 100, Scope.of("a")).orElseThrow();
    var all = new ArrayList<>(ids(lines.before()));
    all.add(id);
    all.addAll(ids(lines.after()));
    return all;
  }

  private Optional<Around.Lines> around(long id, Order order, int before, int after, Scope scope) {
    return town.search.around(
        Asker.CENTRE,
        new EventId(id),
        scope,
        new Around.Asked(order, before, after, Optional.empty()));
  }

  private static List<Long> ids(List<Event> events) {
    return events.stream().map(event -> event.id().sequence()).toList();
  }
}
