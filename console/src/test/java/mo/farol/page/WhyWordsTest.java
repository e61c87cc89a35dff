package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mo.farol.alert.Finding;
import mo.farol.alert.WhyFields;
import mo.farol.alert.WhyStep;
import mo.farol.alert.WhyStep.Kind;
import mo.farol.alert.WhyStep.Match;
import mo.farol.event.EventId;
import mo.farol.sigma.RuleRef;
import mo.farol.sigma.SigmaCorrelation;
import mo.farol.silence.Trouble;
import org.junit.jupiter.api.Test;

class WhyWordsTest {
  private static final Instant FROM = Instant.parse("2026-03-01T08:00:00Z");
  private static final Instant TO = Instant.parse("2026-03-01T13:00:00Z");
  private static final String ENGLISH = "English words of before";

  private static final Pattern PHRASE =
      Pattern.compile(
          "(?i)\\b(the|of|was|is|events?|rule|matched|counted|silent|seen|told|keeps|from|at least"
              + "|absent|pause|hour|reason|instead)\\b");

  /** A step with what its sentence must hold in every language. */
  private record Case(String name, WhyStep step, List<String> holds) {}

  @Test
  void every_kind_of_step_is_told_in_every_language_with_its_data() {
    assertThat(kinds()).isEqualTo(EnumSet.allOf(Kind.class));
    for (var one : cases()) {
      var said = new ArrayList<String>();
      for (String tag : Words.LANGUAGES) {
        String sentence = WhyWords.of(Words.of(tag), one.step());
        assertThat(sentence)
            .as("%s in %s", one.name(), tag)
            .contains(one.holds())
            .doesNotContain(ENGLISH, "why.", "{", "decisions.kind");
        said.add(sentence);
      }
      assertThat(said).as(one.name()).doesNotHaveDuplicates();
    }
  }

  @Test
  void no_phrase_of_english_stands_in_a_sentence_of_another_language() {
    for (var one : cases()) {
      assertThat(WhyWords.of(Words.of("en"), one.step())).containsPattern(PHRASE);
      for (String tag : List.of("pt", "zh-Hant")) {
        assertThat(WhyWords.of(Words.of(tag), one.step()))
            .as("%s in %s", one.name(), tag)
            .doesNotContainPattern(PHRASE);
      }
    }
  }

  @Test
  void a_step_that_an_earlier_farol_wrote_is_told_in_its_english_words() {
    for (var kind : Kind.values()) {
      if (kind == Kind.DETECTION) {
        continue; // all it needs was there before
      }
      for (String tag : Words.LANGUAGES) {
        assertThat(WhyWords.of(Words.of(tag), step(kind))).isEqualTo(ENGLISH);
        assertThat(WhyWords.of(Words.of(tag), step(kind, seen("host.name", "web-01"))))
            .isEqualTo(ENGLISH);
      }
    }
  }

  @Test
  void figures_that_are_none_leave_the_words_as_they_were_kept() {
    var step =
        step(
            Kind.SILENCE,
            seen("host.name", "web-01"),
            seen(WhyStep.SILENCE_KIND, "silent"),
            seen(WhyFields.SILENCE_LAST, "yesterday"),
            seen(WhyFields.SILENCE_PAUSE, "long"));
    assertThat(WhyWords.of(Words.of("pt"), step)).isEqualTo(ENGLISH);
  }

  @Test
  void values_of_an_attacker_are_cut_and_shown_as_codes_and_never_read_as_a_pattern() {
    String hostile = "{0}'{9}\u202Egnp\u001B[31m" + "x".repeat(5000);
    for (var one : cases()) {
      var bad =
          one.step().matches().stream()
              .map(
                  m ->
                      new Match(
                          m.selection(), m.field(), isData(m) ? m.value() : hostile, m.expected()))
              .toList();
      var step =
          new WhyStep(one.step().kind(), ENGLISH, one.step().rule(), bad, List.of(), 3, 1, 2);
      for (String tag : Words.LANGUAGES) {
        assertThat(WhyWords.of(Words.of(tag), step))
            .as(one.name())
            .isNotBlank()
            .hasSizeLessThan(3000)
            .doesNotContain("\u202E", "\u001B");
      }
    }
  }

  @Test
  void a_list_shows_the_start_of_the_first_step() {
    var alert =
        Story.alert(
            "01", mo.farol.sigma.Level.HIGH, "finance", "t", List.of(new EventId(1)), List.of(), 1);
    var with = alert.change().why(List.of(ENGLISH), List.of(cases().getFirst().step())).build();
    var old = alert.change().why(List.of(ENGLISH), List.of()).build();
    assertThat(WhyWords.first(Words.of("pt"), with, 200))
        .startsWith("A regra «Guessing» correspondeu");
    assertThat(WhyWords.first(Words.of("pt"), with, 10)).hasSizeLessThanOrEqualTo(11).endsWith("…");
    assertThat(WhyWords.first(Words.of("pt"), old, 200)).isEqualTo(ENGLISH);
  }

