package mo.farol.search;

import static mo.farol.event.Severity.ERROR;
import static mo.farol.event.Severity.INFORMATIONAL;
import static mo.farol.event.Severity.WARNING;
import static mo.farol.search.Town.at;
import static mo.farol.store.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void an_address_with_a_zone_is_in_its_network_and_found_with_and_without_the_zone() {
    town.with(
        at("10:00:00", "source.ip", "fe80::1%eth0", "message", "x"),
        at("10:00:01", "source.ip", "fe80::1", "message", "x"));

    assertThat(town.find("source.ip:fe80::/10")).containsExactly(1L, 0L);
    assertThat(town.find("source.ip:fe80::1")).containsExactly(1L, 0L);
    assertThat(town.find("source.ip:fe80::1%eth0")).containsExactly(0L);
    assertThat(town.find("source.ip:fe80::1%eth1")).isEmpty();
  }

  @Test
  void addresses_of_ipv4_are_in_no_wider_network_of_ipv6() {
    town.with(
        at("10:00:00", "source.ip", "10.0.0.1", "message", "x"),
        at("10:00:01", "source.ip", "::ffff:10.0.0.2", "message", "x"),
        at("10:00:02", "source.ip", "2001:db8::1", "message", "x"));

    assertThat(town.find("source.ip:::/0")).containsExactly(2L);
    assertThat(town.find("source.ip:::/80")).as("whose last address is the last of IPv4").isEmpty();
    assertThat(town.find("source.ip:::ffff:0:0/96")).containsExactly(1L, 0L);
    assertThat(town.find("source.ip:::ffff:10.0.0.0/127")).containsExactly(0L);
  }

  @Test
  void networks_are_found_in_fields_that_are_not_of_addresses() {
    town.with(
        at("10:00:00", "host.name", "10.1.2.3", "message", "x"),
        at("10:00:01", "host.name", "web1", "message", "x"),
        at("10:00:02", "host.name", "web1", "vendor.route", "10.1.0.0/16", "message", "x"));

    assertThat(town.find("host:10.1.0.0/16")).containsExactly(0L);
    assertThat(town.find("host.name:::/0")).isEmpty();
    assertThat(town.find("vendor.route:10.1.0.0/16")).containsExactly(2L);
  }

  @Test
  void a_pattern_with_a_full_stop_finds_words_that_it_parts_and_words_that_hold_it() {
    town.with(
        at("10:00:00", "message", "opened report2024.pdf and dump.7z v1.2 from 10.0.0.7"),
        at("10:00:01", "message", "report2023 without_x1, 10 times"));

    assertThat(town.find("report2024.*")).containsExactly(0L);
    assertThat(town.find("*.7z")).containsExactly(0L);
    assertThat(town.find("v1.*")).containsExactly(0L);
    assertThat(town.find("10.*")).containsExactly(0L);
    assertThat(town.find("10\\.0\\.*")).containsExactly(0L);
    assertThat(town.find("without\\_x*")).containsExactly(1L);
  }

  @Test
  void patterns_begin_and_end_with_any_character() {
    String face = "\ud83d\ude00";
    String long31 = "abcdefghijklmnopqrstuvwxyzabcde";
    town.with(
        at("10:00:00", "user.name", "bob" + face),
        at("10:00:01", "user.name", long31 + face + "x"));

    assertThat(town.find("user.name:*" + face)).containsExactly(0L);
    assertThat(town.find("user.name:*b\\" + face)).containsExactly(0L);
    assertThat(town.find("user.name:" + long31 + face + "*")).containsExactly(1L);
  }

  @Test
  void expressions_take_anchors_classes_in_either_case_and_signs_as_they_are() {
    town.with(
        at("10:00:00", "user.name", "root@dsf.gov.mo", "message", "x"),
        at("10:00:01", "user.name", "root-dsf.gov.mo", "message", "x"),
        at("10:00:02", "user.name", "WEB01$", "message", "x"),
        at("10:00:03", "user.name", "a&b<1-3>#~\"c\"", "message", "x"),
        at("10:00:04", "user.name", "${jndi:a", "message", "x"));

    assertThat(town.find("user.name:/^root.*$/")).containsExactly(1L, 0L);
    assertThat(town.find("user.name:/^root.*$|^web.*/")).containsExactly(2L, 1L, 0L);
    assertThat(town.find("user.name:/(?:root|web)@.*/")).containsExactly(0L);
    assertThat(town.find("user.name:/[A-Z]+\\d+\\$/")).containsExactly(2L);
    assertThat(town.find("user.name:/[^A-Z]+/")).isEmpty();
    assertThat(town.find("user.name:/\\$\\{jndi:.*}?/")).containsExactly(4L);
    assertThat(town.find("user.name:/ro{2}?t@.+?/")).containsExactly(0L);
    assertThat(town.find("user.name:/roo+?/")).isEmpty();
    assertThat(town.find("user.name:/a&b<1-3>#~\"c\"/")).containsExactly(3L);
    assertThat(town.find("user.name:/[\"a]&.*/")).containsExactly(3L);
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
    assertThatThrownBy(() -> town.find("severity:8")).hasMessageContaining("a code from 0 to 7");
    assertThatThrownBy(() -> town.find("severity:[3 TO -]"))
        .hasMessageContaining("'-' is no severity");
    assertThatThrownBy(() -> town.find("severity:<=9")).hasMessageContaining("a code from 0 to 7");
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
