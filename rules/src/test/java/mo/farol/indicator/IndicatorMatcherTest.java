package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mo.farol.match.Events;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indicators in events. */
class IndicatorMatcherTest {
  @TempDir Path folder;

  private IndicatorSet set = IndicatorSet.empty();

  @BeforeEach
  void read() throws IOException {
    set =
        Seen.list(
            folder,
            """
                45.83.64.1
                45.83.0.0/16
                45.83.64.0/24
                2a02:10::/32
                evil.test
                deep.evil.test
                bücher.test
                http://evil.test/a?b=c
                http://45.83.64.1/x
                ana@mail.test
                5d8129be965fab8115eca34fc84bd7f0
                2c5dd8a64437cb2dd4b6747139c61d2d7f53ab3ddedbf22df3cb01bae170715b
                CVE-2017-0199
                """);
  }

  @Test
  void an_address_is_seen_by_itself_and_in_every_network_around_it() {
    assertThat(Seen.in(set, "source.ip", "45.83.64.1"))
        .containsExactlyInAnyOrder("ip 45.83.64.1", "cidr 45.83.64.0/24", "cidr 45.83.0.0/16");
    assertThat(Seen.in(set, "destination.ip", "::ffff:45.83.1.1"))
        .containsExactly("cidr 45.83.0.0/16");
    assertThat(Seen.in(set, "source.ip", "2A02:10::9")).containsExactly("cidr 2a02:10::/32");
    assertThat(Seen.in(set, "source.ip", "45.84.0.0")).isEmpty();
    assertThat(Seen.in(set, "user.name", "45.83.64.1")).isEmpty();
  }

  @Test
  void a_domain_is_seen_with_all_below_it_at_the_borders_of_labels() {
    assertThat(Seen.in(set, "dns.question.name", "WWW.Deep.Evil.Test."))
        .containsExactlyInAnyOrder("domain deep.evil.test", "domain evil.test");
    assertThat(Seen.in(set, "url.domain", "evil.test:8080")).containsExactly("domain evil.test");
    assertThat(Seen.in(set, "dns.question.name", "notevil.test")).isEmpty();
    assertThat(Seen.in(set, "dns.question.name", "evil.test.other")).isEmpty();
    assertThat(Seen.in(set, "dns.question.name", "x.BÜCHER.test"))
        .containsExactly("domain xn--bcher-kva.test");
    assertThat(Seen.in(set, "dns.question.name", "xn--bcher-kva.TEST"))
        .containsExactly("domain xn--bcher-kva.test");
    assertThat(Seen.in(set, "QueryResults", "type:  5 x.evil.test;::ffff:45.83.1.1;"))
        .containsExactlyInAnyOrder("domain evil.test", "cidr 45.83.0.0/16");
  }

  @Test
  void a_url_is_seen_whole_and_by_its_host() {
    assertThat(Seen.in(set, "url.full", "HTTPS://u@EVIL.test:443/%61?b=c#d"))
        .containsExactlyInAnyOrder("url evil.test/a?b=c", "domain evil.test");
    assertThat(Seen.in(set, "url.original", "http://45.83.64.1/x"))
        .containsExactlyInAnyOrder(
            "url 45.83.64.1/x", "ip 45.83.64.1", "cidr 45.83.64.0/24", "cidr 45.83.0.0/16");
    assertThat(Seen.in(set, "url.full", "http://[2a02:10::1]:8080/"))
        .containsExactly("cidr 2a02:10::/32");
    assertThat(Seen.in(set, "url.original", "evil.test:443")).containsExactly("domain evil.test");
    assertThat(Seen.in(set, "url.original", "/a?b=c")).isEmpty();
  }

