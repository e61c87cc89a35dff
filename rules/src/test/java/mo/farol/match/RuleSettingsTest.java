package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import mo.farol.event.SharedData;
import mo.farol.sigma.LogSource;
import mo.farol.sigma.RuleBook;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a home tells its rules, and what comes with Farol. */
class RuleSettingsTest {
  @TempDir Path folder;

  private RuleSettings with(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return RuleSettings.of(folder);
  }

  private static List<String> ids(String rule, RuleSettings settings, String event) {
    var book = Rules.book(rule, settings.placeholders());
    assertThat(book.refusals()).isEmpty();
    var batch = Events.of(List.of(event));
    var ids = Rules.ids(new Matcher(book, settings), batch, 0);
    assertThat(new BruteMatcher(book, settings).ids(batch, 0)).isEqualTo(ids);
    return ids;
  }

  private static String rule(String source, String selection) {
    return "title: T\nid: t\nlogsource: %s\ndetection: {s: %s, condition: s}\n"
        .formatted(source, selection);
  }

  @Test
  void without_files_what_is_shipped_holds() {
    var settings = RuleSettings.of(folder);
    assertThat(settings.faults()).isEmpty();
    assertThat(settings.zone()).isEqualTo(ZoneOffset.UTC);
    assertThat(settings.sources().knows(new LogSource("windows", "process_creation", ""))).isTrue();
  }

  @Test
  void a_homes_names_come_before_the_shipped_ones() throws IOException {
    var settings =
        with(
            "fields.yml",
            "- logsource: {category: process_creation}\n  names: {Image: [our.image]}\n");
    assertThat(settings.fields().names(new LogSource("windows", "process_creation", ""), "Image"))
        .startsWith("Image", "our.image")
        .contains("NewProcessName");
  }

  @Test
  void a_homes_log_source_adds_or_replaces() throws IOException {
    String rule = rule("{product: windows, service: security}", "{f: a}");
    String theirs = "{\"f\":\"a\",\"event.dataset\":\"our.security\"}";
    String shipped = "{\"f\":\"a\",\"Channel\":\"Security\"}";
    String row = "- logsource: {product: windows, service: security}\n";
    String when = "  when: [{event.dataset: our.security}]\n";
    assertThat(ids(rule, RuleSettings.of(folder), theirs)).isEmpty();
    var adding = with("logsources.yml", row + when);
    assertThat(ids(rule, adding, theirs)).hasSize(1);
    assertThat(ids(rule, adding, shipped)).hasSize(1);
    var replacing = with("logsources.yml", row + "  replace: true\n" + when);
    assertThat(ids(rule, replacing, theirs)).hasSize(1);
    assertThat(ids(rule, replacing, shipped)).isEmpty();
  }

