package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of indicators, format by format: what is taken, muted, passed over and refused. */
class ReadersTest {
  @TempDir Path folder;

  private static SourceReport only(Indicators indicators) {
    assertThat(indicators.report().sources()).hasSize(1);
    return indicators.report().sources().getFirst();
  }

  private static Indicator find(Indicators in, Kind kind, String value) {
    return in.current().find(kind, value).orElseThrow();
  }

  @Test
  void a_plain_list_has_one_value_a_line() throws IOException {
    var read =
        Seen.file(
            folder,
            "list.txt",
            """
            \ufeff# a feed
            45.83.64.1
            45[.]83[.]64[.]2   # a comment
            hxxps://evil[.]test/a#part

            evil.test
            10.1.2.3
            nothing
            1.2.3.4/40
            """);
    var report = only(read);
    assertThat(report.source().format()).isEqualTo(Format.LIST);
    assertThat(report.live()).isEqualTo(Map.of(Kind.ADDRESS, 2, Kind.URL, 1, Kind.DOMAIN, 1));
    assertThat(report.muted())
        .isEqualTo(Map.of("on the warning list 'private and reserved networks (RFC 6890)'", 1));
    assertThat(report.refusals())
        .containsExactly(
            new SourceReport.Refusal(
                "8", "neither address, domain, URL, digest, mail address nor CVE number"),
            new SourceReport.Refusal("9", "cidr: a network's prefix is 0 to 32 bits"));
    var one = find(read, Kind.ADDRESS, "45.83.64.2");
    assertThat(one.sources()).containsExactly(folder.resolve("list.txt").toString());
    assertThat(one.confidence()).isEqualTo(50);
    assertThat(one.tlp()).isEqualTo(Tlp.AMBER);
    assertThat(one.id())
        .startsWith("indicator--")
        .isEqualTo(find(read, Kind.ADDRESS, "45.83.64.2").id());
  }

  @Test
  void csv_columns_are_known_by_their_names() throws IOException {
    var read =
        Seen.file(
            folder,
            "feed.csv",
            """
            # generated
            "first_seen", "IOC_Type", "ioc_value", confidence_level, tags, tlp, valid_until
            2026-11-01 10:00:00, domain, "evil[.]test", 80, "a,b", green, 2026-12-01
            , url, "http://evil.test/a,""b\""", , , ,
            , sha256, abcd, , , ,
            , mutex, Global\\x, , , ,
            , domain, other.test, 900, , ,
            , domain, other.test, , , pink,
            yesterday, domain, other.test, , , ,
            , , 45.83.64.1
            """);
    var report = only(read);
    assertThat(report.live()).isEqualTo(Map.of(Kind.DOMAIN, 1, Kind.URL, 1, Kind.ADDRESS, 1));
    assertThat(report.refusals())
        .extracting(r -> r.place() + " " + r.reason())
        .containsExactly(
            "5 sha256: not the hexadecimal digits of sha256",
            "6 the kind 'mutex' is not looked for",
            "7 confidence is a whole number, 0 to 100",
            "8 tlp is clear, green, amber, amber+strict or red",
            "9 from: not a time such as 2026-11-26T10:00:00Z");
    var one = find(read, Kind.DOMAIN, "evil.test");
    assertThat(one.confidence()).isEqualTo(80);
    assertThat(one.tlp()).isEqualTo(Tlp.GREEN);
    assertThat(one.labels()).containsExactly("a", "b");
    assertThat(one.validFrom()).contains(Instant.parse("2026-11-01T10:00:00Z"));
    assertThat(one.validUntil()).contains(Instant.parse("2026-12-01T00:00:00Z"));
    assertThat(read.current().find(Kind.URL, "http://evil.test/a,\"b\"")).isPresent();
  }

  @Test
  void a_csv_header_without_a_value_column_is_refused_once() throws IOException {
    var report = only(Seen.file(folder, "feed.csv", "a,b\n1,2\n3,4\n"));
    assertThat(report.refusedCount()).isEqualTo(1);
    assertThat(report.refusals().getFirst().reason()).contains("the header names no value");
  }

