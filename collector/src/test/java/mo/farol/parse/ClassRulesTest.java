package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import org.junit.jupiter.api.Test;

/** Of which class of data an event is. */
class ClassRulesTest {
  private static final Origin FINANCE = Origin.live("finance", "syslog.tcp", "10.1.2.3");
  private static final String SSHD =
      "<38>1 - pier sshd 7 - - Accepted password for ana from 192.0.2.9 port 22 ssh2";
  private static final String NGINX = "<38>1 - pier nginx 7 - - started";

  @Test
  void the_first_rule_that_fits_decides() {
    var rules =
        ClassRules.of(
            List.of(
                "water * * network",
                "finance 10.9.0.0/16 * network",
                "* * event.category:authentication|iam access",
                "* syslog.tcp log.syslog.appname:ngi* web"));
    assertThat(of(rules, SSHD)).isEqualTo("access");
    assertThat(of(rules, NGINX)).isEqualTo("web");
    assertThat(of(rules, "no syslog at all")).isEmpty();
    assertThat(rules.names()).containsExactly("access", "network", "web");
  }

  @Test
  void a_value_is_the_whole_value_unless_it_ends_in_a_star() {
    assertThat(of(ClassRules.of(List.of("* * log.syslog.appname:ss a")), SSHD)).isEmpty();
    assertThat(of(ClassRules.of(List.of("* * log.syslog.appname:ss* a")), SSHD)).isEqualTo("a");
    assertThat(of(ClassRules.of(List.of("* * log.syslog.appname:sshd* a")), SSHD)).isEqualTo("a");
    assertThat(of(ClassRules.of(List.of("* * log.syslog.appname:sshd-* a")), SSHD)).isEmpty();
  }

  @Test
  void an_origin_tells_where_no_field_is_asked_for_first() {
    var rules = ClassRules.of(List.of("finance 10.1.0.0/16 * network", "* * host.name:a b"));
    assertThat(rules.whole(FINANCE)).contains("network");
    assertThat(rules.whole(Origin.live("water", "http", "192.0.2.1"))).isEmpty();
    assertThat(ClassRules.NONE.whole(FINANCE)).contains("");
  }

  @Test
  void a_rule_that_is_none_is_told() {
    for (String line :
        List.of(
            "* * network",
            "* * * Network",
            "* * : a",
            "* * field: a",
            "* * host.name a",
            "* ? * a")) {
      assertThatThrownBy(() -> ClassRules.of(List.of(line)))
          .as(line)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String of(ClassRules rules, String line) {
    var events = new EventBatch();
    new Parser(ParseConfig.defaults())
        .parse(FrameBatch.ofTexts(FINANCE, Instant.EPOCH, line), 0, 0, events);
    return rules.of(events, 0);
  }
}
