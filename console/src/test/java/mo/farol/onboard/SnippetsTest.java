package mo.farol.onboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every snippet as an agency gets it; {@code -Dgolden=write} writes them anew. */
class SnippetsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/mo/farol/onboard");
  private static final Reach REACH =
      new Reach(
          "farol.example",
          true,
          Set.of("farol.example"),
          Map.of(
              "intake.http", 15580,
              "intake.relp", 12514,
              "intake.lumberjack", 15044,
              "intake.syslog.tls", 16514,
              "intake.syslog.tcp", 15514,
              "intake.syslog.udp", 15514,
              "intake.syslog.tcp.water", 15614,
              "intake.syslog.udp.water", 15615),
          "harbour");

  @ParameterizedTest
  @EnumSource(Forwarder.class)
  void each_is_what_was_reviewed(Forwarder forwarder) throws Exception {
    String text = Snippets.of(forwarder, "water", REACH, Optional.empty());
    Path golden = GOLDEN.resolve(forwarder.file());
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
    assertThat(text).doesNotContain("@{").contains("water", "farol.example");
  }

  @ParameterizedTest
  @EnumSource(Forwarder.class)
  void each_says_in_its_first_lines_what_is_promised(Forwarder forwarder) {
    String head =
        String.join(
            " ",
            Snippets.of(forwarder, "water", REACH, Optional.empty()).lines().limit(8).toList());
    assertThat(head)
        .contains(
            forwarder.promise() == Forwarder.Promise.ACKNOWLEDGED
                ? "Acknowledged:"
                : "Best effort");
  }

  @ParameterizedTest
  @EnumSource(
      value = Forwarder.class,
      names = {"VECTOR", "OTEL", "FILEBEAT", "WINLOGBEAT"})
  void yaml_is_yaml(Forwarder forwarder) throws Exception {
    var tree = new YAMLMapper().readTree(Snippets.of(forwarder, "water", REACH, Optional.empty()));
    assertThat(tree.isObject()).isTrue();
    assertThat(tree.toString()).contains("/ca.pem");
  }

  @ParameterizedTest
  @EnumSource(
      value = Forwarder.class,
      names = {"LOG4J2", "LOGBACK"})
  void xml_is_xml(Forwarder forwarder) throws Exception {
    byte[] text =
        Snippets.of(forwarder, "water", REACH, Optional.empty()).getBytes(StandardCharsets.UTF_8);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(text));
    assertThat(document.getDocumentElement().getTagName()).isEqualToIgnoringCase("configuration");
  }

  @Test
  void an_address_is_checked_by_the_name_every_intake_has() {
    String byName = Snippets.of(Forwarder.RSYSLOG, "water", REACH, Optional.empty());
    assertThat(byName).contains("tls.permittedPeer=[\"farol.example\"]");
    String byAddress =
        Snippets.of(Forwarder.RSYSLOG, "water", REACH.by("192.0.2.7"), Optional.empty());
    assertThat(byAddress).contains("target=\"192.0.2.7\"", "permittedPeer=[\"farol-intake\"]");
    assertThat(Snippets.of(Forwarder.CURL, "water", REACH.by("2001:db8::7"), Optional.empty()))
        .contains("https://[2001:db8::7]:15580/");
  }

  @Test
  void a_host_that_the_listeners_certificate_does_not_name_is_told() {
    assertThat(Snippets.trouble(Forwarder.CURL, REACH)).isEmpty();
    assertThat(Snippets.trouble(Forwarder.CURL, REACH.by("192.0.2.7")).orElse(""))
        .contains("does not name 192.0.2.7", "intake.tls.names");
    assertThat(Snippets.trouble(Forwarder.LOGGER, REACH.by("192.0.2.7"))).as("plain").isEmpty();
  }

  @Test
  void a_device_over_udp_gets_the_agencys_own_port_and_never_that_of_all() {
    assertThat(Snippets.of(Forwarder.DEVICE, "water", REACH, Optional.empty()))
        .contains("logging host farol.example transport udp port 15615")
        .contains("port=\"15615\" protocol=\"udp\"")
        .doesNotContain("15514");
    assertThatThrownBy(() -> Snippets.of(Forwarder.DEVICE, "health", REACH, Optional.empty()))
        .hasMessageContaining("health has no syslog port of its own over UDP");
    assertThat(Snippets.of(Forwarder.DEVICE, "harbour", REACH, Optional.empty()))
        .as("whose the port of all is")
        .contains("udp port 15514");
  }

  @Test
  void an_own_port_of_relp_or_lumberjack_is_taken_before_that_of_all() {
    var own =
        new Reach(
            "farol.example",
            true,
            Set.of("farol.example"),
            Map.of("intake.relp", 12514, "intake.relp.water", 12515, "intake.http", 5580),
            "harbour");
    assertThat(Snippets.of(Forwarder.RSYSLOG, "water", own, Optional.empty()))
        .contains("port=\"12515\"");
    assertThat(Snippets.of(Forwarder.RSYSLOG, "health", own, Optional.empty()))
        .contains("port=\"12514\"");
  }

  @Test
  void a_listener_that_is_off_is_told() {
    var little = new Reach("farol.example", true, Set.of(), Map.of("intake.http", 5580), "");
    assertThatThrownBy(() -> Snippets.of(Forwarder.FILEBEAT, "water", little, Optional.empty()))
        .hasMessageContaining("intake.lumberjack, which is off");
    assertThatThrownBy(() -> Snippets.of(Forwarder.LOGGER, "water", little, Optional.empty()))
        .hasMessageContaining("intake.pinned: \"water=5614\"");
    assertThatThrownBy(() -> Snippets.of(Forwarder.DEVICE, "water", little, Optional.empty()))
        .hasMessageContaining("intake.pinned: \"water=udp:5614\"");
  }

  @Test
  void what_would_change_the_snippet_is_refused() {
    for (String host : new String[] {"x\" y", "a;b", "$(id)", "x\ny", "a b", ""}) {
      assertThatThrownBy(
              () -> Snippets.of(Forwarder.CURL, "water", REACH.by(host), Optional.empty()))
          .as(host)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Snippets.of(Forwarder.CURL, "water", REACH, Optional.of("/a\";id;")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void words_are_those_of_the_manual() {
    assertThat(Forwarder.named("fluent-bit")).contains(Forwarder.FLUENT_BIT);
    assertThat(Forwarder.named("FLUENT_BIT")).isEmpty();
  }
}
