package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of indicators beside the project, with counts from another walk over the same files.
 */
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

  private static int total(Map<?, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  // Those that describe say so by their type, whatever to_ids is.
  private static int describing(Map<String, Integer> walked) {
    return Stream.of("text", "link", "port", "comment")
        .mapToInt(type -> of(walked, type + " true", type + " false"))
        .sum();
  }

  // Two values in one attribute, each looked for by itself.
  private static int pairs(Map<String, Integer> walked) {
    return Stream.of("domain|ip")
        .mapToInt(type -> of(walked, type + " true", type + " false"))
        .sum();
  }

  @Test
  void attributes_of_misp_events_meant_for_detection() throws IOException {
    var files = files("threat-intel/misp-events");
    var walked = attributes(files);
    var read = Indicators.of(files, Optional.empty(), Seen.CLOCK);
    assertThat(read.report().sources()).allMatch(s -> s.source().format() == Format.MISP);
    for (var simple :
        Map.of(
                "ip-dst", Kind.ADDRESS,
                "url", Kind.URL,
                "md5", Kind.MD5,
                "sha1", Kind.SHA1,
                "sha256", Kind.SHA256)
            .entrySet()) {
      assertThat(live(read).getOrDefault(simple.getValue(), 0))
          .as(simple.getKey())
          .isEqualTo(of(walked, simple.getKey() + " true"))
          .isPositive();
    }
    int unmeant =
        walked.entrySet().stream()
            .filter(e -> e.getKey().endsWith(" false"))
            .mapToInt(Map.Entry::getValue)
            .sum();
    var passedOver = sum(read, SourceReport::passedOver);
    for (String type : List.of("text", "link", "port", "comment")) {
      assertThat(passedOver)
          .containsEntry(
              "an attribute of type " + type + " describes",
              of(walked, type + " true", type + " false"));
      unmeant -= of(walked, type + " false");
    }
    assertThat(passedOver)
        .containsEntry("an attribute that is not meant for detection (to_ids)", unmeant);
    assertThat(
            total(live(read))
                + total(sum(read, SourceReport::muted))
                + total(sum(read, SourceReport::refused))
                + total(passedOver))
        .as("no attribute is lost")
        .isEqualTo(total(walked));
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
    var refused = sum(read, SourceReport::refused);
    for (String type : List.of("regkey", "uri")) {
      assertThat(refused)
          .containsEntry(
              "attributes of type '" + type + "' are not looked for",
              of(walked, type + " true", type + " false"));
    }
    assertThat(total(live(read)) + total(sum(read, SourceReport::muted)))
        .isEqualTo(total(walked) - describing(walked) - total(refused) + pairs(walked));
    assertThat(live(read))
        .containsEntry(Kind.VULNERABILITY, of(walked, "vulnerability false", "vulnerability true"));
    assertThat(read.current().find(Kind.DOMAIN, "status-ok.com")).isPresent();
    assertThat(read.current().find(Kind.ADDRESS, "194.146.180.41")).isPresent();
  }

  @Test
  void the_catalogue_of_exploited_vulnerabilities() throws IOException {
    var file = data("threat-intel/kev/kev.jsonl.gz");
    int listed;
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      listed = (int) new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().count();
    }
    var read = Indicators.of(List.of(file), Optional.empty(), Seen.CLOCK);
    assertThat(live(read)).isEqualTo(Map.of(Kind.VULNERABILITY, listed));
    assertThat(read.report().refusedCount()).isZero();
    assertThat(read.current().size()).isEqualTo(listed);
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
