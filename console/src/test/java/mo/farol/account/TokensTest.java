package mo.farol.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mo.farol.event.Scope;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.awaitility.Awaitility;
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
  void a_token_revoked_by_another_process_is_noticed_after_its_ten_seconds() {
    String ingest = tokens.ingest("water", "scada", "olga");
    assertThat(tokens.agencyOf(ingest)).isPresent();
    another().revoke(tokens.all().getFirst().id(), "olga");
    assertThat(tokens.agencyOf(ingest)).as("remembered").isPresent();
    now = now.plus(Duration.ofSeconds(11));
    Awaitility.await().until(() -> tokens.agencyOf(ingest).isEmpty());
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
