package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mo.farol.event.Origin;
import org.junit.jupiter.api.Test;

class TrialTest {
  @Test
  void every_line_with_text_is_tried_and_empty_ones_are_left_out() {
    var events =
        Trial.read("<13>one\r\n\n{\"a\":1}\nnothing known", Parsed.ORIGIN, Parsed.RECEIVED);
    assertThat(events.count()).isEqualTo(3);
    assertThat(events.event(1).fields()).containsEntry("a", "1");
    assertThat(events.rejection(2)).isEqualTo("no priority, no time and no format we know");
  }

  @Test
  void a_chain_of_formats_is_tried_in_its_order_and_its_last_takes_what_is_left() {
    var chain = new Origin("a", "try", "", "", false, "json+kv+text", 0, "UTC");
    var events = Trial.read("{\"a\":1}\na=1 b=2 c=3\nanything", chain, Parsed.RECEIVED);
    assertThat(Parsed.of(events, 0).get("a")).isEqualTo("1");
    assertThat(Parsed.of(events, 1).get("kv.b")).isEqualTo("2");
    assertThat(Parsed.of(events, 2).get("message")).isEqualTo("anything");
    assertThat(Parsed.of(events, 2).rejection()).isEmpty();
  }

  @Test
  void text_and_lines_are_bounded() {
    String many = "<13>x\n".repeat(1000);
    assertThat(Trial.read(many, Parsed.ORIGIN, Parsed.RECEIVED).count())
        .isEqualTo(Trial.MOST_LINES);
    assertThatThrownBy(
            () -> Trial.read("x".repeat(Trial.MOST_BYTES + 1), Parsed.ORIGIN, Parsed.RECEIVED))
        .hasMessageContaining("64 KiB");
  }
}
