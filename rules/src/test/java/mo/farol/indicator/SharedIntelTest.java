package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file of indicators beside the project, with counts known from another walk or by hand. */
class SharedIntelTest {
  @TempDir Path folder;

  private static Path data(String name) {
    var found = SharedData.find(name);
    assumeTrue(found.isPresent(), () -> "shared data " + name + " is not here");
    return found.orElseThrow();
  }

  private static List<Path> files(String name) throws IOException {
    try (Stream<Path> all = Files.walk(data(name))) {
      return all.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Map<Kind, Integer> live(Indicators read) {
    var live = new EnumMap<Kind, Integer>(Kind.class);
    read.report()
        .sources()
        .forEach(s -> s.live().forEach((k, n) -> live.merge(k, n, Integer::sum)));
    return live;
  }

  private static Map<String, Integer> sum(
      Indicators read, java.util.function.Function<SourceReport, Map<String, Integer>> which) {
    var sum = new HashMap<String, Integer>();
    read.report()
        .sources()
        .forEach(s -> which.apply(s).forEach((k, n) -> sum.merge(k, n, Integer::sum)));
    return sum;
  }

  /** Attributes by {@code type to_ids}, walked as a tree. */
  private static Map<String, Integer> attributes(List<Path> files) throws IOException {
    var counts = new HashMap<String, Integer>();
    for (Path file : files) {
      for (JsonNode list : new ObjectMapper().readTree(file.toFile()).findValues("Attribute")) {
        list.forEach(
            a -> counts.merge(a.get("type").asText() + " " + a.get("to_ids"), 1, Integer::sum));
      }
    }
    return counts;
  }

  private static int of(Map<String, Integer> counts, String... names) {
    return Stream.of(names).mapToInt(n -> counts.getOrDefault(n, 0)).sum();
  }

  @Test
  void attributes_of_misp_events_meant_for_detection() throws IOException {
    var files = files("threat-intel/misp-events");
    assertThat(files).hasSize(28);
    var walked = attributes(files);
    int all = walked.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(all).isEqualTo(1460);
    var read = Indicators.of(files, Optional.empty(), Seen.CLOCK);
    assertThat(read.report().sources()).allMatch(s -> s.source().format() == Format.MISP);
    assertThat(live(read))
        .isEqualTo(
            Map.of(
                Kind.ADDRESS, of(walked, "ip-dst true"),
                Kind.URL, of(walked, "url true"),
                Kind.MD5, of(walked, "md5 true"),
                Kind.SHA1, of(walked, "sha1 true"),
                Kind.SHA256, of(walked, "sha256 true")))
        .isEqualTo(
            Map.of(Kind.ADDRESS, 3, Kind.URL, 3, Kind.MD5, 108, Kind.SHA1, 129, Kind.SHA256, 108));
    assertThat(sum(read, SourceReport::refused)).isEmpty();
    assertThat(sum(read, SourceReport::muted)).isEmpty();
    assertThat(sum(read, SourceReport::passedOver))
        .isEqualTo(
            Map.of(
                "an attribute of type text describes", 129,
                "an attribute of type link describes", 21,
                "an attribute of type port describes", 6,
                "an attribute of type comment describes", 3,
                "an attribute that is not meant for detection (to_ids)", 950));
    // the one event marked tlp:white
    assertThat(read.current().find(Kind.ADDRESS, "93.190.137.212").orElseThrow().tlp())
        .isEqualTo(Tlp.CLEAR);
  }

  @Test
  void every_attribute_of_misp_events_where_the_source_asks_for_it() throws IOException {
    var files = files("threat-intel/misp-events");
    var sources = new StringBuilder("sources:\n");
    for (Path file : files) {
      Files.copy(file, folder.resolve(file.getFileName()));
      sources
          .append("  - {file: ")
          .append(file.getFileName())
          .append(", format: misp, every-attribute: true}\n");
    }
    Files.writeString(folder.resolve("sources.yml"), sources);
    var read = Indicators.load(folder, Seen.CLOCK);
    var walked = attributes(files);
    int taken =
        live(read).values().stream().mapToInt(Integer::intValue).sum()
            + sum(read, SourceReport::muted).values().stream().mapToInt(Integer::intValue).sum();
    var refused = sum(read, SourceReport::refused);
    assertThat(refused)
        .isEqualTo(
            Map.of(
                "attributes of type 'regkey' are not looked for", 6,
                "attributes of type 'uri' are not looked for", 2));
    // domain|ip gives two, everything else one
    assertThat(taken).isEqualTo(1460 - 159 - 8 + of(walked, "domain|ip false", "domain|ip true"));
    assertThat(live(read).get(Kind.MAIL)).isEqualTo(6);
    assertThat(live(read).get(Kind.FILE)).isEqualTo(145);
    assertThat(live(read).get(Kind.VULNERABILITY)).isEqualTo(2);
    assertThat(live(read).get(Kind.SHA1)).isEqualTo(231 + 129 + 3);
    assertThat(read.current().find(Kind.DOMAIN, "status-ok.com")).isPresent();
    assertThat(read.current().find(Kind.ADDRESS, "194.146.180.41")).isPresent();
  }

  @Test
  void the_catalogue_of_exploited_vulnerabilities() throws IOException {
    var read =
        Indicators.of(List.of(data("threat-intel/kev/kev.jsonl.gz")), Optional.empty(), Seen.CLOCK);
    assertThat(live(read)).isEqualTo(Map.of(Kind.VULNERABILITY, 1404));
    assertThat(read.report().refusedCount()).isZero();
    assertThat(read.current().size()).isEqualTo(1404);
    var git = read.current().find(Kind.VULNERABILITY, "cve-2025-48384").orElseThrow();
    assertThat(git.labels()).containsExactly("Git");
    assertThat(git.validFrom().orElseThrow()).hasToString("2025-08-25T00:00:00Z");
    assertThat(Seen.in(read.current(), "vulnerability.id", "CVE-2025-48384"))
        .containsExactly("vulnerability CVE-2025-48384");
  }

  // By hand: 21 indicators, of which 13 ask for what one event can't show. The other eight have 13
  // values: 4 live, 5 in 10.0.0.0/8 (three of them in one pattern), 4 digests of an empty file.
  @Test
  void indicators_of_the_stix_idioms() throws IOException {
    var read =
        Indicators.of(files("standards/stix2.1/idioms"), Optional.of(Format.STIX), Seen.CLOCK);
    assertThat(live(read)).isEqualTo(Map.of(Kind.URL, 1, Kind.ADDRESS, 2, Kind.SHA256, 1));
    assertThat(sum(read, SourceReport::muted))
        .isEqualTo(
            Map.of(
                "on the warning list 'private and reserved networks (RFC 6890)'", 5,
                "on the warning list 'digests of an empty file'", 4));
    assertThat(read.report().refusedCount()).isEqualTo(13);
    var reasons = new ArrayList<String>();
    read.report()
        .sources()
        .forEach(
            s ->
                s.refusals()
                    .forEach(
                        r -> reasons.add(r.place().replaceAll(".*, ", "") + ": " + r.reason())));
    assertThat(reasons)
        .contains(
            "column 98 of the pattern: the qualifier REPEATS is not read",
            "column 30 of the pattern: AND of several observations is not read: a hit is one event",
            "column 3 of the pattern: user-account:is_disabled is not looked at in events",
            "column 3 of the pattern: network-traffic:dst_port is not looked at in events");
    assertThat(read.current().find(Kind.URL, "http://x4z9arb.cn/4712")).isPresent();
    assertThat(read.current().find(Kind.ADDRESS, "199.81.216.51")).isPresent();
  }

  // By hand: 4 indicators in three files of one, one and two; 12 in the report, of which two ask
  // for
  // the issuer of a certificate.
  @Test
  void indicators_of_the_stix_examples() throws IOException {
    var read =
        Indicators.of(files("standards/stix2.1/examples"), Optional.of(Format.STIX), Seen.CLOCK);
    int taken =
        live(read).values().stream().mapToInt(Integer::intValue).sum()
            + sum(read, SourceReport::muted).values().stream().mapToInt(Integer::intValue).sum();
    assertThat(taken).isEqualTo(4 + 10);
    assertThat(sum(read, SourceReport::refused))
        .isEqualTo(Map.of("x509-certificate:issuer is not looked at in events", 2));
    assertThat(live(read)).containsEntry(Kind.MD5, 3);
  }

  @Test
  void labels_of_the_traffic_light_protocol() throws IOException {
    var tlp = new ObjectMapper().readTree(data("standards/misp-taxonomies/tlp.json").toFile());
    var read = new ArrayList<String>();
    tlp.get("predicates")
        .forEach(p -> Tlp.of("tlp:" + p.get("value").asText()).ifPresent(t -> read.add(t.word())));
    assertThat(read)
        .containsExactlyInAnyOrder("red", "amber", "amber+strict", "green", "clear", "clear");
  }
}
