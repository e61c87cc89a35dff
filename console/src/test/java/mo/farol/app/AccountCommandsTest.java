package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
import mo.farol.account.Accounts;
import mo.farol.centre.Home;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code farol user} and {@code farol token}, as an operator types them. */
class AccountCommandsTest {
  @TempDir Path home;

  @Test
  void an_account_signs_in_with_the_password_that_was_printed_and_not_once_it_is_closed() {
    String first = farol("user", "add", "ana", "--title", "Ana Lei");
    assertThat(signsIn("ana", first)).isTrue();
    assertThat(farol("user", "list")).isEqualTo("ana\tanalyst\tall agencies\tAna Lei");

    String second = farol("user", "password", "ana");
    assertThat(signsIn("ana", first)).isFalse();
    assertThat(signsIn("ana", second)).isTrue();

    farol("user", "close", "ana");
    assertThat(signsIn("ana", second)).isFalse();
    assertThat(farol("user", "list")).isEmpty();
  }

  @Test
  void a_token_acts_with_the_role_the_account_has_now_until_it_is_revoked() {
    farol("agency", "add", "health");
    farol("user", "add", "rui", "--agency", "health");
    String token = farol("token", "--user", "rui");
    assertThat(acting(token)).isEqualTo("AGENCY health");

    String row =
        farol("token", "list").lines().filter(l -> l.contains("\trui\t")).findFirst().orElseThrow();
    assertThat(row).contains("\tapi\trui\tagency\thealth\t");
    String id = row.split("\t", 2)[0];
    farol("token", "revoke", id);
    assertThat(acting(token)).isEmpty();
  }

  @Test
  void mistakes_are_told_in_one_line() {
    assertThat(status("user", "close", "nobody")).isEqualTo(2);
    assertThat(status("user", "password", "nobody")).isEqualTo(2);
    assertThat(status("user", "add", "Not A Name")).isEqualTo(2);
    assertThat(status("user", "add", "x", "--role", "agency")).isEqualTo(2);
    assertThat(status("token", "revoke", "0123456789abcdef")).isEqualTo(2);
    assertThat(status("token")).isEqualTo(2);
    assertThat(status("user", "add", "x", "--agency", "nosuch")).isEqualTo(2);
    assertThat(status("token", "--user", "x", "--agency", "nosuch")).isEqualTo(2);
    assertThat(status("agency", "snippet", "nosuch", "--for", "rsyslog")).isEqualTo(2);
    assertThat(status("seach", "x")).isEqualTo(2);
  }

  @Test
  void a_token_is_not_made_where_it_would_see_more_than_was_asked_for() {
    farol("agency", "add", "health");
    farol("user", "add", "ana");
    assertThat(status("token", "--user", "ana", "--role", "agency", "--agency", "health"))
        .isEqualTo(2);
    assertThat(acting(farol("token", "--user", "robot", "--agency", "health")))
        .isEqualTo("AGENCY health");
  }

  @Test
  void an_agency_without_a_port_of_its_own_gets_no_snippet_with_the_port_of_another()
      throws Exception {
    farol("agency", "add", "health");
    assertThat(status("agency", "snippet", "health", "--for", "logger")).isEqualTo(2);
    Files.writeString(home.resolve("farol.yaml"), "intake.pinned: health=5614\n");
    assertThat(farol("agency", "snippet", "health", "--for", "logger")).contains("--port 5614");
  }

  @Test
  void every_command_tells_what_it_takes() {
    assertThat(Main.run("user", "add", "--help")).isZero();
    assertThat(Main.run("agency", "snippet", "--help")).isZero();
  }

  private boolean signsIn(String name, String password) {
    return ledger(
        ledger -> {
          var clock = InstantSource.system();
          var accounts = new Accounts(ledger, new Deeds(ledger, clock), clock);
          return accounts.signIn(name, password, "192.0.2.1").isPresent();
        });
  }

  private String acting(String token) {
    return ledger(
        ledger -> {
          var clock = InstantSource.system();
          return new mo.farol.account.Tokens(ledger, new Deeds(ledger, clock), clock)
              .person(token)
              .map(person -> person.role() + " " + person.agency().orElse(""))
              .orElse("");
        });
  }

  private <T> T ledger(Function<Ledger, T> work) {
    try (var ledger = Ledger.openSqlite(new Home(home).ledger())) {
      return work.apply(ledger);
    }
  }

  private String farol(String... words) {
    return new Operator(home).farol(words);
  }

  private int status(String... words) {
    return new Operator(home).status(words);
  }
}
