package mo.farol.post;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mo.farol.wire.Frames;
import org.junit.jupiter.api.Test;

class ObjectFramerTest {
  private static final int LIMIT = 64;

  @Test
  void an_odd_quote_costs_its_own_line_and_no_other() {
    assertThat(frames("{\"event\":\"a \" b\"}\n{\"event\":2}\n{\"event\":3}"))
        .containsExactly("{\"event\":\"a \" b\"}", "{\"event\":2}", "{\"event\":3}");
  }

  @Test
  void an_odd_quote_within_braces_costs_no_more() {
    assertThat(frames("[{\"a\":{\"b\":[\"x}]},\r\n{\"c\":1},\n{\"d\":\"\\\n{\"e\":{}}{\"f\":1}]"))
        .containsExactly(
            "{\"a\":{\"b\":[\"x}]},", "{\"c\":1}", "{\"d\":\"\\", "{\"e\":{}}", "{\"f\":1}");
  }

  @Test
  void objects_over_several_lines_are_frames_as_they_stand() {
    assertThat(frames("{\n \"a\": \"\\n\",\n \"b\": {}\n}\n{\"c\":1}"))
        .containsExactly("{\n \"a\": \"\\n\",\n \"b\": {}\n}", "{\"c\":1}");
  }

  @Test
  void a_long_line_with_an_odd_quote_is_cut_and_the_next_is_whole() {
    String odd = "{\"a\":\"" + "x".repeat(LIMIT);
    assertThat(frames(odd + "\n{\"b\":1}")).containsExactly(Frames.cut(odd, LIMIT), "{\"b\":1}");
  }

  // Alike at every split point.
  private static List<String> frames(String body) {
    byte[] bytes = body.getBytes(ISO_8859_1);
    var whole = cut(bytes, bytes.length);
    for (int at = 0; at < bytes.length; at++) {
      assertThat(cut(bytes, at)).as("at %d", at).isEqualTo(whole);
    }
    return whole;
  }

  private static List<String> cut(byte[] bytes, int at) {
    var frames = new Frames();
    var framer = new ObjectFramer(LIMIT, frames);
    framer.take(bytes, 0, at);
    framer.take(bytes, at, bytes.length);
    framer.end();
    return frames.texts();
  }
}
