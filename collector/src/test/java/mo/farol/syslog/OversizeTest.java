package mo.farol.syslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import mo.farol.wire.Frames;
import org.junit.jupiter.api.Test;

/** Messages of syslog that are longer than is kept. */
class OversizeTest {
  private static final int LIMIT = 1024;

  @Test
  void the_start_of_an_oversize_line_is_kept_and_the_next_one_is_whole() {
    String long1 = "<14>" + "x".repeat(5000);
    assertThat(frames(long1 + "\n<14>next\n"))
        .containsExactly(Frames.cut(long1, LIMIT), "<14>next");
  }

  @Test
  void the_start_of_an_oversize_counted_message_is_kept_and_the_next_one_is_whole() {
    String long1 = "<14>" + "x".repeat(4996);
    assertThat(frames("5000 " + long1 + "6 <14>nx"))
        .containsExactly(Frames.cut(long1, LIMIT), "<14>nx");
  }

  @Test
  void a_megabyte_of_garbage_is_one_truncated_frame_and_the_connection_goes_on() {
    byte[] garbage = new byte[1 << 20];
    Arrays.fill(garbage, (byte) 0xa7);
    var frames = Cutting.of(LIMIT, List.of(garbage, Frames.bytes("\n<14>after\n")));
    assertThat(frames).hasSize(2);
    assertThat(frames.getFirst()).isEqualTo(Frames.cut(new String(garbage, ISO_8859_1), LIMIT));
    assertThat(frames.getLast()).isEqualTo("<14>after");
  }

  @Test
  void garbage_without_an_end_ends_when_the_sender_is_quiet() {
    var out = new Frames();
    var framer = new Framer(LIMIT, Framing.AUTO);
    Cutting.send(framer, new byte[] {'a'}, out);
    Cutting.send(framer, Frames.bytes("b".repeat(5000)), out);
    framer.quiet(out);
    Cutting.send(framer, Frames.bytes("<14>after\n"), out);
    assertThat(out.texts()).hasSize(2).last().isEqualTo("<14>after");
  }

  private static List<String> frames(String input) {
    return Cutting.of(LIMIT, List.of(Frames.bytes(input)));
  }
}
