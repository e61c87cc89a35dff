package mo.farol.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import mo.farol.wire.Counts;
import mo.farol.wire.Frames;
import org.junit.jupiter.api.Test;

/** Where a message ends, as the listener says or the sender shows, and what is counted of it. */
class FramingTest {
  private static final int LIMIT = 64;
  private static final String GLUED = "<14>1 2026-11-24T10:00:00Z h a - - - ";

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @Test
  void on_a_listener_of_line_feeds_a_line_may_begin_like_a_count_and_hold_nul() {
    assertThat(cut(Framing.LF, "5 <14>a\n<14>b\0c\r\n"))
        .containsExactly("5 <14>a", "<14>b\0c")
        .isEqualTo(byteByByte(Framing.LF, "5 <14>a\n<14>b\0c\r\n"));
  }

  @Test
  void on_a_listener_of_nul_a_message_has_several_lines() {
    String stream = "<14>a\n5 <14>b\n\0<14>c\0";
    assertThat(cut(Framing.NUL, stream))
        .containsExactly("<14>a\n5 <14>b", "<14>c")
        .isEqualTo(byteByByte(Framing.NUL, stream));
  }

  @Test
  void on_a_listener_of_counts_what_has_none_is_kept_to_its_line_end_and_counted() {
    assertThat(cut(Framing.OCTET, "<14>a\n5 <14>b<14>c\n"))
        .containsExactly("<14>a", "<14>b", "<14>c");
    assertThat(metrics.counter("farol_intake_refused_total", "reason", "octet-count").count())
        .isEqualTo(2);
  }

  @Test
  void only_auto_takes_a_message_that_begins_within_another_for_one() {
    String stream = GLUED + "x" + GLUED + "y";
    assertThat(cut(Framing.AUTO, stream)).hasSize(2);
    for (var framing : List.of(Framing.SHOWN, Framing.OCTET, Framing.LF, Framing.NUL)) {
      assertThat(cut(framing, stream)).as("%s", framing).hasSize(1);
    }
  }

  @Test
  void frames_are_counted_by_what_ended_them() {
    cut(Framing.SHOWN, "5 <14>a6 <14>b\n5 <14>c");
    assertThat(List.of(kind("octet"), kind("octet-lf"))).containsExactly(2.0, 1.0);
    cut(Framing.SHOWN, "<14>a\n<14>b\r\n\n<14>c\0<14>d");
    assertThat(List.of(kind("lf"), kind("nul"), kind("none"), kind("partial")))
        .containsExactly(2.0, 1.0, 0.0, 1.0);
    cut(Framing.AUTO, GLUED + "x" + GLUED + "y");
    assertThat(List.of(kind("none"), kind("partial"))).containsExactly(2.0, 1.0);
  }

  @Test
  void long_frames_are_counted_too() {
    String text = "<14>" + "x".repeat(96);
    cut(Framing.SHOWN, "100 " + text + "101 " + text + "\n");
    cut(Framing.SHOWN, text + "\n" + text + "\0");
    assertThat(List.of(kind("octet"), kind("octet-lf"), kind("lf"), kind("nul"), kind("none")))
        .containsExactly(1.0, 1.0, 1.0, 1.0, 0.0);
  }

  private double kind(String kind) {
    return metrics.counter("farol_intake_framing_total", "kind", kind).count();
  }

  private List<String> cut(Framing framing, String stream) {
    return cut(framing, List.of(Frames.bytes(stream)));
  }

  private List<String> byteByByte(Framing framing, String stream) {
    var bytes = new ArrayList<byte[]>();
    stream.chars().forEach(c -> bytes.add(new byte[] {(byte) c}));
    return cut(framing, bytes);
  }

  private List<String> cut(Framing framing, List<byte[]> chunks) {
    var framer = new Framer(LIMIT, framing);
    var frames = Cutting.of(framer, chunks);
    framer.tell(new Counts(metrics));
    return frames;
  }
}