  // What tells which sentence it is, rather than a value.
  private static boolean isData(Match m) {
    return m.field().endsWith(".kind")
        || m.field().endsWith(".type")
        || m.field().startsWith("silence.");
  }

  private static EnumSet<Kind> kinds() {
    var kinds = EnumSet.noneOf(Kind.class);
    cases().forEach(one -> kinds.add(one.step().kind()));
    return kinds;
  }

  private static List<Case> cases() {
    var all = new ArrayList<Case>();
    all.add(
        new Case(
            "detection",
            step(
                Kind.DETECTION,
                new Match("sel", "user.name", "root", ""),
                new Match("sel", "tty", "", "absent")),
            List.of("Guessing", "user.name=root", "tty", "3", "2026-03-01 13:00:00")));
    Stream.concat(
            Stream.of(SigmaCorrelation.Type.values()).map(SigmaCorrelation.Type::word),
            Stream.of("value_share"))
        .forEach(type -> all.add(window(type)));
    Stream.of(Trouble.Kind.values()).forEach(kind -> all.add(silence(kind)));
    Stream.of(Finding.Kind.values()).forEach(kind -> all.add(finding(kind)));
    all.add(
        new Case(
            "indicator",
            step(
                Kind.INDICATOR,
                new Match("CERT", "source.ip", "203.0.113.7", "203.0.113.7"),
                seen(WhyStep.INDICATOR_TYPE, "ip"),
                seen(WhyStep.INDICATOR_ID, "indicator--1"),
                seen(WhyStep.INDICATOR_CONFIDENCE, "80"),
                seen(WhyStep.INDICATOR_TLP, "amber")),
            List.of("CERT", "source.ip=203.0.113.7", "indicator--1", "80", "TLP:AMBER")));
    all.add(
        new Case(
            "indicator not told",
            step(
                Kind.INDICATOR,
                new Match("CERT", "source.ip", "203.0.113.7", ""),
                seen(WhyStep.INDICATOR_TLP, "red")),
            List.of("TLP:RED", "source.ip=203.0.113.7")));
    all.add(
        new Case(
            "alert",
            step(
                Kind.ALERT,
                seen("host.name", "web-01"),
                seen(WhyFields.ALERT_ID, "ab12"),
                seen(WhyFields.ALERT_TITLE, "Webshell"),
                seen(WhyFields.ALERT_AGENCY, "finance"),
                seen(WhyFields.ALERT_LEVEL, "high")),
            List.of("Webshell", "finance", "host.name=web-01")));
    all.add(
        new Case(
            "risk",
            step(
                Kind.RISK,
                seen("host.name", "web-01"),
                seen("score", "120"),
                seen("rules", "4"),
                seen(WhyFields.RISK_ALERT, "Webshell"),
                seen(WhyFields.RISK_ALERT, "Scan")),
            List.of("host.name", "web-01", "120", "4", "Webshell", "Scan")));
    all.addAll(decisions());
    return all;
  }

  private static List<Case> decisions() {
    var all = new ArrayList<Case>();
    var decided =
        new WhyStep(
            Kind.DECISION,
            "decided by rule 'x'",
            Optional.of(new RuleRef("r", "1", "Guessing")),
            List.of(),
            List.of(),
            0,
            0,
            0);
    all.add(new Case("decided", decided, List.of("Guessing")));
    for (String field : List.of("level", "title", "category", "status", "notify")) {
      var step =
          step(
              Kind.DECISION,
              new Match("", field, "2-now", "1-then"),
              seen(WhyFields.BECAUSE, "Motive-7"));
      var holds = new ArrayList<>(List.of("Guessing", "Motive-7"));
      if (!field.equals("status")) {
        holds.add("2-now");
      }
      all.add(new Case("decision " + field, step, holds));
    }
    for (String kind : List.of("host", "user", "network")) {
      all.add(
          new Case(
              "asset " + kind,
              step(
                  Kind.ASSET,
                  seen("db-01", "5"),
                  seen(WhyFields.ASSET_KIND, kind),
                  seen(WhyFields.ASSET_SERVICE, "Payroll")),
              List.of("db-01", "5", "Payroll")));
    }
    for (var kind : List.of(Kind.EXCEPTION, Kind.MAINTENANCE)) {
      var hides =
          step(
              kind,
              seen(WhyFields.COVER_ID, "12"),
              seen(WhyFields.COVER_NAME, "Scanner"),
              seen(WhyFields.COVER_REASON, "Motive-7"));
      all.add(new Case(kind + "", hides, List.of("12", "Scanner", "Motive-7")));
    }
    var marks =
        step(
            Kind.MAINTENANCE,
            seen(WhyFields.COVER_ID, "12"),
            seen(WhyFields.COVER_NAME, "Night"),
            seen(WhyFields.COVER_REASON, ""),
            seen(WhyFields.COVER_MARKS, "true"));
    all.add(new Case("marks", marks, List.of("12", "Night")));
    return all;
  }

