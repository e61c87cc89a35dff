package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;

import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import org.junit.jupiter.api.Test;

class ZeekTest {
  private static final String FIELDS = "#fields\tts\tid.orig_h\tnote";
  private static final String TYPES = "#types\ttime\taddr\tset[string]";
  private static final String ROW = "1717200001.250000\t192.0.2.1\ta,b";

  private final Parser parser = new Parser(ParseConfig.defaults());

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

  private static Origin peer(int i) {
    return Origin.live("agency-a", "syslog.tcp", "peer" + i);
  }

  private Parsed parse(Origin origin, String... frames) {
    var batch = new EventBatch();
    parser.parse(FrameBatch.ofTexts(origin, Parsed.RECEIVED, frames), 0, 0, batch);
    return Parsed.of(batch, frames.length - 1);
  }
}
