package mo.farol.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mo.farol.incident.Conflict;
import mo.farol.incident.State;
import mo.farol.ledger.Desk;
import mo.farol.sigma.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportWordsTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d+}");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"pt", "zh-Hant"})
  void every_language_has_the_same_keys_with_the_same_places_for_values(String tag) {
    var english = ReportWords.of("en");
    assertThat(ReportWords.of(tag).keys()).isEqualTo(english.keys());
    for (String key : english.keys()) {
      assertThat(places(ReportWords.of(tag), key)).as(key).isEqualTo(places(english, key));
      assertThat(ReportWords.of(tag).get(key)).as(key).isNotBlank();
    }
  }

  @Test
  void every_grade_and_every_state_has_its_word() {
    for (var level : Level.values()) {
      assertThat(ReportWords.of("en").keys()).contains("level." + level.word());
    }
    for (var state : State.values()) {
      assertThat(ReportWords.of("en").keys())
          .contains("state." + state.name().toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void a_report_in_chinese_has_no_english_heading_and_the_same_facts() {
    try (var desk = Desk.open(folder)) {
      var reports = ReportDesk.worked(desk);
      var english = reports.export(ReportDesk.CASE, Report.Format.HTML, "en", "ana", Desk.NATIONAL);
      var chinese =
          reports.export(ReportDesk.CASE, Report.Format.HTML, "zh-Hant", "ana", Desk.NATIONAL);
      assertThat(chinese.language()).isEqualTo("zh-Hant");
      assertThat(reports.get(chinese.id(), Desk.NATIONAL)).contains(chinese);
      assertThat(chinese.factsSha256()).isEqualTo(english.factsSha256());
      assertThat(chinese.number()).isEqualTo(english.number());
      assertThat(ReportDesk.text(reports, chinese))
          .contains("<html lang=\"zh-Hant\">", "<h2>摘要</h2>", "<h2>時間線</h2>", "第 1 號報告")
          .contains("<th>嚴重程度</th><td>高 — ", "raw line 11")
          .doesNotContain("Summary", "Timeline", "Led by", "All times");
    }
  }

  @Test
  void a_value_put_into_a_sentence_is_text_too() {
    try (var desk = Desk.open(folder)) {
      var reports = ReportDesk.worked(desk);
      var report =
          reports.export(
              ReportDesk.CASE, Report.Format.HTML, "pt", "<b>{0} 'ana'</b>", Desk.NATIONAL);
      assertThat(ReportDesk.text(reports, report))
          .contains("por &lt;b&gt;{0} &#39;ana&#39;&lt;/b&gt;.")
          .doesNotContain("<b>");
    }
  }

  @Test
  void a_language_that_is_not_offered_is_refused() {
    try (var desk = Desk.open(folder)) {
      var reports = ReportDesk.worked(desk);
      assertThatThrownBy(
              () ->
                  reports.export(
                      ReportDesk.CASE, Report.Format.HTML, "../en", "ana", Desk.NATIONAL))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining("en, pt, zh-Hant");
      assertThat(reports.ofIncident(ReportDesk.CASE, Desk.NATIONAL)).isEmpty();
    }
  }

  // Asked without values, a sentence shows its places.
  private static Set<String> places(ReportWords words, String key) {
    return PLACE
        .matcher(words.get(key))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }
}