  private static Case window(String type) {
    var step =
        step(
            Kind.WINDOW,
            new Match("group", "source.ip", "203.0.113.7", ""),
            new Match("threshold", "counted", "12", "at least 10 events in 5 min"),
            seen(WhyFields.WINDOW_TYPE, type),
            seen(WhyFields.WINDOW_BOUNDS, "gte 10, lt 99"),
            seen(WhyFields.WINDOW_FIELDS, "user.name"),
            seen(WhyFields.WINDOW_SPAN, "300"),
            seen(WhyFields.WINDOW_PERCENTILE, "95"),
            seen(WhyFields.WINDOW_PARTIAL, "true"),
            seen(WhyFields.WINDOW_TIMED, "true"));
    return new Case(
        "window " + type,
        step,
        List.of("Guessing", "source.ip=203.0.113.7", "12", "5 min", "2026-03-01 08:00:00"));
  }

  private static Case silence(Trouble.Kind kind) {
    var step =
        step(
            Kind.SILENCE,
            seen("host.name", "web-01"),
            seen(WhyStep.SILENCE_KIND, kind.word()),
            seen(WhyFields.SILENCE_LAST, FROM.toString()),
            seen(WhyFields.SILENCE_PAUSE, "7200"),
            seen(WhyFields.SILENCE_SEEN, "3"),
            seen(WhyFields.SILENCE_USUAL, "4000"),
            seen(WhyStep.SILENCE_PROGRAM, "sshd"),
            seen(WhyStep.SILENCE_DAY_OFF, "true"),
            seen(WhyStep.SILENCE_AGENCY, "true"));
    var holds =
        switch (kind) {
          case SILENT -> List.of("web-01", "5 h", "2 h", "2026-03-01 08:00:00");
          case PARTIAL -> List.of("web-01", "sshd", "2026-03-01 08:00:00");
          case FALL, SURGE, DRIFT -> List.of("web-01", "3", Shown.count(4000));
        };
    return new Case("silence " + kind, step, holds);
  }

  private static Case finding(Finding.Kind kind) {
    return switch (kind) {
      case SEAL ->
          new Case(
              "seal",
              step(
                  Kind.FINDING,
                  seen("finding.kind", "seal"),
                  seen("finding.events", "77"),
                  seen("finding.wrong", "2")),
              List.of("77", "2", "farol verify"));
      case DAMAGE ->
          new Case(
              "damage",
              step(
                  Kind.FINDING,
                  seen(Finding.FIELD, "000041"),
                  seen("finding.kind", "damage"),
                  seen("finding.first", "5"),
                  seen("finding.last", "9"),
                  seen("finding.aside", "true")),
              List.of("000041", "5", "9", "journal/quarantine"));
    };
  }

  @Test
  void what_was_seen_stands_below_the_sentence_whatever_its_field_is_called() {
    String id = "0123456789abcdef0123456789abcdef";
    var alert = step(Kind.ALERT, seen("host.name", "web-01"), seen(WhyFields.ALERT_ID, id));
    assertThat(WhyWords.listed(alert)).extracting(Match::field).containsExactly("host.name");
    assertThat(WhyWords.alertOf(alert)).contains(id);

    var suricata = new Match("attack", "alert.severity", "1", "");
    var detection = step(Kind.DETECTION, suricata, new Match("", WhyFields.ALERT_ID, id, ""));
    assertThat(WhyWords.listed(detection)).containsExactly(suricata);
    assertThat(WhyWords.alertOf(detection)).as("it rests on no alert").isEmpty();
    assertThat(WhyWords.alertOf(step(Kind.ALERT, seen(WhyFields.ALERT_ID, "../x\"")))).isEmpty();
  }

  @Test
  void a_value_that_two_selections_found_is_said_once() {
    var one = new Match("place", "url.path", "/uploads/a.php", "");
    var other = new Match("script", "url.path", "/uploads/a.php", "");
    assertThat(WhyWords.of(Words.of("en"), step(Kind.DETECTION, one, other)))
        .containsOnlyOnce("url.path=/uploads/a.php");
  }

  private static Match seen(String field, String value) {
    return new Match("", field, value, "");
  }

  private static WhyStep step(Kind kind, Match... matches) {
    return new WhyStep(
        kind,
        ENGLISH,
        Optional.of(new RuleRef("guessing", "0123456789ab", "Guessing")),
        List.of(matches),
        List.of(new EventId(1)),
        3,
        FROM.toEpochMilli(),
        TO.toEpochMilli());
  }
}
