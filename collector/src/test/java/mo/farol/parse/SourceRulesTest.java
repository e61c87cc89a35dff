package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import mo.farol.event.Origin;
import org.junit.jupiter.api.Test;

class SourceRulesTest {
  private static final SourceRules RULES =
      SourceRules.of(
          List.of(
              "agency-a 10.1.0.0/16 kv Asia/Macau",
              "agency-a 10.1.2.3 json",
              "* 2001:db8::/32 panos+syslog UTC",
              "agency-b syslog.udp - Asia/Tokyo"));

  @Test
  void the_first_rule_that_fits_settles_format_and_zone() {
    var origin = RULES.settle(Origin.live("agency-a", "syslog.tcp", "10.1.2.3"));
    assertThat(origin.format()).isEqualTo("kv");
    assertThat(origin.zone()).isEqualTo("Asia/Macau");
  }

  @Test
  void agency_network_and_input_must_all_fit() {
    var other = Origin.live("agency-b", "syslog.tcp", "10.1.2.3");
    assertThat(RULES.settle(other)).isSameAs(other);
    var outside = Origin.live("agency-a", "syslog.tcp", "10.2.0.1");
    assertThat(RULES.settle(outside)).isSameAs(outside);
    assertThat(RULES.settle(Origin.live("agency-b", "syslog.udp", "10.9.9.9")).zone())
        .isEqualTo("Asia/Tokyo");
    assertThat(RULES.settle(Origin.live("agency-c", "relp", "2001:db8:1:0:0:0:0:5")).format())
        .isEqualTo("panos+syslog");
  }

  @Test
  void a_dash_leaves_the_format_to_be_detected() {
    assertThat(RULES.settle(Origin.live("agency-b", "syslog.udp", "x")).format()).isEmpty();
  }

  @Test
  void an_import_says_itself_what_it_brings() {
    var origin = new Origin("agency-a", "import", "10.1.2.3", "lane", false, "", 2020, "UTC");
    assertThat(RULES.settle(origin)).isSameAs(origin);
  }

  @Test
  void a_wrong_rule_is_told_with_how_one_is_written() {
    assertThatThrownBy(() -> SourceRules.of(List.of("agency-a kv")))
        .hasMessageContaining("AGENCY FROM FORMAT [ZONE]");
    assertThatThrownBy(() -> SourceRules.of(List.of("a * xml")))
        .hasMessageContaining("no format 'xml'; there are syslog, ");
    assertThatThrownBy(() -> SourceRules.of(List.of("a 10.0.0.0/33 kv")))
        .hasMessageContaining("/0 to /32");
    assertThatThrownBy(() -> SourceRules.of(List.of("a * kv Mars/Olympus")))
        .hasMessageContaining("no time zone 'Mars/Olympus'");
    assertThatThrownBy(() -> SourceRules.of(List.of("a 10.0.0.300 kv")))
        .hasMessageContaining("no address, no network and no input");
  }
}