  @Test
  void digests_mail_addresses_and_vulnerabilities_are_seen_in_their_fields() {
    assertThat(Seen.in(set, "file.hash.md5", "5D8129BE965FAB8115ECA34FC84BD7F0"))
        .containsExactly("md5 5d8129be965fab8115eca34fc84bd7f0");
    assertThat(
            Seen.in(
                set,
                "Hashes",
                "SHA1=00,MD5=5D8129BE965FAB8115ECA34FC84BD7F0,SHA256=2C5DD8A64437CB2DD4B6747139C61D2D7F53AB3DDEDBF22DF3CB01BAE170715B,IMPHASH=1"))
        .containsExactlyInAnyOrder(
            "md5 5d8129be965fab8115eca34fc84bd7f0",
            "sha256 2c5dd8a64437cb2dd4b6747139c61d2d7f53ab3ddedbf22df3cb01bae170715b");
    assertThat(Seen.in(set, "email.from.address", "Ana <ANA@Mail.test>"))
        .containsExactly("mail ana@mail.test");
    assertThat(Seen.in(set, "email.to.address", "bob@x.evil.test"))
        .containsExactly("domain evil.test");
    assertThat(Seen.in(set, "vulnerability.id", "CVE-2020-1, cve-2017-0199"))
        .containsExactly("vulnerability CVE-2017-0199");
  }

  @Test
  void hostile_values_are_read_without_harm() {
    for (String field :
        List.of(
            "source.ip",
            "url.full",
            "dns.question.name",
            "Hashes",
            "url.domain",
            "email.from.address",
            "dns.answers",
            "file.path",
            "vulnerability.id")) {
      for (String value :
          List.of(
              "",
              ".",
              ":",
              "[",
              "[]",
              "://",
              "http://",
              "%",
              "%zz",
              "a".repeat(70_000),
              "a.".repeat(40_000),
              "::::::",
              "1.2.3.4.5",
              "@",
              "<@>",
              "http://[",
              "http://]:1",
              ",=,=",
              "=",
              "\u0000",
              "é".repeat(200),
              "http://" + "é".repeat(500) + "/",
              "xn--.xn--",
              "/")) {
        assertThat(Seen.in(set, field, value)).as(field + " " + value).isEmpty();
      }
    }
  }

  @Test
  void a_hit_says_what_where_when_and_whose() {
    var events =
        Seen.event(
            "health",
            Seen.NOW,
            List.of(
                Map.entry("destination.ip", "45.83.64.1"), Map.entry("server.ip", "45.83.64.1")));
    var hits =
        Seen.hits(set, events).stream().filter(h -> h.indicator().kind() == Kind.ADDRESS).toList();
    assertThat(hits).extracting(IndicatorHit::field).containsExactly("destination.ip", "server.ip");
    var hit = hits.getFirst();
    assertThat(hit.value()).isEqualTo("45.83.64.1");
    assertThat(hit.sequence()).isEqualTo(7);
    assertThat(hit.agency()).isEqualTo("health");
    assertThat(hit.occurredAt()).isEqualTo(Seen.NOW);
  }

  @Test
  void events_of_the_parser_are_looked_at() {
    var events =
        Events.of(
            List.of(
                "{\"@timestamp\":\"2026-11-24T10:00:00Z\",\"destination.ip\":\"45.83.64.1\"}",
                "{\"@timestamp\":\"2026-11-24T10:00:00Z\",\"url\":{\"original\":\"http://evil.test/\"}}"));
    assertThat(Seen.hits(set, events))
        .extracting(h -> h.sequence() + " " + h.field() + " " + h.indicator().value())
        .containsExactlyInAnyOrder(
            "0 destination.ip 45.83.64.1",
            "0 destination.ip 45.83.64.0/24",
            "0 destination.ip 45.83.0.0/16",
            "1 url.original evil.test");
  }

