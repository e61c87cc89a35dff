package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder of indicators. */
class IndicatorsTest {
  @TempDir Path folder;

  private void sources(String text) throws IOException {
    Files.writeString(folder.resolve("sources.yml"), "sources:\n" + text);
  }

  @Test
  void a_folder_that_is_not_there_holds_nothing() {
    var indicators = Indicators.load(folder.resolve("none"), Seen.CLOCK);
    assertThat(indicators.current().size()).isZero();
    assertThat(indicators.report().sources()).isEmpty();
    assertThat(indicators.refresh()).isFalse();
  }

  @Test
  void a_source_has_its_own_terms_and_a_broken_one_costs_itself_only() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "evil.test\n10.0.0.1\n");
    Files.setLastModifiedTime(
        folder.resolve("a.txt"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    Files.writeString(folder.resolve("b.csv"), "ioc\nother.test\n");
    Files.writeString(folder.resolve("stray.txt"), "stray.test\n");
    sources(
        """
          - {name: first, file: a.txt, format: list, tlp: "amber+strict", confidence: 70, expiry-days: 30, agencies: [health]}
          - {file: b.csv, format: csv, columns: {value: ioc}}
          - {file: gone.json, format: stix}
        """);
    var report = Indicators.load(folder, Seen.CLOCK).report();
    assertThat(report.sources()).hasSize(3);
    assertThat(report.size()).isEqualTo(3);
    assertThat(report.muted()).isEqualTo(1);
    assertThat(report.refusedCount()).isEqualTo(1);
    assertThat(report.remarks()).containsExactly("stray.txt: no source of sources.yml names it");
    assertThat(report.sources().getFirst().expired()).isEqualTo(2);
    assertThat(report.sources().getLast().refusals().getFirst().reason())
        .isEqualTo("can't be read to its end: no such file");
    var one = Indicators.load(folder, Seen.CLOCK).current().find(Kind.DOMAIN, "evil.test");
    assertThat(one.orElseThrow().validUntil()).contains(Instant.parse("2026-01-31T00:00:00Z"));
    assertThat(one.orElseThrow().confidence()).isEqualTo(70);
    assertThat(one.orElseThrow().tlp()).isEqualTo(Tlp.AMBER_STRICT);
    assertThat(one.orElseThrow().sources()).isEqualTo(List.of("first"));
  }

  @Test
  void files_that_changed_are_read_again_and_the_old_set_stays_whole() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "evil.test\n");
    sources("  - {file: a.txt, format: list}\n");
    var indicators = Indicators.load(folder, Seen.CLOCK);
    var before = indicators.current();
    assertThat(indicators.refresh()).isFalse();
    Files.writeString(folder.resolve("a.txt"), "evil.test\nmore.test\n");
    assertThat(indicators.refresh()).isTrue();
    assertThat(indicators.current().size()).isEqualTo(2);
    assertThat(before.size()).isEqualTo(1);

    sources("  - {file: a.txt, format: magic}\n");
    assertThat(indicators.refresh()).isFalse();
    assertThat(indicators.current().size()).isEqualTo(2);
    assertThat(indicators.report().fault().orElseThrow())
        .isEqualTo("sources.yml: source 1: format: no 'magic'; one of stix, misp, csv, list, kev");

    sources("  - {file: a.txt, format: list}\n");
    assertThat(indicators.refresh()).isTrue();
    assertThat(indicators.report().fault()).isEmpty();

    Files.createDirectory(folder.resolve("warning-lists"));
    Files.writeString(folder.resolve("warning-lists/own.txt"), "more.test\n");
    assertThat(indicators.refresh()).isTrue();
    assertThat(indicators.report().muted()).isEqualTo(1);
  }

  @Test
  void a_list_of_sources_that_vanished_opens_nothing_to_others() throws IOException {
    for (String list : List.of("sources.yml", "added.yml")) {
      Path own = Files.createDirectory(folder.resolve("of-" + list));
      Files.writeString(own.resolve("a.txt"), "evil.test\n");
      Files.writeString(
          own.resolve(list), "sources:\n  - {file: a.txt, format: list, agencies: [health]}\n");
      var indicators = Indicators.load(own, Seen.CLOCK);
      Files.delete(own.resolve(list));
      assertThat(indicators.refresh()).isFalse();
      assertThat(indicators.report().fault().orElseThrow()).startsWith(list + " is gone");
      assertThat(indicators.current().told(Kind.DOMAIN, "evil.test"))
          .extracting(IndicatorSet.Told::agencies)
          .containsExactly(java.util.Set.of("health"));
      Files.writeString(own.resolve(list), "sources: []\n");
      assertThat(indicators.refresh()).isTrue();
      assertThat(indicators.current().size()).isZero();
      assertThat(indicators.report().fault()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {file: ../a.txt, format: list}             | source 1: file: a name within the folder, not '../a.txt'
          {format: list}                             | source 1: file: which file of the folder is it?
          {file: a.txt}                              | source 1: format: one of stix, misp, csv, list, kev
          {file: a.txt, format: list, colour: red}   | source 1: colour: no such key
          {file: a.txt, format: list, tlp: pink}     | source 1: tlp: no label 'pink'
          {file: a.txt, format: list, confidence: 101} | source 1: confidence: a whole number, 0 to 100
          {file: a.txt, format: list, agencies: []}  | source 1: agencies: a list of ids
          {file: a.txt, format: csv, columns: {v: x}} | source 1: columns: no 'v'
          hello                                      | source 1 is no list of keys
          """)
  void what_is_wrong_with_the_sources_is_said(String source, String reason) throws IOException {
    sources("  - " + source + "\n");
    assertThatThrownBy(() -> Indicators.load(folder, Seen.CLOCK))
        .isInstanceOf(IndicatorFault.class)
        .hasMessageContaining(reason);
  }
}
