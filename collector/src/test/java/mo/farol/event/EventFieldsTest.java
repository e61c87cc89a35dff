package mo.farol.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fields of an event are a map like any other. */
class EventFieldsTest {
  private static final int HOST = Fields.HOST_NAME;
  private static final int IP = Fields.id("source.ip");

  private static EventBatch batch() {
    var frames = new FrameBatch.Builder();
    for (String line : List.of("srv-1 opened by ana", "srv-2 nada")) {
      byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
      frames.add(utf8, 0, utf8.length, (byte) 0);
    }
    var batch = new EventBatch();
    batch.open(
        frames.build(Origin.live("finance", "test", "192.0.2.1"), Micros.of(Instant.EPOCH)), 7, 0);
    batch.add(HOST, 0, 5);
    batch.addText(IP, "198.51.100.1");
    batch.addText(Fields.MESSAGE, "aberto às três");
    batch.addText(IP, "198.51.100.2");
    batch.addText(IP, "198.51.100.3");
    batch.close(0, Severity.NOTICE, null);
    batch.addText(HOST, "srv-2");
    batch.close(0, Severity.NOTICE, "not in its format");
    return batch;
  }

  @Test
  void a_field_is_found_by_its_name_with_all_its_values() {
    var fields = batch().event(0).fields();
    assertThat(fields.get("host.name")).isEqualTo("srv-1");
    assertThat(fields.get("message")).isEqualTo("aberto às três");
    assertThat(fields.get("source.ip")).isEqualTo("198.51.100.1, 198.51.100.2, 198.51.100.3");
    assertThat(fields.get("user.name")).isNull();
    assertThat(fields.getOrDefault("user.name", "nobody")).isEqualTo("nobody");
    assertThat(fields.containsKey("source.ip")).isTrue();
    assertThat(fields.containsKey("user.name")).isFalse();
  }

  @Test
  void as_a_whole_it_has_the_order_of_the_event() {
    var fields = batch().event(0).fields();
    assertThat(fields)
        .containsExactly(
            Map.entry("host.name", "srv-1"),
            Map.entry("source.ip", "198.51.100.1, 198.51.100.2, 198.51.100.3"),
            Map.entry("message", "aberto às três"))
        .hasSize(3);
    assertThat(Map.copyOf(fields)).isEqualTo(fields).hasSameHashCodeAs(fields);
    assertThatThrownBy(() -> fields.put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> fields.entrySet().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void what_is_asked_often_answers_the_same() {
    var fields = batch().event(1).fields();
    for (int i = 0; i < 40; i++) {
      assertThat(fields.getOrDefault("host.name", "nobody")).isEqualTo("srv-2");
      assertThat(fields.get("farol.rejected")).isEqualTo("not in its format");
      assertThat(fields.get("user.name")).isNull();
    }
  }

  @Test
  void why_a_frame_was_refused_is_a_field() {
    var fields = batch().event(1).fields();
    assertThat(fields)
        .containsExactly(
            Map.entry("host.name", "srv-2"), Map.entry("farol.rejected", "not in its format"));
    assertThat(fields.get("farol.rejected")).isEqualTo("not in its format");
    assertThat(fields.containsKey("farol.rejected")).isTrue();
  }

  @Test
  void an_event_stays_as_it_is_when_its_batch_is_filled_anew() {
    var batch = batch();
    var event = batch.event(0);
    var other = new FrameBatch.Builder();
    other.add("xxxxxxxxxxxx".getBytes(StandardCharsets.UTF_8), 0, 12, (byte) 0);
    batch.open(
        other.build(Origin.live("health", "test", "192.0.2.2"), Micros.of(Instant.EPOCH)), 9, 0);
    batch.addText(HOST, "xxxxx");
    batch.addText(IP, "yyyyyyyyyyyyyyyyyyyyyyy");
    batch.close(0, Severity.NOTICE, null);
    assertThat(event.fields().get("host.name")).isEqualTo("srv-1");
    assertThat(event.fields().get("message")).isEqualTo("aberto às três");
  }
}
