package mo.farol.search;

import static mo.farol.event.Severity.ERROR;
import static mo.farol.event.Severity.NOTICE;
import static mo.farol.search.Town.at;
import static mo.farol.store.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
  @TempDir Path folder;
  @AutoClose private Town town;

  @BeforeEach
  void open() {
    town = new Town(folder);
  }

  @Test
  void a_page_ends_where_its_events_are_large_and_the_next_one_goes_on() {
    String large = "large " + "x".repeat(60_000);
    for (int i = 0; i < 60; i++) {
      town.with(at("10:00:%02d".formatted(i), "message", large));
    }
    var seen = new ArrayList<Long>();
    int pages = 0;
    Optional<String> cursor = Optional.empty();
    do {
      var page =
          town.search.find(
              new SearchRequest("large", Scope.national(), Town.FIRST, Town.LAST, 1_000, cursor));
      page.events().forEach(event -> seen.add(event.id().sequence()));
      cursor = page.next();
      pages++;
    } while (cursor.isPresent());

    assertThat(pages).isEqualTo(2);
    assertThat(seen).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void repeats_in_repeats_are_refused_before_they_are_built() {
    town.with(at("10:00:00", "message", "x", "host.name", "aaa"));

    for (String pattern : List.of("((a{999}){999}){999}", "(a{0,500}){0,500}", "a{20001,}")) {
      assertThatThrownBy(() -> town.find("host.name:/" + pattern + "/"))
          .as(pattern)
          .isInstanceOf(QueryFault.class)
          .hasMessageContaining("too complex");
    }
    assertThat(town.find("host.name:/(a{1,3}){1,3}/")).containsExactly(0L);
  }

  @Test
  void the_time_of_a_request_is_from_inclusive_to_exclusive() {
    town.with(at("10:00:00", "message", "x"), at("10:00:01", "message", "x"));
    var from = Instant.parse("2026-11-24T10:00:00Z");

    var hits =
        town.search.find(
            new SearchRequest(
                "x", Scope.national(), from, from.plusSeconds(1), 10, Optional.empty()));

    assertThat(hits.events()).extracting(Event::id).containsExactly(new EventId(0));
    assertThat(hits.total()).isEqualTo(1);
    assertThat(hits.exact()).isTrue();
  }

  @Test
  void pages_neither_repeat_nor_miss_a_row_while_events_arrive() {
    for (int i = 0; i < 30; i++) {
      town.with(at("10:00:%02d".formatted(i / 3), "message", "old"));
    }
    var seen = new ArrayList<Long>();
    Optional<String> cursor = Optional.empty();
    do {
      var hits =
          town.search.find(
              new SearchRequest("", Scope.national(), Town.FIRST, Town.LAST, 7, cursor));
      hits.events().forEach(event -> seen.add(event.id().sequence()));
      cursor = hits.next();
      town.with(at("11:00:00", "message", "new"));
    } while (cursor.isPresent());

    assertThat(seen).hasSize(30).doesNotHaveDuplicates().allMatch(sequence -> sequence < 30);
  }

  @Test
  void the_last_page_has_no_cursor_and_a_damaged_cursor_is_told() {
    town.with(at("10:00:00", "message", "x"), at("10:00:01", "message", "x"));

    assertThat(town.search.find(page(2, Optional.empty())).next()).isEmpty();
    assertThat(town.search.find(page(1, Optional.empty())).next()).isPresent();
    for (String damaged : List.of("", "x", "AAAA", "%%%")) {
      assertThatThrownBy(() -> town.search.find(page(1, Optional.of(damaged))))
          .isInstanceOf(QueryFault.class)
          .hasMessageContaining("cursor");
    }
  }

  @Test
  void a_histogram_has_every_bin_at_readable_times_and_counts_by_severity() {
    town.with(
        line("dsf", "2026-11-24T10:00:30Z", ERROR, "message", "x"),
        line("dsf", "2026-11-24T10:00:59Z", NOTICE, "message", "x"),
        line("dsf", "2026-11-24T10:03:00Z", NOTICE, "message", "x"));
    var from = Instant.parse("2026-11-24T10:00:10Z");

    var histogram =
        town.search.histogram(
            new SearchRequest(
                "", Scope.national(), from, from.plusSeconds(240), 1, Optional.empty()),
            6);

    assertThat(histogram.width()).isEqualTo(Duration.ofMinutes(1));
    assertThat(histogram.from()).isEqualTo(Instant.parse("2026-11-24T10:00:00Z"));
    assertThat(histogram.bins())
        .extracting(Histogram.Bin::total)
        .containsExactly(2L, 0L, 0L, 1L, 0L);
    assertThat(histogram.bins().getFirst().bySeverity())
        .containsExactly(0L, 0L, 0L, 1L, 0L, 1L, 0L, 0L);
  }

  @Test
  void top_values_count_facets_and_any_other_field_alike() {
    town.with(
        at("10:00:00", "user.name", "Root", "odd.field", "a", "message", "x"),
        at("10:00:01", "user.name", "root", "odd.field", "a", "message", "x"),
        at("10:00:02", "user.name", "maria", "odd.field", "b", "message", "x"),
        at("10:00:03", "message", "x"));

    var users = town.search.top(Town.ask("", Scope.national()), "user", 1);
    assertThat(users.values()).containsExactly(new TopValues.Value("root", 2));
    assertThat(users.field()).isEqualTo("user.name");
    assertThat(users.withField()).isEqualTo(3);
    assertThat(users.total()).isEqualTo(4);

    var odd = town.search.top(Town.ask("NOT user:maria", Scope.national()), "odd.field", 5);
    assertThat(odd.values()).containsExactly(new TopValues.Value("a", 2));
    assertThat(odd.withField()).isEqualTo(2);
  }

  @Test
  void a_near_name_is_suggested_where_no_event_has_the_field() {
    town.with(at("10:00:00", "acme.zone", "a", "message", "x"));

    fault("sorce.ip:10.0.0.1", 1, "source.ip");
    fault("x acme.zon:a", 3, "acme.zone");
    assertThat(town.find("quite.another:a")).isEmpty();
  }

  @Test
  void what_can_not_be_answered_says_where() {
    fault("x user:/a(/", 3, "");
    fault("x severity:bad", 3, "severity");
    fault("@timestamp:>yesterday", 1, "yesterday");
    fault("x @timestamp:>+999999999-01-01T00:00:00Z", 3, "no event has the time");
  }

  @Test
  void when_time_is_up_the_answer_says_that_it_is_not_exact() {
    town.with(at("10:00:00", "message", "x"));
    var hasty = new Search(town.store, town.lines, new SearchConfig(Duration.ZERO, 10));

    var first = hasty.find(Town.ask("", Scope.national()));
    assertThat(first.exact()).isFalse();
    assertThat(first.late()).isTrue();
    assertThat(first.next()).as("the same question asks on").isEmpty();
    town.with(at("10:00:01", "message", "y"));
    var page = town.search.find(page(1, Optional.empty()).countedTo(0));
    assertThat(page.exact()).isFalse();
    assertThat(page.late()).as("it was asked not to count").isFalse();
    var cursor = page.next();
    assertThat(cursor).isPresent();
    assertThat(hasty.find(page(1, cursor)).next()).as("not taken for the end").isEqualTo(cursor);
  }

  @Test
  void an_end_or_a_network_that_is_none_is_refused_where_it_stands() {
    town.with(at("10:00:00", "source.ip", "10.0.0.1", "message", "x"));

    fault("source.ip:[10.0.0.1 TO 10.0.0.300]", 1, "'10.0.0.300' is no address");
    fault("x source.ip:10.0.0.300/24", 3, "'10.0.0.300/24' is no network");
    fault("source.ip:2001:::/32", 1, "'2001:::/32' is no network");
    fault("severity:[3 TO error]", 1, "two codes or two words");
    assertThat(town.find("source.ip:[10.0.0.1 TO 10.0.0.30]")).containsExactly(0L);
  }

  private void fault(String query, int column, String part) {
    assertThatThrownBy(() -> town.find(query))
        .isInstanceOfSatisfying(
            QueryFault.class, fault -> assertThat(fault.column()).isEqualTo(column))
        .hasMessageContaining(part);
  }

  private static SearchRequest page(int limit, Optional<String> cursor) {
    return new SearchRequest("", Scope.national(), Town.FIRST, Town.LAST, limit, cursor);
  }
}
