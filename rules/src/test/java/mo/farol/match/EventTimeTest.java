package mo.farol.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import mo.farol.event.EventBatch;
import org.junit.jupiter.api.Test;

/** An event's own time, which rules know as {@code @timestamp}. */
class EventTimeTest {
  private static final String JSON =
      "{\"f\":\"a\",\"@timestamp\":\"2026-11-24T23:45:10+01:00\"}"; // 22:45 in UTC
  private static final String SYSLOG = "<13>1 2026-11-24T22:45:10Z host app - - - text";

  private static boolean matches(String line, RuleSettings settings, String event) {
    var book =
        Rules.book(
            """
            title: At night
            logsource: {category: test}
            detection: {s: {%s}, condition: s}
            """
                .formatted(line));
    assertThat(book.refusals()).isEmpty();
    EventBatch batch = Events.of(List.of(event));
    boolean found = !Rules.ids(new Matcher(book, settings), batch, 0).isEmpty();
    assertThat(!new BruteMatcher(book, settings).ids(batch, 0).isEmpty()).isEqualTo(found);
    return found;
  }

  private static boolean matches(String line, String event) {
    var sources =
        LogSources.read("[{logsource: {category: test}, when: [{host.name: ['*', '']}]}]");
    var s = RuleSettings.standard();
    return matches(
        line,
        new RuleSettings(
            s.fields(), s.sources().with(sources), s.placeholders(), s.zone(), List.of()),
        event);
  }

  @Test
  void json_and_syslog_have_it_alike_in_utc() {
    for (String event : List.of(JSON, SYSLOG)) {
      assertThat(matches("'@timestamp|hour': 22", event)).isTrue();
      assertThat(matches("'@timestamp|hour': 23", event)).isFalse();
      assertThat(matches("'@timestamp|hour|gte': 20", event)).isTrue();
      assertThat(matches("'@timestamp|minute': 45", event)).isTrue();
      assertThat(matches("'@timestamp|day': 24", event)).isTrue();
      assertThat(matches("'@timestamp|week': 48", event)).isTrue();
      assertThat(matches("'@timestamp|month': 11", event)).isTrue();
      assertThat(matches("'@timestamp|year|lt': 2026", event)).isFalse();
      assertThat(matches("'@timestamp|exists': true", event)).isTrue();
    }
  }

  @Test
  void a_rule_book_may_have_a_zone() {
    var macau = RuleSettings.standard().withZone(ZoneId.of("Asia/Macau")); // eight hours ahead
    assertThat(matches("'@timestamp|hour': 6", macau, JSON)).isTrue();
    assertThat(matches("'@timestamp|day': 25", macau, JSON)).isTrue();
    assertThat(matches("'@timestamp|hour': 22", macau, JSON)).isFalse();
  }

  @Test
  void other_dates_are_taken_as_they_stand() {
    var macau = RuleSettings.standard().withZone(ZoneId.of("Asia/Macau"));
    String event = "{\"f\":\"2026-11-24T23:45:10+01:00\"}";
    assertThat(matches("f|hour: 23", macau, event)).isTrue();
  }

  @Test
  void keywords_do_not_look_at_it() {
    var book =
        Rules.book(
            """
            title: Digits
            logsource: {category: test}
            detection: {s: {'@timestamp|year': 2026}, k: ['22:45:10.000'], condition: s and k}
            """);
    var batch = Events.of(List.of("{\"f\":\"a\",\"@timestamp\":1795560310}"));
    assertThat(Rules.ids(new Matcher(book, FieldMap.standard()), batch, 0)).isEmpty();
    assertThat(new BruteMatcher(book, FieldMap.standard()).ids(batch, 0)).isEmpty();
  }

  @Test
  void a_match_says_what_time_it_was() {
    var book =
        Rules.book(
            """
            title: At night
            logsource: {category: test}
            detection: {s: {'@timestamp|hour': 22}, condition: s}
            """);
    var because = new java.util.ArrayList<String>();
    new Matcher(book, FieldMap.standard())
        .match(Events.of(List.of(JSON)), 0, d -> because.addAll(d.because()));
    assertThat(because).containsExactly("s: @timestamp=2026-11-24T22:45:10.000Z");
  }
}
