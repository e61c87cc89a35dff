package mo.farol.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import mo.farol.indicator.IndicatorMatcher;
import mo.farol.indicator.IndicatorSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indicators in history: what the matcher of live events hits on, a hunt finds. */
class IndicatorHuntTest {
  private static final long SEED = Long.getLong("farol.seed", 20_261_126);
  private static final String INDICATORS =
      """
      45.77.13.7
      45.88.12.0/22
      2a01:4f8::bad
      evil.c2-relay.top
      http://Shop.dropzone.top/Path/Case?Q=1
      44d88612fea8a8f36de82e1278abb02f
      mallory@mailer.top
      CVE-2024-12345
      dropper.exe
      http://bare.dropzone.top/
      xn--mgbb9fbpob.c2-relay.top
      """;
  private static final List<String> FIELDS =
      List.of(
          "source.ip",
          "DestinationIp",
          "source.address",
          "dns.question.name",
          "dns.answers.data",
          "url.full",
          "url.original",
          "url.domain",
          "url.path",
          "Hashes",
          "file.hash.md5",
          "email.from.address",
          "vulnerability.id",
          "Image",
          "file.path",
          "message");
  private static final List<String> VALUES =
      List.of(
          "45.77.13.7",
          "45.77.13.7:443",
          "::ffff:45.77.13.7",
          "45.88.13.200",
          "2A01:04F8:0:0::BAD",
          "www.Evil.C2-Relay.TOP.",
          "evil.c2-relay.top.other.org",
          "https://shop.dropzone.top/Path/Case?Q=1#frag",
          "https://shop.dropzone.top/path/case?q=1",
          "http://user@45.77.13.7:80/x",
          "MD5=44D88612FEA8A8F36DE82E1278ABB02F,SHA256=00",
          "44d88612fea8a8f36de82e1278abb02f",
          "Mallory <MALLORY@Mailer.top>",
          "cve-2024-12345, CVE-2020-1",
          "C:\\\\Temp\\\\Dropper.EXE",
          "C:\\\\部門\\\\dropper.exe",
          "C:\\\\Ünï\\\\DROPPER.exe",
          "192.0.2.1; 45.77.13.7; a.evil.c2-relay.top",
          "http://موقع.c2-relay.top/",
          "shop.dropzone.top",
          "/Path/Case?Q=1",
          "/other",
          "nothing",
          "");

  @TempDir private Path folder;

  @Test
  void what_live_matching_hits_on_is_found() throws Exception {
    var set = HuntTargetReader.indicators(INDICATORS, "list", InstantSource.system()).set();
    assertThat(set.size()).isEqualTo(11);
    var random = new Random(SEED);
    var frames = new ArrayList<String>();
    for (int i = 0; i < 1_500; i++) {
      var parts = new ArrayList<String>();
      for (int k = random.nextInt(4); k >= 0; k--) {
        String field = FIELDS.get(random.nextInt(FIELDS.size()));
        String value = VALUES.get(random.nextInt(VALUES.size()));
        String much = random.nextInt(40) == 0 ? "x".repeat(2_000) + "; " : "";
        parts.add("\"%s\":\"%s\"".formatted(field, much + value));
      }
      frames.add("{" + String.join(",", parts) + "}");
    }
    frames.add(
        "{\"url.domain\":\"shop.dropzone.top\",\"url.path\":\"/Path/Case\",\"url.query\":\"Q=1\"}");
    frames.add("{\"url.domain\":\"shop.dropzone.top\",\"url.original\":\"/Path/Case?Q=1\"}");
    frames.add("{\"url.domain\":\"bare.dropzone.top\",\"url.path\":\"\"}");
    frames.add("{\"url.domain\":\"bare.dropzone.top\",\"url.path\":\"/\"}");
    try (var ground = new Ground(folder)) {
      ground.add("a", frames);
      var live = live(ground, set);
      var result = ground.hunt(set);
      var found = new HashSet<String>();
      result.hits().forEach(hit -> found.add(hit.what() + " " + hit.event().sequence()));

      assertThat(found).as("seed %d", SEED).isEqualTo(live);
      assertThat(live).hasSizeGreaterThan(100);
      assertThat(result.finds()).hasSizeGreaterThan(8);
      assertThat(result.read()).isLessThan(result.events());
    }
  }

  @Test
  void values_that_count_together_are_asked_for_by_one_of_them_and_told_only_together()
      throws Exception {
    var set =
        HuntTargetReader.indicators(
                """
                {"type":"indicator","id":"indicator--1","pattern":
                 "[ipv4-addr:value = '10.0.0.1' AND (domain-name:value = 'a.c2-relay.top' OR url:value = 'http://c2-relay.top/x')]"}
                """,
                "stix",
                InstantSource.system())
            .set();
    var frames = new ArrayList<String>();
    for (int i = 0; i < 400; i++) {
      frames.add("{\"source.ip\":\"10.0.0.1\",\"url.domain\":\"www.test\"}");
    }
    frames.add("{\"source.ip\":\"10.0.0.1\",\"url.domain\":\"b.a.c2-relay.top\"}");
    frames.add("{\"source.ip\":\"10.0.0.2\",\"url.domain\":\"a.c2-relay.top\"}");
    frames.add("{\"source.ip\":\"10.0.0.1\",\"url.domain\":\"c2-relay.top\",\"url.path\":\"/x\"}");
    try (var ground = new Ground(folder)) {
      ground.add("a", frames);
      var live = live(ground, set);
      var result = ground.hunt(set);
      var found = new HashSet<String>();
      result.hits().forEach(hit -> found.add(hit.what() + " " + hit.event().sequence()));

      assertThat(live).hasSize(2);
      assertThat(found).isEqualTo(live);
      assertThat(result.read()).as("not each event of the address").isLessThan(10);
    }
  }

  private static Set<String> live(Ground ground, IndicatorSet set) {
    var matcher = new IndicatorMatcher(() -> set);
    var hits = new HashSet<String>();
    ground.each(
        events -> {
          for (int i = 0; i < events.count(); i++) {
            matcher.match(
                events, i, hit -> hits.add(hit.indicator().value() + " " + hit.sequence()));
          }
        });
    return hits;
  }
}
