package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.event.SharedData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZeekTest {
  private static final String FIELDS = "#fields\tts\tid.orig_h\tnote";
  private static final String TYPES = "#types\ttime\taddr\tset[string]";
  private static final String ROW = "1717200001.250000\t192.0.2.1\ta,b";

  private final Parser parser = Parser.alone(ParseConfig.defaults());

  @Test
  void columns_are_named_by_the_fields_line_even_of_an_earlier_batch() {
    parse(Parsed.ORIGIN, "#separator \\x09", "#path\twatch", FIELDS, TYPES);
    var row = parse(Parsed.ORIGIN, ROW);
    assertThat(row.at()).hasToString("2024-06-01T00:00:01.250Z");
    assertThat(row.fields())
        .containsEntry("event.dataset", "zeek.watch")
        .containsEntry("source.ip", "192.0.2.1")
        .containsEntry("note", "a|b");
  }

  @Test
  void one_sender_s_header_names_no_other_sender_s_columns() {
    parse(Parsed.ORIGIN, "#path\twatch", FIELDS, TYPES);
    var other = Origin.live("agency-b", "syslog.tcp", "192.0.2.9");
    assertThat(parse(other, ROW).rejection()).isNotEmpty();
    assertThat(parse(Origin.live("agency-a", "syslog.tcp", "192.0.2.8"), ROW).rejection())
        .isNotEmpty();
  }

  @Test
  void files_sent_mixed_are_told_apart_by_number_and_types_of_their_columns() {
    parse(Parsed.ORIGIN, "#path\twatch", FIELDS, TYPES);
    parse(Parsed.ORIGIN, "#path\tcount", "#fields\tts\tsize\tnote", "#types\ttime\tcount\tstring");
    assertThat(parse(Parsed.ORIGIN, ROW).get("event.dataset")).isEqualTo("zeek.watch");
    assertThat(parse(Parsed.ORIGIN, "1717200001.250000\t7\tx").get("event.dataset"))
        .isEqualTo("zeek.count");
  }

  @Test
  void unset_columns_are_left_out() {
    parse(Parsed.ORIGIN, "#unset_field\t-", "#path\twatch", FIELDS, TYPES);
    assertThat(parse(Parsed.ORIGIN, "1717200001.250000\t-\t(empty)").fields())
        .doesNotContainKeys("id.orig_h", "source.ip", "note");
  }

  @Test
  void a_sender_of_headers_without_end_is_kept_within_bounds() {
    for (int i = 0; i < 1000; i++) {
      parse(Parsed.ORIGIN, "#path\tp" + i, FIELDS, TYPES);
      parse(peer(i), "#path\tx", FIELDS);
    }
    assertThat(parse(Parsed.ORIGIN, ROW).get("event.dataset")).isEqualTo("zeek.p999");
    assertThat(parse(peer(999), ROW).get("event.dataset")).isEqualTo("zeek.x");
    assertThat(parse(peer(0), ROW).rejection()).isNotEmpty();
  }

  @Test
  void what_one_parser_learnt_of_a_sender_another_knows_too() {
    var origin = Origin.live("agency-z", "syslog.tcp", "198.51.100.7");
    var frames = FrameBatch.ofTexts(origin, Parsed.RECEIVED, "#path\twatch", FIELDS, TYPES);
    new Parser(ParseConfig.defaults()).parse(frames, 0, 0, new EventBatch());
    assertThat(Parsed.of(ROW, origin, Parsed.RECEIVED).get("event.dataset"))
        .isEqualTo("zeek.watch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"conn.0", "dns.0", "http.3", "ssl.0", "files.0", "ssh.0", "smtp.0"})
  void lines_of_common_logs_are_read_without_their_header(String log) throws IOException {
    var file = SharedData.find("logs/zeek/" + log + ".log");
    Assumptions.assumeTrue(file.isPresent(), "shared/data/logs/zeek is absent: not tested");
    for (String line : Files.readAllLines(file.orElseThrow())) {
      if (!line.startsWith("#")) {
        assertThat(parse(Parsed.ORIGIN, line).get("event.dataset"))
            .as(line)
            .isEqualTo("zeek." + log.substring(0, log.indexOf('.')));
      }
    }
  }

  @Test
  void a_line_read_without_its_header_says_so_and_one_with_it_does_not() throws IOException {
    var file = SharedData.find("logs/zeek/conn.0.log");
    Assumptions.assumeTrue(file.isPresent(), "shared/data/logs/zeek is absent: not tested");
    var lines = Files.readAllLines(file.orElseThrow());
    String row = lines.stream().filter(line -> !line.startsWith("#")).findFirst().orElseThrow();
    assertThat(parse(Parsed.ORIGIN, row).get("farol.note"))
        .isEqualTo("columns taken for Zeek's defaults");
    lines.stream().filter(line -> line.startsWith("#")).forEach(h -> parse(Parsed.ORIGIN, h));
    assertThat(parse(Parsed.ORIGIN, row).get("farol.note")).isEmpty();
  }

  @Test
  void no_line_of_another_log_is_taken_for_a_common_one() throws IOException {
    var folder = SharedData.find("logs/zeek");
    Assumptions.assumeTrue(folder.isPresent(), "shared/data/logs/zeek is absent: not tested");
    try (var files = Files.list(folder.orElseThrow())) {
      for (Path file : files.toList()) {
        String log = file.getFileName().toString().replaceFirst("\\..*", "");
        for (String line : Files.readAllLines(file)) {
          if (line.startsWith("#")) {
            continue;
          }
          var row = parse(Parsed.ORIGIN, line);
          if (row.rejection().isEmpty()) {
            assertThat(row.get("event.dataset")).as("%s: %s", file, line).isEqualTo("zeek." + log);
          }
        }
      }
    }
  }

  private static Origin peer(int i) {
    return Origin.live("agency-a", "syslog.tcp", "peer" + i);
  }

  private Parsed parse(Origin origin, String... frames) {
    var batch = new EventBatch();
    parser.parse(FrameBatch.ofTexts(origin, Parsed.RECEIVED, frames), 0, 0, batch);
    return Parsed.of(batch, frames.length - 1);
  }
}
