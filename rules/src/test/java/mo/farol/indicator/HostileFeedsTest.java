package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds that would take the memory, the rows or the refresh of a centre with them. */
class HostileFeedsTest {
  @TempDir Path folder;

  private static SourceReport only(Indicators indicators) {
    return indicators.report().sources().getFirst();
  }

  private Indicators packed(String name, String head, String each, int times, String tail)
      throws IOException {
    Path file = folder.resolve(name + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(head.getBytes(StandardCharsets.UTF_8));
      byte[] block = each.repeat(1000).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < times / 1000; i++) {
        out.write(block);
      }
      out.write(tail.getBytes(StandardCharsets.UTF_8));
    }
    return Indicators.of(List.of(file), Optional.empty(), Seen.CLOCK);
  }

  @Test
  void times_that_no_term_can_be_added_to_are_refused_and_stop_no_refresh() throws IOException {
    Files.writeString(
        folder.resolve("sources.yml"),
        "sources:\n  - {file: a.csv, format: csv, expiry-days: 36500}\n");
    Files.writeString(
        folder.resolve("a.csv"),
        """
        value,valid_from
        evil.test,31556889864403199
        other.test,+999999999-01-01
        more.test,9999-12-31
        """);
    var indicators = Indicators.home(folder, Seen.CLOCK);
    assertThat(indicators.refresh()).isTrue();
    assertThat(indicators.current().size()).isEqualTo(1);
    assertThat(indicators.report().refusedCount()).isEqualTo(2);
    assertThat(indicators.current().find(Kind.DOMAIN, "more.test")).isPresent();
    Files.writeString(folder.resolve("a.csv"), "value\nevil.test\n");
    assertThat(indicators.refresh()).isTrue();
  }

  @Test
  void attributes_of_one_event_have_a_bound() throws IOException {
    var read =
        packed(
            "event.json",
            "{\"Event\":{\"Attribute\":[",
            "{\"type\":\"domain\",\"value\":\"evil.test\"},",
            150_000,
            "{\"type\":\"domain\",\"value\":\"last.test\"}]}}");
    assertThat(only(read).live()).isEqualTo(Map.of(Kind.DOMAIN, 100_000));
    assertThat(only(read).refused())
        .isEqualTo(
            Map.of("one event of more than 100000 attributes is not read on: divide it", 50_001));
  }

  @Test
  void a_wanted_value_has_a_bound_and_the_next_object_is_read() throws IOException {
    var read =
        packed(
            "bundle.json",
            "{\"type\":\"bundle\",\"objects\":[{\"type\":\"indicator\",\"id\":\"a\",\"labels\":[",
            "\"\",",
            1_000_000,
            "\"\"],\"pattern\":\"[domain-name:value = 'evil.test']\"},"
                + "{\"type\":\"indicator\",\"pattern\":\"[domain-name:value = 'good.test']\"}]}");
    assertThat(only(read).refused().keySet())
        .containsExactly("a value of more than 10000 parts or 262144 characters is not read");
    assertThat(only(read).live()).isEqualTo(Map.of(Kind.DOMAIN, 1));
  }

  @Test
  void a_set_is_bounded_by_its_bytes() throws Exception {
    var set = new IndicatorSetBuilder(WarningLists.none(), Seen.NOW, 100_000);
    var said = new Terms("s", 50, Tlp.CLEAR, List.of("x".repeat(100)), java.util.Set.of(), 0, 0);
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      var key = Key.of(Kind.DOMAIN, "host-" + i + ".evil.test");
      taken += set.add(key, said, "", 0, Claims.NONE) == IndicatorSetBuilder.Taken.LIVE ? 1 : 0;
    }
    var built = set.build();
    assertThat(taken).isEqualTo(built.size()).isBetween(500, 2_000);
    assertThat(built.bytes()).isBetween(100_000L, 100_200L);
  }

  @Test
  void labels_whose_hash_codes_fall_together_are_told_apart_at_once() throws Exception {
    // every way to write 14 times Aa or BB has one hash code
    var set = new IndicatorSetBuilder(WarningLists.none(), Seen.NOW, 1 << 30);
    for (int i = 0; i < 1 << 14; i++) {
      var label = new StringBuilder();
      for (int bit = 0; bit < 14; bit++) {
        label.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      var said = new Terms("s", 50, Tlp.CLEAR, List.of(label.toString()), java.util.Set.of(), 0, 0);
      set.add(
          Key.of(Kind.ADDRESS, "45." + i / 65536 + "." + i / 256 % 256 + "." + i % 256),
          said,
          "",
          0,
          Claims.NONE);
    }
    var built = set.build();
    assertThat(built.size()).isEqualTo(1 << 14);
    assertThat(built.find(Kind.ADDRESS, "45.0.0.1").orElseThrow().labels())
        .containsExactly("BB" + "Aa".repeat(13));
  }

  @Test
  void a_quote_that_does_not_end_costs_its_line_only() throws IOException {
    var read =
        Seen.file(
            folder,
            "feed.csv",
            "value,tags\nevil.test,\"open\n" + "good.test,x\n".repeat(3) + "last.test,\"a\nb\"\n");
    // the quote ends at the next one, so rows between are part of a cell: RFC 4180
    assertThat(only(read).live()).isEqualTo(Map.of(Kind.DOMAIN, 1));
    var open =
        Seen.file(folder, "open.csv", "value,tags\nevil.test,\"open\n" + "g.test,x\n".repeat(60));
    assertThat(only(open).refusals())
        .containsExactly(new SourceReport.Refusal("2", "a quote that is opened here does not end"));
    assertThat(open.current().find(Kind.DOMAIN, "g.test")).isPresent();
    assertThat(only(open).live()).isEqualTo(Map.of(Kind.DOMAIN, 60));
  }

  @Test
  void a_header_may_stand_behind_a_comment_sign() throws IOException {
    var read =
        Seen.file(
            folder,
            "threatfox.csv",
            """
            ################################################################
            # ThreatFox IOCs: recent, in csv
            #
            # "first_seen_utc","ioc_id","ioc_value","ioc_type","threat_type","confidence_level"
            "2026-11-01 10:00:00", "17", "45.83.64.1:8443", "ip:port", "botnet_cc", "75"
            "2026-11-01 10:00:00", "18", "evil.test", "domain", "botnet_cc", "100"
            """);
    assertThat(only(read).refusals()).isEmpty();
    var one = read.current().find(Kind.ADDRESS, "45.83.64.1").orElseThrow();
    assertThat(one.id()).isEqualTo("17");
    assertThat(one.confidence()).isEqualTo(75);
    assertThat(one.labels()).containsExactly("botnet_cc");
    assertThat(only(read).warned()).isEqualTo(Map.of("of ip:port the port is not looked at", 1));
  }

  @Test
  void a_public_suffix_is_no_indicator() throws IOException {
    var read = Seen.file(folder, "list.txt", "gov.mo\nco.uk\n*.github.io\nevil.github.io\nmo\n");
    assertThat(read.current().size()).isEqualTo(1);
    assertThat(only(read).refused())
        .containsEntry("domain: a public suffix: everything below it would match", 3);
  }

  @Test
  void of_many_claims_of_one_source_the_most_confident_count_and_none_pushes_out_another()
      throws IOException {
    var text = new StringBuilder("value,confidence,tags,valid_from\n");
    for (int i = 0; i < 40; i++) {
      text.append("evil.test,").append(i % 2 == 0 ? 10 : 60).append(",t").append(i).append(",\n");
    }
    text.append("evil.test,90,last,2026-11-01\n");
    Files.writeString(folder.resolve("loud.csv"), text);
    Files.writeString(folder.resolve("quiet.txt"), "evil.test\n");
    Files.writeString(
        folder.resolve("sources.yml"),
        """
        sources:
          - {name: loud, file: loud.csv, format: csv}
          - {name: quiet, file: quiet.txt, format: list, confidence: 20}
        """);
    var indicators = Indicators.load(folder, Seen.CLOCK);
    var told = indicators.current().told(Kind.DOMAIN, "evil.test");
    assertThat(told).hasSize(9);
    assertThat(told).extracting(IndicatorSet.Told::confidence).contains(90, 20).doesNotContain(10);
    assertThat(indicators.report().sources().getFirst().warned())
        .containsKey("of a value named in many ways the most confident and newest are held");
    var one = indicators.current().find(Kind.DOMAIN, "evil.test").orElseThrow();
    assertThat(one.sources()).containsExactlyInAnyOrder("loud", "quiet");
    assertThat(one.confidence()).isEqualTo(90);
  }

  @Test
  void what_begins_in_the_future_says_nothing_yet() throws IOException {
    var set =
        Seen.file(folder, "a.csv", "value,valid_from\nevil.test,2026-12-24\nold.test,2026-11-25\n")
            .current();
    assertThat(Seen.in(set, "url.domain", "evil.test")).isEmpty();
    var before =
        Seen.event(
            "a",
            Instant.parse("2026-11-01T00:00:00Z"),
            List.of(Map.entry("url.domain", "old.test")));
    assertThat(Seen.hits(set, before)).hasSize(1);
    var then =
        Seen.event(
            "a",
            Instant.parse("2026-12-25T00:00:00Z"),
            List.of(Map.entry("url.domain", "evil.test")));
    assertThat(Seen.hits(set, then)).hasSize(1);
  }
}