  @Test
  void placeholders_and_zone_come_from_the_home() throws IOException {
    with("placeholders.yml", "Administrators: [adm_*, root]\n'%Servers%': srv\n");
    var settings = with("settings.yml", "zone: Asia/Macau\n");
    assertThat(settings.faults()).isEmpty();
    assertThat(settings.zone()).isEqualTo(ZoneId.of("Asia/Macau"));
    String rule = rule("{category: test}", "{u|expand: '%Administrators%', h|expand: '%Servers%'}");
    assertThat(ids(rule, settings, "{\"u\":\"adm_ana\",\"h\":\"SRV\"}")).hasSize(1);
    assertThat(ids(rule, settings, "{\"u\":\"ana\",\"h\":\"SRV\"}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fields.yml | 'a: b' | a list of sections is expected",
        "fields.yml | '- [' | not YAML",
        "logsources.yml | '- logsource: a' | a map is expected",
        "settings.yml | 'zone: Atlantis/Capital' | there is no zone",
        "settings.yml | 'zona: UTC' | there is no setting 'zona'",
        "placeholders.yml | '- a' | must be a map",
      })
  void a_file_that_is_wrong_is_named_and_the_rest_holds(String name, String text, String reason)
      throws IOException {
    var settings = with(name, text);
    assertThat(settings.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.file()).isEqualTo(folder.resolve(name));
              assertThat(fault.reason()).contains(reason);
            });
    assertThat(settings.sources().knows(new LogSource("windows", "process_creation", ""))).isTrue();
  }

  @Test
  void every_log_source_of_the_public_rules_is_known() {
    var data = SharedData.find("sigma-rules");
    Assumptions.assumeTrue(data.isPresent(), "the shared data is not here");
    var folders =
        java.util.stream.Stream.of(
                "rules", "rules-emerging-threats", "rules-threat-hunting", "rules-compliance")
            .map(data.orElseThrow()::resolve)
            .toList();
    var unknown = new TreeSet<String>();
    for (var rule : RuleBook.load(folders).rules()) {
      if (!LogSources.standard().knows(rule.logSource())) {
        unknown.add(rule.logSource().toString());
      }
    }
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{category: dns} | query: evil.example |"
            + " {\"event_type\":\"dns\",\"flow_id\":1,\"dns\":{\"rrname\":\"evil.example\"}}",
        "{category: proxy} | c-useragent: evil |"
            + " {\"event_type\":\"http\",\"flow_id\":1,\"http\":{\"http_user_agent\":\"evil\",\"hostname\":\"a\"}}",
        "{category: webserver} | sc-status: 404 |"
            + " {\"event_type\":\"http\",\"flow_id\":1,\"http\":{\"status\":404}}",
        "{category: firewall} | dst_port: 23 |"
            + " {\"event_type\":\"flow\",\"flow_id\":1,\"dest_port\":23,\"src_ip\":\"10.0.0.1\",\"dest_ip\":\"10.0.0.2\"}",
        "{product: zeek, service: dce_rpc} | operation: x |"
            + " {\"_path\":\"dce_rpc\",\"ts\":1,\"operation\":\"x\",\"id.orig_h\":\"10.0.0.1\"}",
        "{product: azure, service: activitylogs} | operationName: A/B |"
            + " {\"category\":\"Administrative\",\"operationName\":\"a/b\",\"time\":\"2026-11-24T10:00:00Z\"}",
        "{product: azure, service: signinlogs} | ResultType: 50057 |"
            + " {\"category\":\"SignInLogs\",\"properties\":{\"status\":{\"errorCode\":50057}}}",
        "{product: azure, service: riskdetection} | riskEventType: x |"
            + " {\"category\":\"UserRiskEvents\",\"properties\":{\"riskEventType\":\"x\"}}",
        "{product: gcp, service: gcp.audit} | gcp.audit.method_name: x |"
            + " {\"protoPayload\":{\"@type\":\"type.googleapis.com/google.cloud.audit.AuditLog\",\"methodName\":\"x\"}}",
        "{product: m365, service: audit} | Operation: x |"
            + " {\"Workload\":\"Exchange\",\"Operation\":\"x\",\"UserId\":\"u\"}",
        "{product: github, service: audit} | action: x |"
            + " {\"event.dataset\":\"github.audit\",\"action\":\"x\",\"actor\":\"u\"}",
        "{product: opencanary, category: application} | logtype: 5000 |"
            + " {\"logtype\":5000,\"node_id\":\"n\"}",
        "{product: rpc_firewall, category: application} | EventID: 3 |"
            + " {\"Channel\":\"RPCFW\",\"EventID\":3}",
        "{product: macos, category: process_creation} | Image: /bin/sh |"
            + " {\"host.os.type\":\"macos\",\"event.category\":\"process\",\"process.executable\":\"/bin/sh\"}",
        "{product: kubernetes, service: audit} | verb: create |"
            + " {\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"verb\":\"create\"}",
        "{product: okta, service: okta} | eventtype: x |"
            + " {\"eventType\":\"x\",\"displayMessage\":\"m\"}",
      })
  void a_products_own_events_reach_its_rules(String source, String field, String event) {
    assertThat(ids(rule(source, "{" + field + "}"), RuleSettings.standard(), event)).hasSize(1);
    var windows = "{\"Channel\":\"System\",\"EventID\":7045,\"ServiceName\":\"x\"}";
    assertThat(ids(rule(source, "{EventID: 7045}"), RuleSettings.standard(), windows)).isEmpty();
  }
}
