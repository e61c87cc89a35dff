package mo.farol.shipper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mo.farol.wire.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lumberjack, byte by byte. No sender of it could be had: the bytes are written here after the
 * published protocol, as Filebeat sends them by what its source says.
 */
class LumberjackTest extends LumberjackSession {
  @Test
  void a_window_inside_a_packed_frame_is_understood_at_every_split_point() {
    byte[] bytes = join(window(2), packed(join(json(1, ONE), json(2, TWO))));
    for (int split = 0; split <= bytes.length; split++) {
      var channel = open();
      say(channel, Arrays.copyOf(bytes, split));
      say(channel, Arrays.copyOfRange(bytes, split, bytes.length));
      assertThat(said(channel)).as("split at %d", split).endsWith(ack(2));
    }
    assertThat(log.texts()).hasSize(2 * (bytes.length + 1)).containsOnly(ONE, TWO);
    assertThat(log.blocks().getFirst().frames().origin().format()).isEqualTo("json");
  }

  @Test
  void events_without_packing_one_byte_at_a_time_give_the_same() {
    var channel = open();
    for (byte b : join(window(2), json(1, ONE), json(2, TWO))) {
      say(channel, new byte[] {b});
    }
    assertThat(log.texts()).containsExactly(ONE, TWO);
    assertThat(said(channel)).isEqualTo(ack(1) + ack(2));
  }

  @Test
  void nothing_is_acknowledged_before_it_is_on_disk() {
    var channel = open();
    log.hold();
    say(channel, join(window(2), json(1, ONE), json(2, TWO)));
    assertThat(said(channel)).isEmpty();
    log.release();
    assertThat(said(channel)).isEqualTo(ack(2));
  }

  @Test
  void a_part_of_a_window_is_acknowledged_as_it_comes() {
    var channel = open();
    say(channel, join(window(3), json(1, ONE)));
    assertThat(said(channel)).isEqualTo(ack(1));
    say(channel, join(json(2, TWO), json(3, TWO)));
    assertThat(said(channel)).isEqualTo(ack(3));
  }

  @Test
  void a_window_of_nothing_is_acknowledged_with_nothing() {
    var channel = open();
    say(channel, window(0));
    assertThat(said(channel)).isEqualTo(ack(0));
  }

  @Test
  void a_new_window_before_the_old_is_complete_loses_nothing() {
    var channel = open();
    say(channel, join(window(5), json(1, ONE), window(1), json(1, TWO)));
    assertThat(said(channel)).isEqualTo(ack(1) + ack(1));
    assertThat(log.texts()).containsExactly(ONE, TWO);
  }

  @Test
  void while_the_log_is_slow_an_acknowledgement_of_nothing_says_that_we_live() {
    var channel = open();
    channel.freezeTime();
    log.hold();
    say(channel, join(window(1), json(1, ONE)));
    channel.advanceTimeBy(7, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(said(channel)).isEqualTo(ack(0) + ack(0));
    log.release();
    assertThat(said(channel)).isEqualTo(ack(1));
    channel.advanceTimeBy(30, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(said(channel)).as("an idle connection is left alone").isEmpty();
  }

  @Test
  void what_the_log_refuses_is_not_acknowledged_and_the_connection_ends() {
    var channel = open();
    log.fail(true);
    say(channel, join(window(1), json(1, ONE)));
    assertThat(said(channel)).isEmpty();
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused("log")).isEqualTo(1);
  }

  @Test
  void pairs_of_version_one_become_json() {
    byte[] pairs =
        bytes(
            out -> {
              out.write("1W".getBytes(UTF_8));
              out.write(number(1));
              out.write("1D".getBytes(UTF_8));
              out.write(join(number(1), number(3)));
              for (String text : List.of("line", "a \"q\" \\ \t", "host", "ホスト", "empty", "")) {
                byte[] utf8 = text.getBytes(UTF_8);
                out.write(join(number(utf8.length), utf8));
              }
            });
    for (int split = 0; split <= pairs.length; split++) {
      var channel = open();
      say(channel, Arrays.copyOf(pairs, split));
      say(channel, Arrays.copyOfRange(pairs, split, pairs.length));
      assertThat(said(channel)).isEqualTo("1A\0\0\0\u0001");
    }
    assertThat(log.texts())
        .containsOnly("{\"message\":\"a \\\"q\\\" \\\\ \\u0009\",\"host\":\"ホスト\",\"empty\":\"\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3W\0\0\0\u0001", // version
        "2X\0\0\0\u0001", // type
        "2J\0\0\0\u0001\0\0\0\u0001x", // no window
        "2W\0\0\0\u00012J\0\0\0\u0001\u00ff\u00ff\u00ff\u00ff", // length of -1, as some read it
        "2W\0\0\0\u00012J\0\0\0\u0001\u0080\0\0\0", // 2^31
        "2W\0\0\0\u00012D\0\0\0\u0001\u0080\0\0\0", // 2^31 pairs
        "2W\0\0\0\u00012C\u0080\0\0\0", // 2^31 packed bytes
        "2W\0\0\0\u00012C\0\0\0\0", // nothing packed
        "2W\0\0\0\u00012C\0\0\0\u0004abcd", // not zlib
        "\u0016\u0003\u0001\u0002\0",
        "GET / HTTP/1.1\r\n\r\n"
      })
  void what_is_not_lumberjack_ends_the_connection_and_moves_a_counter(String text) {
    var channel = open();
    say(channel, text.getBytes(ISO_8859_1));
    say(channel, join(window(1), json(1, ONE)));
    assertThat(said(channel)).isEmpty();
    assertThat(refused("lumberjack")).isEqualTo(1);
    assertThat(log.texts()).isEmpty();
  }

  @Test
  void closing_down_acknowledges_what_arrived() {
    var channel = open();
    log.hold();
    say(channel, join(window(2), json(1, ONE)));
    channel.pipeline().fireUserEventTriggered(Signal.DRAIN);
    say(channel, json(2, TWO));
    log.release();
    assertThat(said(channel)).isEqualTo(ack(1));
    assertThat(log.texts()).containsExactly(ONE);
  }
}
