package mo.farol.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Scope;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
  private static final String RIGHT = "lighthouse-2026";
  private static final String HERE = "192.0.2.7";
  private Instant now = Instant.parse("2026-11-24T09:00:00Z");
  private Ledger ledger;
  private Accounts accounts;
  private Sessions sessions;

  @BeforeEach
  void open(@TempDir Path folder) {
    ledger = Ledger.openSqlite(folder.resolve("ledger.db"));
    accounts = new Accounts(ledger, new Deeds(ledger, () -> now), () -> now);
    sessions = new Sessions(ledger, () -> now);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void the_first_start_makes_one_operator_and_tells_its_password_once() {
    String password = accounts.bootstrap().orElseThrow();
    assertThat(accounts.signIn("admin", password, HERE).orElseThrow().role())
        .isEqualTo(Role.OPERATOR);
    assertThat(accounts.bootstrap()).isEmpty();
    assertThat(accounts.all()).hasSize(1);
  }

  @Test
  void a_password_is_kept_as_argon2id_with_its_parameters_and_never_as_itself() {
    ana();
    String kept = hashOf("ana");
    assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(RIGHT);
  }

  @Test
  void a_hash_of_other_parameters_is_made_anew_at_the_next_sign_in() {
    ana();
    String old = OldHash.of(RIGHT, 64, 1);
    ledger.change(h -> h.execute("update account set password_hash = ?", old));
    assertThat(accounts.signIn("ana", "wrong-password", HERE)).isEmpty();
    assertThat(hashOf("ana")).isEqualTo(old);
    assertThat(accounts.signIn("ana", RIGHT, HERE)).isPresent();
    assertThat(hashOf("ana")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(accounts.signIn("ana", RIGHT, HERE)).isPresent();
  }

  @Test
  void ten_wrong_passwords_close_the_door_to_that_name_from_that_address_for_ten_minutes() {
    ana();
    for (int i = 0; i < 10; i++) {
      assertThat(accounts.signIn("ana", "wrong-password", HERE)).isEmpty();
    }
    assertThat(accounts.signIn("ana", RIGHT, HERE)).isEmpty();
    assertThat(accounts.signIn("ana", RIGHT, "192.0.2.8")).isPresent();
    now = now.plus(Duration.ofMinutes(11));
    assertThat(accounts.signIn("ana", RIGHT, HERE)).isPresent();
  }

  @Test
  void whoever_knocks_on_at_a_closed_door_is_written_down_once() {
    var attempts = new Attempts();
    assertThat(attempts.isFirstRefusal("ana", HERE, now)).isTrue();
    assertThat(attempts.isFirstRefusal("ana", HERE, now)).isFalse();
    assertThat(attempts.isFirstRefusal("ana", HERE, now.plus(Duration.ofMinutes(11)))).isTrue();
  }

  @Test
  void a_hundred_wrong_tries_close_the_door_to_an_address_whatever_the_names() {
    var attempts = new Attempts();
    for (int i = 0; i < 100; i++) {
      attempts.failed("name" + i, HERE, now);
    }
    assertThat(attempts.isClosed("another", HERE, now)).isTrue();
    assertThat(attempts.isClosed("another", "192.0.2.9", now)).isFalse();
  }

  @Test
  void a_hundred_wrong_tries_close_the_door_to_a_name_whatever_the_addresses() {
    var attempts = new Attempts();
    for (int i = 0; i < 100; i++) {
      attempts.failed("ana", "192.0.2." + i, now);
    }
    assertThat(attempts.isClosed("ana", "203.0.113.1", now)).isTrue();
    assertThat(attempts.isClosed("rui", "203.0.113.1", now)).isFalse();
  }

  @Test
  void a_short_password_a_taken_name_and_an_agency_account_without_agency_are_refused() {
    ana();
    assertThatThrownBy(() -> accounts.add(person("rui", Role.ANALYST), "short", "test"))
        .hasMessageContaining("12");
    assertThatThrownBy(() -> accounts.add(person("ana", Role.ANALYST), RIGHT, "test"))
        .hasMessageContaining("already");
    assertThatThrownBy(() -> accounts.add(person("wong", Role.AGENCY), RIGHT, "test"))
        .hasMessageContaining("agency");
    assertThatThrownBy(() -> accounts.add(person("<b>", Role.ANALYST), RIGHT, "test"))
        .hasMessageContaining("lower-case");
  }

  @Test
  void an_agency_account_sees_its_agency_and_nothing_else() {
    var person = new Person("wong", "Wong", Role.AGENCY, Optional.of("water"));
    assertThat(person.scope()).isEqualTo(Scope.of("water"));
    assertThat(person.scope().sees("finance")).isFalse();
    assertThat(person.scope().sees("national")).isFalse();
    assertThat(person("ana", Role.ANALYST).scope()).isEqualTo(Scope.national());
  }

  @Test
  void only_analysts_and_operators_work_and_only_operators_operate() {
    assertThat(List.of(Role.values()))
        .filteredOn(Role::mayWork)
        .containsExactly(Role.ANALYST, Role.OPERATOR);
    assertThat(List.of(Role.values())).filteredOn(Role::mayOperate).containsExactly(Role.OPERATOR);
  }

  @Test
  void a_changed_password_replaces_the_old_one() {
    ana();
    assertThat(accounts.changePassword("ana", "not the old one", "harbour-light-7")).isFalse();
    assertThat(accounts.changePassword("ana", RIGHT, "harbour-light-7")).isTrue();
    assertThat(accounts.signIn("ana", RIGHT, HERE)).isEmpty();
    assertThat(accounts.signIn("ana", "harbour-light-7", HERE)).isPresent();
  }

  @Test
  void a_closed_account_loses_its_sign_in_its_sessions_and_its_tokens() {
    ana();
    var tokens = new Tokens(ledger, new Deeds(ledger, () -> now), () -> now);
    String token = tokens.api(person("ana", Role.ANALYST), "script", Optional.empty(), "test");
    var session = sessions.begin(accounts.signIn("ana", RIGHT, HERE).orElseThrow());
    accounts.close("ana", "olga");
    assertThat(accounts.signIn("ana", RIGHT, HERE)).isEmpty();
    assertThat(sessions.find(session.id())).isEmpty();
    assertThat(tokens.person(token)).isEmpty();
  }

  @Test
  void a_session_ends_when_it_stands_unused_and_when_it_grew_old() {
    ana();
    var person = accounts.find("ana").orElseThrow();
    String unused = sessions.begin(person).id();
    String used = sessions.begin(person).id();
    for (int hours = 0; hours < 15; hours++) {
      now = now.plus(Duration.ofHours(1));
      assertThat(sessions.find(used)).as("after %d hours", hours + 1).isPresent();
    }
    assertThat(sessions.find(unused)).isEmpty();
    now = now.plus(Duration.ofHours(2));
    assertThat(sessions.find(used)).isEmpty();
  }

  @Test
  void asking_whether_a_session_lives_does_not_keep_it_alive() {
    ana();
    String id = sessions.begin(accounts.find("ana").orElseThrow()).id();
    for (int hours = 0; hours < 7; hours++) {
      now = now.plus(Duration.ofHours(1));
      assertThat(sessions.isAlive(id)).isTrue();
    }
    now = now.plus(Duration.ofHours(1));
    assertThat(sessions.isAlive(id)).isFalse();
  }

  @Test
  void the_ledger_keeps_no_session_id_that_could_be_used() {
    ana();
    String id = sessions.begin(accounts.find("ana").orElseThrow()).id();
    String kept =
        ledger.read(h -> h.createQuery("select id_hash from session").mapTo(String.class).one());
    assertThat(kept).isNotEqualTo(id).isEqualTo(Secrets.hash(id));
    assertThat(id).hasSizeGreaterThanOrEqualTo(43);
    assertThat(sessions.find(kept)).isEmpty();
  }

  private void ana() {
    accounts.add(person("ana", Role.ANALYST), RIGHT, "test");
  }

  private String hashOf(String name) {
    return ledger.read(
        h ->
            h.createQuery("select password_hash from account where name = ?")
                .bind(0, name)
                .mapTo(String.class)
                .one());
  }

  private static Person person(String name, Role role) {
    return new Person(name, name, role, Optional.empty());
  }
}