  @Test
  void terms_and_agencies_count_for_each_source_by_itself() throws IOException {
    Files.writeString(
        folder.resolve("list.csv"),
        "value,valid_until,confidence,tlp\nevil.test,2026-11-01,90,red\nold.test,2026-11-01,,\n");
    Files.writeString(folder.resolve("other.txt"), "evil.test\n");
    Files.delete(folder.resolve("list.txt"));
    Files.writeString(
        folder.resolve("sources.yml"),
        """
        sources:
          - {name: short, file: list.csv, format: csv}
          - {name: health only, file: other.txt, format: list, agencies: [health], tlp: green, confidence: 20}
        """);
    var both = Indicators.load(folder, Seen.CLOCK).current();
    Instant before = Instant.parse("2026-10-31T23:59:59.999999Z");
    Instant end = Instant.parse("2026-11-01T00:00:00Z");
    var fields =
        List.of(Map.entry("url.domain", "evil.test"), Map.entry("source.domain", "old.test"));
    assertThat(Seen.hits(both, Seen.event("health", before, fields)))
        .extracting(
            h ->
                h.indicator().sources()
                    + " "
                    + h.indicator().confidence()
                    + " "
                    + h.indicator().tlp())
        .containsExactly("[short, health only] 90 RED", "[short] 50 AMBER");
    assertThat(Seen.hits(both, Seen.event("water", before, fields)))
        .extracting(h -> h.indicator().sources())
        .containsExactly(List.of("short"), List.of("short"));
    assertThat(Seen.hits(both, Seen.event("health", end, fields)))
        .extracting(
            h ->
                h.indicator().sources()
                    + " "
                    + h.indicator().confidence()
                    + " "
                    + h.indicator().tlp())
        .containsExactly("[health only] 20 GREEN");
    assertThat(Seen.hits(both, Seen.event("water", end, fields))).isEmpty();
  }

  @Test
  void what_is_muted_is_counted_and_not_handed_out() throws IOException {
    var muted = Seen.file(folder, "m.txt", "10.0.0.1\n8.8.8.8\n").current();
    var matcher = new IndicatorMatcher(() -> muted);
    var hits = new ArrayList<IndicatorHit>();
    matcher.match(
        Seen.event(
            "a",
            Seen.NOW,
            List.of(Map.entry("source.ip", "10.0.0.1"), Map.entry("destination.ip", "8.8.8.8"))),
        0,
        hits::add);
    assertThat(hits).isEmpty();
    assertThat(matcher.muted()).isEqualTo(2);
    assertThat(muted.mutedBecause(Kind.ADDRESS, "8.8.8.8"))
        .contains("on the warning list 'public DNS resolvers'");
  }

  @Test
  void an_event_that_hits_everything_is_cut_and_counted() throws IOException {
    var text = new StringBuilder();
    var answers = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      text.append("45.84.1.").append(i % 256).append("\n45.85.").append(i).append(".1\n");
      answers.append("h").append(i).append(".test;");
      text.append("h").append(i).append(".test\n");
    }
    var many = Seen.file(folder, "many.txt", text.toString()).current();
    var matcher = new IndicatorMatcher(() -> many);
    var hits = new ArrayList<IndicatorHit>();
    matcher.match(
        Seen.event("a", Seen.NOW, List.of(Map.entry("dns.answers", answers.toString()))),
        0,
        hits::add);
    assertThat(hits).hasSize(IndicatorMatcher.MOST_HITS);
    assertThat(matcher.cut()).isEqualTo(300 - IndicatorMatcher.MOST_HITS);
  }

  @Test
  void events_without_a_hit_make_no_objects() {
    var events =
        Seen.event(
            "a",
            Seen.NOW,
            List.of(
                Map.entry("source.ip", "45.99.64.1"),
                Map.entry("destination.ip", "2a03::1"),
                Map.entry("dns.question.name", "www.Good.test"),
                Map.entry("url.full", "https://www.good.test/a/b?c=%2f"),
                Map.entry("Hashes", "MD5=5D8129BE965FAB8115ECA34FC84BD7F1"),
                Map.entry("email.from.address", "Ana <ANA@good.test>"),
                Map.entry("process.executable", "C:\\Windows\\System32\\svchost.exe")));
    var matcher = new IndicatorMatcher(() -> set);
    IndicatorHits none =
        hit -> {
          throw new AssertionError(hit.toString());
        };
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      matcher.match(events, 0, none);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 20_000; i++) {
      matcher.match(events, 0, none);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
  }
}
