package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;

import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import org.junit.jupiter.api.Test;

class ParserTest {
  private static Origin asking(String format) {
    return new Origin("agency-a", "import", "192.0.2.9", "1", false, format, 2025, "UTC");
  }

  @Test
  void one_frame_is_one_event_in_order_good_and_bad_alike() {
    var frames =
        FrameBatch.ofTexts(
            Parsed.ORIGIN, Parsed.RECEIVED, "<13>one", "", "{\"message\":\"three\"}");
    var batch = new EventBatch();
    new Parser(ParseConfig.defaults()).parse(frames, 40, 9, batch);
    assertThat(batch.count()).isEqualTo(3);
    assertThat(Parsed.of(batch, 0).get("message")).isEqualTo("one");
    assertThat(Parsed.of(batch, 1).rejection()).isEqualTo("empty frame");
    assertThat(Parsed.of(batch, 2).get("message")).isEqualTo("three");
    assertThat(batch.sequence(2)).isEqualTo(42);
    assertThat(batch.position()).isEqualTo(9);
  }

  @Test
  void an_array_where_an_object_is_wanted_has_no_keys_of_the_frame_before() {
    var batch = new EventBatch();
    var frames =
        FrameBatch.ofTexts(
            asking("hec"), Parsed.RECEIVED, "{\"a long key\":1,\"event\":\"x\"}", "[2[\n");
    new Parser(ParseConfig.defaults()).parse(frames, 0, 0, batch);
    assertThat(batch.rejection(0)).isNull();
    assertThat(batch.rejection(1)).isEqualTo("not a JSON object as HEC wants it");
  }

  @Test
  void nothing_of_one_event_leaks_into_the_next() {
    var frames =
        FrameBatch.ofTexts(
            Parsed.ORIGIN,
            Parsed.RECEIVED,
            "<8>Oct 11 22:14:15 other sshd[1]: Failed password for x from 192.0.2.1 port 1 ssh2",
            "<13>Failed password for y from 192.0.2.2 port 2 ssh2");
    var batch = new EventBatch();
    new Parser(ParseConfig.defaults()).parse(frames, 0, 0, batch);
    var second = Parsed.of(batch, 1);
    assertThat(second.fields()).doesNotContainKey("event.dataset");
    assertThat(second.get("host.name")).isEqualTo(Parsed.ORIGIN.peer());
    assertThat(second.at()).isEqualTo(Parsed.RECEIVED);
  }

  @Test
  void names_made_up_by_one_agency_do_not_use_up_those_of_another() {
    var greedy = Origin.live("agency-greedy", "http", "192.0.2.66");
    for (int round = 0; round < 10; round++) {
      var fields = new StringBuilder("{\"message\":\"m\"");
      for (int i = 0; i < 900; i++) {
        fields.append(",\"made.up.n").append(round * 900 + i).append("\":1");
      }
      Parsed.of(fields + "}", greedy, Parsed.RECEIVED);
    }

    String fresh = "{\"message\":\"m\",\"late.name\":\"v\"}";
    assertThat(Parsed.of(fresh, greedy, Parsed.RECEIVED).fields())
        .doesNotContainKey("late.name")
        .containsEntry("farol.overflow", "v");
    assertThat(Parsed.of(fresh).get("late.name")).isEqualTo("v");
    assertThat(Parsed.of(fresh, greedy, Parsed.RECEIVED).get("late.name")).isEqualTo("v");
  }

  @Test
  void the_format_asked_for_is_the_one_tried() {
    String text = "not much of a syslog message";
    assertThat(Parsed.of(text, asking("text"), Parsed.RECEIVED).get("message")).isEqualTo(text);
    assertThat(Parsed.of(text, asking("syslog"), Parsed.RECEIVED).get("farol.note"))
        .isEqualTo("no priority");
    assertThat(Parsed.of(text, asking("json"), Parsed.RECEIVED).rejection())
        .isEqualTo("JSON must be an object");
    assertThat(Parsed.of("<13>" + text, asking("gelf"), Parsed.RECEIVED).rejection())
        .isEqualTo("JSON must be an object");
  }

  @Test
  void an_archive_s_frames_do_not_take_the_host_of_whoever_imports_them() {
    assertThat(Parsed.of("<13>one", asking(""), Parsed.RECEIVED).fields())
        .doesNotContainKey("host.name");
  }
}
