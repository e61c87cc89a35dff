package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mo.farol.event.EventBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keywords are found wherever they stand in an event, for the rules of its log sources alone. */
class KeywordIndexTest {
  private static final String LINUX = "product: linux";
  private static final String WEB = "category: webserver";
  private static final String FIREWALL = "category: firewall";

  private static String rule(int number, String source, String keyword) {
    return """
        title: Rule %d
        id: %08d-0000-4000-8000-000000000000
        logsource:
          %s
        detection:
          keywords:
            - '%s'
          condition: keywords
        level: low
        """
        .formatted(number, number, source, keyword);
  }

  private static List<String> found(String line, String... rules) {
    var matcher = new Matcher(Rules.book(String.join("---\n", rules)), FieldMap.standard());
    return Rules.ids(matcher, Events.of(List.of(line)), 0).stream()
        .map(id -> id.substring(7, 8))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "within the message, quietly opened a door",
    "within a field that is part of it, quietly",
    "at its end, opened a door",
    "within the host's name beside it, archive-host-of-finance",
    "without case, QUIETLY OPENED"
  })
  void a_keyword_is_found(String where, String keyword) {
    String line =
        "<38>1 2026-11-24T08:00:00Z archive-host-of-finance sshd 12 - -"
            + " somebody quietly opened a door";
    assertThat(found(line, rule(1, LINUX, keyword), rule(2, FIREWALL, keyword)))
        .as(where)
        .containsExactly("1");
  }

  @Test
  void one_keyword_of_several_log_sources_is_told_to_each_that_the_event_belongs_to() {
    String line =
        "<190>1 2026-11-24T08:00:00Z web-1 nginx 12 - - 198.18.0.1 - -"
            + " [24/Nov/2026:08:00:00 +0000] \"GET /a?file=..%2f..%2fpasswd HTTP/1.1\" 200 17";
    assertThat(
            found(
                line,
                rule(1, LINUX, "..%2f..%2fpasswd"),
                rule(2, FIREWALL, "..%2f..%2fpasswd"),
                rule(3, WEB, "..%2f..%2fpasswd"),
                rule(4, WEB, "..%2f..%2fshadow")))
        .containsExactly("1", "3");
  }

  @Test
  void the_next_event_shows_nothing_of_the_last() {
    var matcher = new Matcher(Rules.book(rule(1, LINUX, "quietly opened")), FieldMap.standard());
    String head = "<38>1 2026-11-24T08:00:00Z srv-1 sshd 12 - - ";
    var batch =
        Events.of(List.of(head + "quietly opened", head + "loudly closed", "quietly opened"));
    assertThat(Rules.ids(matcher, batch, 0)).hasSize(1);
    assertThat(Rules.ids(matcher, batch, 1)).isEmpty();
  }

  /**
   * Letters of one, two and three bytes, cut and broken, in messages and the fields beside them.
   */
  @Test
  void lines_at_random_show_what_asking_every_rule_shows() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("KeywordIndexTest -Dfarol.seed=" + seed);
    var random = new Random(seed);
    var rules = new ArrayList<String>();
    for (int i = 1; i <= 60; i++) {
      rules.add(rule(i, i % 2 == 0 ? LINUX : WEB, text(random, 2 + random.nextInt(12))));
    }
    var book = Rules.book(String.join("---\n", rules));
    var matcher = new Matcher(book, FieldMap.standard());
    var brute = new BruteMatcher(book, FieldMap.standard());
    int matches = 0;
    for (int round = 0; round < 300; round++) {
      var batch = Events.of(lines(random));
      for (int i = 0; i < batch.count(); i++) {
        var ids = Rules.ids(matcher, batch, i);
        assertThat(ids).as(text(batch, i)).isEqualTo(brute.ids(batch, i));
        matches += ids.size();
      }
    }
    assertThat(matches).isGreaterThan(100);
  }

  private static String text(EventBatch batch, int i) {
    return batch.event(i).toString();
  }

  private static List<String> lines(Random random) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 8; i++) {
      String host = "h" + text(random, random.nextInt(9));
      String body = text(random, random.nextInt(160));
      lines.add(
          random.nextBoolean()
              ? "<38>1 2026-11-24T08:00:00Z %s sshd 12 - - %s".formatted(host, body)
              : ("<190>1 2026-11-24T08:00:00Z %s nginx 12 - - 198.18.0.1 - - [24/Nov/2026:08:00:00"
                      + " +0000] \"GET /%s HTTP/1.1\" 200 17 \"%s\" \"%s\"")
                  .formatted(host, body, text(random, 9), text(random, 30)));
    }
    return lines;
  }

  // Few letters, so that texts meet; without a quote or a blank, which would end a field.
  private static String text(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(
          List.of("a", "B", "b", "é", "É", "澳", "ﬀ", "%", "a", "b").get(random.nextInt(10)));
    }
    return text.toString();
  }
}