  @Test
  void misp_attributes_are_taken_apart_by_their_types() throws IOException {
    var read =
        Seen.file(
            folder,
            "event.json",
            """
            {"Event": {"Attribute": [
              {"type":"ip-dst|port","value":"45.83.64.1|8443","to_ids":true,"uuid":"b0b0b0b0-0000-4000-8000-000000000001","Tag":[{"name":"c2"}]},
              {"type":"domain|ip","value":"evil.test|45.83.64.2","to_ids":true},
              {"type":"filename|sha1","value":"a|b.exe|da39a3ee5e6b4b0d3255bfef95601890afd80708","to_ids":true},
              {"type":"md5","value":"01eca87a1d29d8e2da2ed94930ae0d41","to_ids":false},
              {"type":"md5","value":"01eca87a1d29d8e2da2ed94930ae0d42","to_ids":true,"deleted":true},
              {"type":"text","value":"x","to_ids":true},
              {"type":"regkey","value":"HKLM","to_ids":true},
              {"type":"ip-dst","value":"x","to_ids":true}],
             "Object": [
              {"name":"file","Attribute":[{"type":"md5","value":"01eca87a1d29d8e2da2ed94930ae0d43","to_ids":true}]},
              {"deleted":true,"Attribute":[{"type":"md5","value":"01eca87a1d29d8e2da2ed94930ae0d44","to_ids":true}]}],
             "RelatedEvent":[{"Event":{"id":"1"}}],
             "ShadowAttribute":[{"type":"md5"}],
             "date":"2026-11-01","Tag":[{"name":"tlp:red"}]}}
            """);
    var report = only(read);
    assertThat(report.source().format()).isEqualTo(Format.MISP);
    assertThat(report.live())
        .isEqualTo(Map.of(Kind.ADDRESS, 2, Kind.DOMAIN, 1, Kind.SHA1, 1, Kind.MD5, 1));
    assertThat(report.passedOver())
        .isEqualTo(
            Map.of(
                "an attribute that is not meant for detection (to_ids)", 1,
                "an attribute that was deleted", 1,
                "an attribute of an object that was deleted", 1,
                "an attribute of type text describes", 1,
                "a proposal (ShadowAttribute)", 1));
    assertThat(report.warned())
        .isEqualTo(
            Map.of(
                "of ip-dst|port the port or name is told, not looked at", 1,
                "of filename|sha1 the port or name is told, not looked at", 1));
    assertThat(report.refusals())
        .extracting(SourceReport.Refusal::reason)
        .containsExactly("attributes of type 'regkey' are not looked for", "ip: not an IP address");
    var one = find(read, Kind.ADDRESS, "45.83.64.1");
    assertThat(one.id()).isEqualTo("b0b0b0b0-0000-4000-8000-000000000001");
    assertThat(one.labels()).containsExactly("c2", "port 8443");
    assertThat(one.tlp()).isEqualTo(Tlp.RED);
    assertThat(one.validFrom()).contains(Instant.parse("2026-11-01T00:00:00Z"));
  }

