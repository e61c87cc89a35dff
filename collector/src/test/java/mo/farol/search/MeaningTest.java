package mo.farol.search;

import static mo.farol.event.Severity.ERROR;
import static mo.farol.event.Severity.INFORMATIONAL;
import static mo.farol.event.Severity.WARNING;
import static mo.farol.search.Town.at;
import static mo.farol.store.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a query finds. */
class MeaningTest {
  @TempDir Path folder;
  @AutoClose private Town town;

  @BeforeEach
  void open() {
    town = new Town(folder);
  }

  @Test
  void words_of_the_message_are_found_in_any_case_and_phrases_in_order() {
    town.with(
        at("10:00:00", "message", "Failed password for root from 203.0.113.9 port 22"),
        at("10:00:01", "message", "Accepted password for maria"));

    assertThat(town.find("PASSWORD")).containsExactly(1L, 0L);
    assertThat(town.find("\"password for root\"")).containsExactly(0L);
    assertThat(town.find("\"root password\"")).isEmpty();
    assertThat(town.find("203.0.113.9")).containsExactly(0L);
    assertThat(town.find("password -root")).containsExactly(1L);
    assertThat(town.find("pass* mar?a")).containsExactly(1L);
  }

  @Test
  void chinese_is_found_by_word_and_by_single_character() {
    town.with(
        at("10:00:00", "message", "用戶登入失敗，來源 203.0.113.9"),
        at("10:00:01", "message", "用戶登出"),
        at("10:00:02", "message", "失敗登入"));

    assertThat(town.find("登入失敗")).containsExactly(0L);
    assertThat(town.find("登入")).containsExactly(2L, 0L);
    assertThat(town.find("登")).containsExactly(2L, 1L, 0L);
    assertThat(town.find("戶登出")).containsExactly(1L);
    assertThat(town.find("登入 AND 203.0.113.9")).containsExactly(0L);
    assertThat(town.find("\"失敗，來源 203.0.113.9\"")).containsExactly(0L);
    assertThat(town.find("登入*")).containsExactly(2L, 0L);
  }

  @Test
  void portuguese_and_full_width_text_is_found_in_any_case() {
    town.with(
        at("10:00:00", "message", "AUTENTICAÇÃO falhada", "user.name", "João"),
        at("10:00:01", "message", "ＡＢＣ１２ restarted"));

    assertThat(town.find("autenticação")).containsExactly(0L);
    assertThat(town.find("user:JOÃO")).containsExactly(0L);
    assertThat(town.find("user:jo?o")).containsExactly(0L);
    assertThat(town.find("abc12")).containsExactly(1L);
  }

  @Test
  void a_field_is_matched_whole_and_any_field_may_be_asked_for() {
    town.with(
        at("10:00:00", "user.name", "root", "vendor.thing", "A b c", "message", "x"),
        at("10:00:01", "user.name", "rooter", "message", "x"));

    assertThat(town.find("user:root")).containsExactly(0L);
    assertThat(town.find("user:root*")).containsExactly(1L, 0L);
    assertThat(town.find("vendor.thing:\"a B c\"")).containsExactly(0L);
    assertThat(town.find("vendor.thing:*b*")).containsExactly(0L);
    assertThat(town.find("vendor.thing:*")).containsExactly(0L);
    assertThat(town.find("NOT vendor.thing:*")).containsExactly(1L);
    assertThat(town.find("user:/ro+t(er)?/")).containsExactly(1L, 0L);
  }

  @Test
  void a_long_value_is_found_whole_and_by_its_words() {
    String command = "powershell -enc " + "QUJD".repeat(600) + " -tail last_word";
    town.with(at("10:00:00", "process.command_line", command, "message", "x"));

    assertThat(town.find("process.command_line:\"" + command + "\"")).containsExactly(0L);
    assertThat(town.find("process.command_line:last_word")).containsExactly(0L);
    assertThat(town.find("process.command_line:powershell*")).containsExactly(0L);
    assertThat(town.find("process.command_line:*other*")).isEmpty();
  }

  @Test
  void networks_and_address_ranges_compare_addresses() {
    town.with(
        at("10:00:00", "source.ip", "10.1.2.3", "message", "x"),
        at("10:00:01", "source.ip", "10.2.0.1", "message", "x"),
        at("10:00:02", "source.ip", "2001:0DB8::1", "message", "x"),
        at("10:00:03", "source.ip", "not an address", "message", "x"));

    assertThat(town.find("src:10.1.0.0/16")).containsExactly(0L);
    assertThat(town.find("source.ip:10.0.0.0/8")).containsExactly(1L, 0L);
    assertThat(town.find("source.ip:2001:db8::/32")).containsExactly(2L);
    assertThat(town.find("source.ip:\"2001:db8:0:0:0:0:0:1\"")).containsExactly(2L);
    assertThat(town.find("source.ip:[10.1.0.0 TO 10.2.0.1}")).containsExactly(0L);
    assertThat(town.find("source.ip:0.0.0.0/0")).containsExactly(1L, 0L);
    assertThat(town.find("ip:10.2.0.1")).containsExactly(1L);
  }

  @Test
  void ranges_compare_numbers_as_numbers_severities_by_gravity_and_times_as_times() {
    town.with(
        line("dsf", "2026-11-23T10:00:00Z", ERROR, "source.port", "9", "message", "x"),
        line("dsf", "2026-11-24T10:00:00Z", WARNING, "source.port", "1024", "message", "x"),
        line("dsf", "2026-11-24T10:00:01Z", INFORMATIONAL, "source.port", "80", "message", "x"));

    assertThat(town.find("source.port:>=80")).containsExactly(2L, 1L);
    assertThat(town.find("source.port:[9 TO 80}")).containsExactly(0L);
    assertThat(town.find("severity:>=warning")).containsExactly(1L, 0L);
    assertThat(town.find("severity:[0 TO 3]")).containsExactly(0L);
    assertThat(town.find("level:err")).containsExactly(0L);
    assertThat(town.find("@timestamp:2026-11-24")).containsExactly(2L, 1L);
    assertThat(town.find("@timestamp:>2026-11-24T10:00:00Z")).containsExactly(2L);
  }

  @Test
  void an_event_without_a_message_is_found_by_the_words_of_its_values() {
    town.with(at("10:00:00", "event.action", "user locked", "user.name", "maria"));

    assertThat(town.find("locked maria")).containsExactly(0L);
  }
}
