package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mo.farol.match.Events;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Indicators in events of sensors, as they write them. */
class SensorFieldsTest {
  @TempDir Path folder;

  private IndicatorSet set = IndicatorSet.empty();

  @BeforeEach
  void read() throws IOException {
    set =
        Seen.list(
            folder,
            """
                45.83.64.1
                evil.test
                http://www.other.test/a?b=c
                http://port.test:8080/x
                ana@mail.test
                5d8129be965fab8115eca34fc84bd7f0
                da39a3ee5e6b4b0d3255bfef95601890afd80708
                2c5dd8a64437cb2dd4b6747139c61d2d7f53ab3ddedbf22df3cb01bae170715b
                """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          {"timestamp":"2026-11-24T10:00:00+0000","event_type":"dns","dns":{"type":"answer","rrname":"a.test","answers":[{"rrname":"a.test","rrtype":"CNAME","rdata":"b.test"},{"rrname":"b.test","rrtype":"A","rdata":"45.83.64.1"}]}} ! ip 45.83.64.1
          {"timestamp":"2026-11-24T10:00:00+0000","event_type":"dns","dns":{"type":"answer","rrname":"a.test","grouped":{"A":["1.2.3.4","45.83.64.1"]}}} ! ip 45.83.64.1
          {"timestamp":"2026-11-24T10:00:00+0000","event_type":"fileinfo","fileinfo":{"filename":"/a","sha256":"2c5dd8a64437cb2dd4b6747139c61d2d7f53ab3ddedbf22df3cb01bae170715b"}} ! sha256 2c5dd8a64437cb2dd4b6747139c61d2d7f53ab3ddedbf22df3cb01bae170715b
          {"timestamp":"2026-11-24T10:00:00+0000","event_type":"smtp","smtp":{"helo":"x","mail_from":"<b@c.test>","rcpt_to":["<d@c.test>","<ana@mail.test>"]}} ! mail ana@mail.test
          {"timestamp":"2026-11-24T10:00:00+0000","event_type":"tls","tls":{"sni":"www.evil.test","ja3":{"hash":"5d8129be965fab8115eca34fc84bd7f0"}}} ! domain evil.test, md5 5d8129be965fab8115eca34fc84bd7f0
          {"timestamp":"2026-11-24T10:00:00+0000","event_type":"http","src_ip":"192.0.2.1","dest_port":80,"http":{"hostname":"www.other.test","url":"/a?b=c"}} ! url www.other.test/a?b=c
          {"timestamp":"2026-11-24T10:00:00+0000","event_type":"http","dest_port":8080,"http":{"hostname":"port.test","url":"/x"}} ! url port.test:8080/x
          {"timestamp":"2026-11-24T10:00:00+0000","event_type":"http","dest_port":8080,"http":{"hostname":"port.test","http_port":8081,"url":"/x"}} !
          {"_path":"dns","ts":"2026-11-24T10:00:00Z","uid":"C1","id.orig_h":"192.0.2.1","query":"a.test","answers":["b.test","1.2.3.4","45.83.64.1"]} ! ip 45.83.64.1
          {"_path":"http","ts":"2026-11-24T10:00:00Z","uid":"C1","id.orig_h":"192.0.2.1","id.resp_p":80,"method":"GET","host":"www.other.test","uri":"/a?b=c","trans_depth":1} ! url www.other.test/a?b=c
          {"_path":"smtp","ts":"2026-11-24T10:00:00Z","uid":"C1","mailfrom":"b@c.test","rcptto":["d@c.test","ana@mail.test"]} ! mail ana@mail.test
          {"_path":"files","ts":"2026-11-24T10:00:00Z","uid":"C1","fuid":"F1","sha1":"da39a3ee5e6b4b0d3255bfef95601890afd80708"} ! sha1 da39a3ee5e6b4b0d3255bfef95601890afd80708
          {"_path":"ssl","ts":"2026-11-24T10:00:00Z","uid":"C1","cipher":"x","server_name":"evil.test","ja3s":"5d8129be965fab8115eca34fc84bd7f0"} ! domain evil.test, md5 5d8129be965fab8115eca34fc84bd7f0
          {"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":22,"QueryName":"a.test","QueryResults":"type:  5 b.test;::ffff:1.2.3.4;::ffff:45.83.64.1;"} ! ip 45.83.64.1
          {"@timestamp":"2026-11-24T10:00:00Z","dns.resolved_ip":["1.2.3.4","45.83.64.1"]} ! ip 45.83.64.1
          {"@timestamp":"2026-11-24T10:00:00Z","url.domain":"www.other.test","url.scheme":"https","url.path":"/a","url.query":"b=c"} ! url www.other.test/a?b=c
          {"@timestamp":"2026-11-24T10:00:00Z","url.original":"/a?b=c"} !
          """)
  void every_value_of_what_sensors_name_is_looked_at(String line, String expected) {
    var events = Events.of(List.of(line));
    assertThat(
            Seen.hits(set, events).stream()
                .map(h -> h.indicator().kind().word() + " " + h.indicator().value())
                .distinct()
                .sorted()
                .toList())
        .isEqualTo(expected == null ? List.of() : List.of(expected.strip().split(", ", -1)));
  }

  @Test
  void what_a_pattern_joins_by_and_must_be_seen_in_one_event() throws IOException {
    var both =
        Seen.file(
                folder,
                "bundle.json",
                """
                {"type":"indicator","id":"indicator--1","pattern":
                 "[ipv4-addr:value = '45.83.64.1' AND (domain-name:value = 'evil.test' OR domain-name:value = 'bad.test')]"}
                """)
            .current();
    assertThat(Seen.in(both, "destination.ip", "45.83.64.1")).isEmpty();
    assertThat(Seen.in(both, "url.domain", "evil.test")).isEmpty();
    var event =
        Seen.event(
            "a",
            Seen.NOW,
            List.of(
                Map.entry("destination.ip", "45.83.64.1"),
                Map.entry("url.domain", "www.bad.test")));
    assertThat(Seen.hits(both, event))
        .extracting(h -> h.field() + " " + h.indicator().id() + " " + h.indicator().labels())
        .containsExactly("url.domain indicator--1 [with 45.83.64.1]");
    // one after the other is not together
    var matcher = new IndicatorMatcher(() -> both);
    var hits = new java.util.ArrayList<IndicatorHit>();
    for (var one :
        List.of(Map.entry("destination.ip", "45.83.64.1"), Map.entry("url.domain", "evil.test"))) {
      matcher.match(Seen.event("a", Seen.NOW, List.of(one)), 0, hits::add);
    }
    assertThat(hits).isEmpty();
  }

  @Test
  void a_value_that_is_muted_by_itself_counts_together_with_others_in_any_order()
      throws IOException {
    var both =
        Seen.file(
                folder,
                "bundle.json",
                """
                {"type":"indicator","id":"indicator--1","pattern":
                 "[ipv4-addr:value = '10.0.0.1' AND domain-name:value = 'evil.test']"}
                """)
            .current();
    assertThat(both.muted()).isEqualTo(1);
    var ip = Map.entry("destination.ip", "10.0.0.1");
    var domain = Map.entry("url.domain", "evil.test");
    assertThat(Seen.hits(both, Seen.event("a", Seen.NOW, List.of(ip, domain)))).hasSize(1);
    assertThat(Seen.hits(both, Seen.event("a", Seen.NOW, List.of(domain, ip)))).hasSize(1);
    assertThat(Seen.in(both, "destination.ip", "10.0.0.1")).isEmpty();
  }
}