  @Test
  void stix_indicators_come_out_of_bundles() throws IOException {
    String id = "indicator--b0b0b0b0-0000-4000-8000-00000000000";
    var read =
        Seen.file(
            folder,
            "bundle.json",
            """
            {"type":"bundle","id":"bundle--1","objects":[
             {"type":"marking-definition","id":"marking-definition--1","definition_type":"tlp","definition":{"tlp":"green"}},
             {"type":"indicator","id":"%s1","pattern_type":"stix","pattern":"[domain-name:value = 'evil.test' OR ipv4-addr:value = '45.83.64.1']",
              "valid_from":"2026-01-01T00:00:00Z","valid_until":"2026-02-01T00:00:00.5Z","confidence":85,"labels":["a"],"indicator_types":["malicious-activity"],
              "object_marking_refs":["marking-definition--1"]},
             {"type":"indicator","id":"%s2","pattern_type":"snort","pattern":"alert"},
             {"type":"indicator","id":"%s3","pattern_type":"stix","pattern":"[mutex:name = 'x']"},
             {"type":"indicator","id":"%s4","pattern_type":"stix","pattern":"[domain-name:value = 'x.test']","revoked":true},
             {"type":"indicator","id":"%s5","pattern_type":"stix","pattern":"[domain-name:value = 'x.test']","valid_until":"soon"},
             {"type":"malware","id":"malware--1"}]}
            """
                .replace("%s", id));
    var report = only(read);
    assertThat(report.live()).isEqualTo(Map.of(Kind.DOMAIN, 1, Kind.ADDRESS, 1));
    assertThat(report.expired()).isEqualTo(2);
    assertThat(report.passedOver())
        .isEqualTo(
            Map.of(
                "a STIX object of type marking-definition is no indicator", 1,
                "an indicator that was revoked", 1,
                "a STIX object of type malware is no indicator", 1));
    assertThat(report.refusals())
        .containsExactly(
            new SourceReport.Refusal("6:2 " + id + "2", "patterns of type snort are not read"),
            new SourceReport.Refusal(
                "7:2 " + id + "3, column 2 of the pattern",
                "mutex:name is not looked at in events"),
            new SourceReport.Refusal(
                "9:2 " + id + "5", "valid_until: not a time such as 2026-11-26T10:00:00Z"));
    var one = find(read, Kind.DOMAIN, "evil.test");
    assertThat(one)
        .isEqualTo(
            new Indicator(
                id + "1",
                Kind.DOMAIN,
                "evil.test",
                one.sources(),
                85,
                Tlp.GREEN,
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                Optional.of(Instant.parse("2026-02-01T00:00:00.5Z")),
                List.of("a", "malicious-activity")));
    assertThat(find(read, Kind.ADDRESS, "45.83.64.1").id()).isEqualTo(one.id());
  }

  @Test
  void broken_and_hostile_json_is_refused_at_its_place_and_what_came_before_is_kept()
      throws IOException {
    String good =
        "{\"type\":\"bundle\",\"objects\":[{\"type\":\"indicator\",\"pattern\":"
            + "\"[domain-name:value = 'evil.test']\"},";
    for (String rest :
        List.of(
            "{\"type\":",
            "{\"a\":" + "[".repeat(100_000),
            "{\"type\":\"indicator\",\"pattern\":\"" + "x".repeat(2 << 20) + "\"}]}",
            "nonsense")) {
      var read = Seen.file(folder, "broken.json", good + rest);
      assertThat(only(read).liveCount()).isEqualTo(1);
      assertThat(only(read).refusedCount()).isEqualTo(1);
      assertThat(only(read).refusals().getFirst().place()).startsWith("1:");
    }
    assertThat(only(Seen.file(folder, "empty.json", "{\"uuid\":{\"Event\":1}}")).refusals())
        .extracting(SourceReport.Refusal::reason)
        .containsExactly("neither an Event nor an Attribute in it: not an event of MISP");
  }

  @Test
  void a_file_that_unpacks_past_every_measure_is_given_up() throws IOException {
    Path file = folder.resolve("bomb.txt.gz");
    byte[] line = new byte[1 << 20];
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 8; i++) {
        out.write(line);
      }
    }
    try (var in =
        new Opened(new java.util.zip.GZIPInputStream(Files.newInputStream(file)), 1 << 20)) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(in::readAllBytes))
          .isInstanceOf(IOException.class)
          .hasMessage("larger than 1048576 bytes");
    }
    var report = only(Indicators.of(List.of(file), Optional.empty(), Seen.CLOCK));
    assertThat(report.refusedCount()).isEqualTo(1);
    assertThat(
            only(Indicators.of(List.of(folder.resolve("gone")), Optional.empty(), Seen.CLOCK))
                .refusals())
        .containsExactly(new SourceReport.Refusal("", "can't be read to its end: no such file"));
  }
}
