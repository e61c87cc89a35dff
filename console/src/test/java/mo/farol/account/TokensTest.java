package mo.farol.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mo.farol.event.Scope;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  private volatile Instant now = Instant.parse("2026-11-24T09:00:00Z");
  private Ledger ledger;
  private Tokens tokens;

  @BeforeEach
  void open(@TempDir Path folder) {
    ledger = Ledger.openSqlite(folder.resolve("ledger.db"));
    tokens = another();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void an_ingest_token_names_its_agency_and_an_api_token_does_not() {
    String ingest = tokens.ingest("water", "scada", "olga");
    String api = tokens.api(wong(), "script", Optional.empty(), "olga");
    assertThat(ingest).startsWith("farol_in_").hasSizeGreaterThan(50);
    assertThat(tokens.agencyOf(ingest)).contains("water");
    assertThat(tokens.agencyOf(api)).isEmpty();
    assertThat(tokens.person(ingest)).isEmpty();
  }

  @Test
  void what_many_make_and_revoke_at_once_is_seen_at_once() throws Exception {
    try (var many = Executors.newFixedThreadPool(6)) {
      var each = new ArrayList<Future<?>>();
      for (int i = 0; i < 6; i++) {
        each.add(many.submit(() -> makeAndRevoke(20)));
      }
      for (var one : each) {
        one.get();
      }
    }
  }

  private void makeAndRevoke(int times) {
    for (int i = 0; i < times; i++) {
      String token = tokens.ingest("water", "scada", "olga");
      assertThat(tokens.agencyOf(token)).contains("water");
      tokens.end(token, "olga");
      assertThat(tokens.agencyOf(token)).isEmpty();
    }
  }

  @Test
  void an_api_token_acts_as_its_person_within_their_scope() {
    String token = tokens.api(wong(), "script", Optional.empty(), "olga");
    var person = tokens.person(token).orElseThrow();
    assertThat(person.name()).isEqualTo("wong");
    assertThat(person.scope()).isEqualTo(Scope.of("water"));
  }

  @Test
  void a_token_ends_with_its_lifetime() {
    String token = tokens.api(wong(), "script", Optional.of(Duration.ofHours(1)), "olga");
    now = now.plus(Duration.ofMinutes(59));
    assertThat(tokens.person(token)).isPresent();
    now = now.plus(Duration.ofMinutes(2));
    assertThat(tokens.person(token)).isEmpty();
  }

  @Test
  void a_revoked_token_opens_nothing_from_that_moment() {
    String ingest = tokens.ingest("water", "scada", "olga");
    String api = tokens.api(wong(), "script", Optional.empty(), "olga");
    assertThat(tokens.agencyOf(ingest)).isPresent();
    tokens.all().forEach(t -> assertThat(tokens.revoke(t.id(), "olga")).isTrue());
    assertThat(tokens.agencyOf(ingest)).isEmpty();
    assertThat(tokens.person(api)).isEmpty();
    assertThat(tokens.all()).isEmpty();
  }

  @Test
  void a_token_revoked_or_made_by_another_process_counts_once_the_register_is_read_anew() {
    String ingest = tokens.ingest("water", "scada", "olga");
    another().revoke(tokens.all().getFirst().id(), "olga");
    String later = another().ingest("water", "scada", "olga");
    assertThat(tokens.agencyOf(ingest)).as("remembered").isPresent();
    assertThat(tokens.agencyOf(later)).isEmpty();
    tokens.refresh();
    assertThat(tokens.agencyOf(ingest)).isEmpty();
    assertThat(tokens.agencyOf(later)).contains("water");
  }

  @Test
  void a_token_of_a_network_is_taken_from_there_only() {
    var terms =
        new IngestTerms(
            "scada",
            Optional.empty(),
            List.of(Network.parse("192.0.2.0/25"), Network.parse("2001:db8::/33")));
    String token = tokens.ingest("water", terms, "olga");
    assertThat(tokens.agencyOf(token, "192.0.2.127")).contains("water");
    assertThat(tokens.agencyOf(token, "2001:db8:7fff::1")).contains("water");
    assertThat(tokens.agencyOf(token, "192.0.2.128")).isEmpty();
    assertThat(tokens.agencyOf(token, "2001:db8:8000::1")).isEmpty();
    assertThat(tokens.agencyOf(token, "")).as("from nowhere").isEmpty();
    assertThat(tokens.agencyOf(token, "water.example")).isEmpty();
    assertThat(tokens.ofAgency("water").getFirst().from())
        .containsExactly("192.0.2.0/25", "2001:db8::/33");
  }

  @Test
  void an_ingest_token_ends_with_its_lifetime_without_being_read_anew() {
    var terms = new IngestTerms("scada", Optional.of(Duration.ofDays(1)), List.of());
    String token = tokens.ingest("water", terms, "olga");
    assertThat(tokens.agencyOf(token)).isPresent();
    now = now.plus(Duration.ofDays(1).plusSeconds(1));
    assertThat(tokens.agencyOf(token)).isEmpty();
  }

  @Test
  void the_old_token_serves_beside_its_successor_until_its_grace_is_over() {
    String old = tokens.ingest("water", "first", "olga");
    String id = tokens.all().getFirst().id();
    String fresh = tokens.ingest("water", "second", "olga");
    assertThat(tokens.endAfter(id, Duration.ofHours(24), "olga")).isTrue();
    assertThat(tokens.agencyOf(old)).isPresent();
    now = now.plus(Duration.ofHours(25));
    assertThat(tokens.agencyOf(old)).isEmpty();
    assertThat(tokens.agencyOf(fresh)).isPresent();
    assertThat(tokens.endAfter(id, Duration.ofHours(24), "olga")).as("never longer").isFalse();
  }

  @Test
  void what_is_no_network_is_refused() {
    for (String wrong : List.of("", "x", "192.0.2.0/33", "192.0.2", "::1/129", "1.2.3.4/-1")) {
      assertThatThrownBy(() -> Network.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Network.parse("192.0.2.7").holds("192.0.2.7")).isTrue();
    assertThat(Network.parse("0.0.0.0/0").holds("203.0.113.9")).isTrue();
  }

  @Test
  void what_can_not_be_a_token_never_reaches_the_ledger() {
    ledger.close();
    assertThat(tokens.agencyOf("Basic something")).isEmpty();
    assertThat(tokens.agencyOf("farol_" + "x".repeat(5000))).isEmpty();
    assertThat(tokens.person("")).isEmpty();
  }

  @Test
  void the_list_names_tokens_without_giving_them_away() {
    String secret = tokens.ingest("water", "scada", "olga");
    var token = tokens.all().getFirst();
    assertThat(token.kind()).isEqualTo("ingest");
    assertThat(token.agency()).contains("water");
    assertThat(token.label()).isEqualTo("scada");
    assertThat(token.toString()).doesNotContain(secret);
  }

  private Tokens another() {
    return new Tokens(ledger, new Deeds(ledger, () -> now), () -> now);
  }

  private static Person wong() {
    return new Person("wong", "Wong Tak", Role.AGENCY, Optional.of("water"));
  }
}
