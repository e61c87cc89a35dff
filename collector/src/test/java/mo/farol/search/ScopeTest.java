package mo.farol.search;

import static mo.farol.event.Severity.ERROR;
import static mo.farol.store.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agency A asks for what is agency B's, in every way there is. */
class ScopeTest {
  private static final Scope A = Scope.of("a");

  @TempDir Path folder;
  @AutoClose private Town town;

  @BeforeEach
  void two_agencies() {
    town = new Town(folder);
    town.with(
        line("a", "2026-11-24T10:00:00Z", ERROR, "user.name", "ana", "message", "of a"),
        line(
            "b",
            "2026-11-24T10:00:01Z",
            ERROR,
            "user.name",
            "bela",
            "b.secret",
            "x",
            "message",
            "of b"),
        line(
            "b",
            "2026-11-24T10:00:02Z",
            ERROR,
            "user.name",
            "bruno",
            "agency",
            "a",
            "message",
            "claims agency a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*:*",
        "agency:b",
        "NOT agency:a",
        "-agency:a",
        "agency:*",
        "agency:/.*/",
        "agency:/[ab]/",
        "agency:[a TO z]",
        "agency:?",
        "agency:(a OR b)",
        "agency:b OR of",
        "of OR NOT of",
        "user.name:b*",
        "user.name:/b.*/",
        "user.name:[a TO z]",
        "user.name:*",
        "b.secret:*",
        "b.secret:x",
        "severity:error",
        "id:1",
        "id:[0 TO 9]",
        "@timestamp:2026-11-24",
        "message:b",
        "claims",
        "NOT (agency:a AND agency:b)"
      })
  void no_query_crosses_the_scope(String query) {
    assertThat(town.find(query, A)).isSubsetOf(0L);
    var request = Town.ask(query, A);
    assertThat(town.search.find(request).total()).isLessThanOrEqualTo(1);
    assertThat(town.search.histogram(request, 10).bins().stream().mapToLong(b -> b.total()).sum())
        .isLessThanOrEqualTo(1);
    for (String field : new String[] {"user.name", "agency", "b.secret", "severity"}) {
      assertThat(town.search.top(request, field, 10).values())
          .extracting(TopValues.Value::value)
          .isSubsetOf("ana", "a", "error");
    }
    assertThat(town.search.fields(request, 100).values())
        .extracting(TopValues.Value::value)
        .isSubsetOf("user.name", "message", "host.name");
  }

  @Test
  void an_agency_named_in_the_text_is_a_claim_and_no_more() {
    assertThat(town.find("agency:a", Scope.national())).containsExactly(0L);
    assertThat(town.find("agency:b", Scope.national())).containsExactly(2L, 1L);
  }

  @Test
  void an_event_of_another_agency_is_as_if_it_were_not() {
    assertThat(town.search.event(new EventId(0), A)).isPresent();
    assertThat(town.search.event(new EventId(1), A)).isEmpty();
    assertThat(town.search.event(new EventId(1), Scope.of())).isEmpty();
    assertThat(town.search.event(new EventId(1), Scope.national())).isPresent();
  }

  @Test
  void a_cursor_carries_no_right() {
    var next = town.search.find(page(Scope.national(), null)).next();

    var hits = town.search.find(page(A, next.orElseThrow()));

    assertThat(hits.events()).extracting(event -> event.source().agency()).containsOnly("a");
  }

  @Test
  void names_of_fields_are_those_of_the_scope() {
    assertThat(town.search.fieldNames("b.", A, 10)).isEmpty();
    assertThat(town.search.fieldNames("b.", Scope.national(), 10)).containsExactly("b.secret");
    assertThat(town.find("b.secre:x", A)).isEmpty();
  }

  @Test
  void an_empty_scope_sees_nothing() {
    assertThat(town.find("", Scope.of())).isEmpty();
  }

  private static SearchRequest page(Scope scope, @org.jspecify.annotations.Nullable String cursor) {
    return new SearchRequest(
        "", scope, Town.FIRST, Town.LAST, 1, java.util.Optional.ofNullable(cursor));
  }
}
