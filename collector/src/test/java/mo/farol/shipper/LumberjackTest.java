package mo.farol.shipper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import mo.farol.journal.MemoryLog;
import mo.farol.wire.Frames;
import mo.farol.wire.Inlets;
import mo.farol.wire.Leaks;
import mo.farol.wire.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lumberjack, byte by byte. No sender of it could be had: the bytes are written here after the
 * published protocol, as Filebeat sends them by what its source says.
 */
@ExtendWith(Leaks.class)
class LumberjackTest {
  private static final String ONE =
      "{\"@timestamp\":\"2026-11-24T10:00:00.000Z\",\"message\":\"one\"}";
  private static final String TWO = "{\"message\":\"two\"}";
  private static final int LIMIT = 4096;

  private final MemoryLog log = new MemoryLog();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<EmbeddedChannel> channels = new ArrayList<>();

  @AfterEach
  void close() {
    log.release();
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  @Test
  void a_window_inside_a_packed_frame_is_understood_at_every_split_point() {
    byte[] bytes = join(window(2), packed(join(json(1, ONE), json(2, TWO))));
    for (int split = 0; split <= bytes.length; split++) {
      var channel = open();
      say(channel, Arrays.copyOf(bytes, split));
      say(channel, Arrays.copyOfRange(bytes, split, bytes.length));
      assertThat(Talk.said(channel)).as("split at %d", split).endsWith(ack(2));
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
    assertThat(Talk.said(channel)).isEqualTo(ack(1) + ack(2));
  }

  @Test
  void nothing_is_acknowledged_before_it_is_on_disk() {
    var channel = open();
    log.hold();
    say(channel, join(window(2), json(1, ONE), json(2, TWO)));
    assertThat(Talk.said(channel)).isEmpty();
    log.release();
    assertThat(Talk.said(channel)).isEqualTo(ack(2));
  }

  @Test
  void a_part_of_a_window_is_acknowledged_as_it_comes() {
    var channel = open();
    say(channel, join(window(3), json(1, ONE)));
    assertThat(Talk.said(channel)).isEqualTo(ack(1));
    say(channel, join(json(2, TWO), json(3, TWO)));
    assertThat(Talk.said(channel)).isEqualTo(ack(3));
  }

  @Test
  void a_window_of_nothing_is_acknowledged_with_nothing() {
    var channel = open();
    say(channel, window(0));
    assertThat(Talk.said(channel)).isEqualTo(ack(0));
  }

  @Test
  void a_new_window_before_the_old_is_complete_loses_nothing() {
    var channel = open();
    say(channel, join(window(5), json(1, ONE), window(1), json(1, TWO)));
    assertThat(Talk.said(channel)).isEqualTo(ack(1) + ack(1));
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
    assertThat(Talk.said(channel)).isEqualTo(ack(0) + ack(0));
    log.release();
    assertThat(Talk.said(channel)).isEqualTo(ack(1));
    channel.advanceTimeBy(30, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(Talk.said(channel)).as("an idle connection is left alone").isEmpty();
  }

  @Test
  void what_the_log_refuses_is_not_acknowledged_and_the_connection_ends() {
    var channel = open();
    log.fail(true);
    say(channel, join(window(1), json(1, ONE)));
    assertThat(Talk.said(channel)).isEmpty();
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
      assertThat(Talk.said(channel)).isEqualTo("1A\0\0\0\u0001");
    }
    assertThat(log.texts())
        .containsOnly("{\"message\":\"a \\\"q\\\" \\\\ \\u0009\",\"host\":\"ホスト\",\"empty\":\"\"}");
  }

  @Test
  void an_event_beyond_the_limit_is_kept_to_it_and_acknowledged() {
    var channel = open();
    say(channel, join(window(2), json(1, "x".repeat(LIMIT + 1)), json(2, TWO)));
    assertThat(Talk.said(channel)).isEqualTo(ack(2));
    assertThat(log.texts()).containsExactly("x".repeat(LIMIT), TWO);
    assertThat(log.blocks().getFirst().frames().original(0))
        .contains(Frames.original("x".repeat(LIMIT + 1)));
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
    assertThat(Talk.said(channel)).isEmpty();
    assertThat(refused("lumberjack")).isEqualTo(1);
    assertThat(log.texts()).isEmpty();
  }

  @Test
  void packed_frames_inside_packed_frames_are_refused() {
    var channel = open();
    say(channel, join(window(1), packed(packed(json(1, ONE)))));
    assertThat(refused("lumberjack")).isEqualTo(1);
    assertThat(log.texts()).isEmpty();
  }

  @Test
  void packed_frames_that_end_in_the_middle_of_one_are_refused_after_the_whole_ones() {
    var channel = open();
    byte[] two = json(2, TWO);
    say(channel, join(window(2), packed(join(json(1, ONE), Arrays.copyOf(two, two.length - 1)))));
    assertThat(refused("lumberjack")).isEqualTo(1);
    assertThat(Talk.said(channel)).isEqualTo(ack(1));
  }

  @Test
  void a_bomb_is_refused_long_before_it_has_unpacked() {
    var channel = open();
    byte[] bomb =
        packed(join("2J".getBytes(UTF_8), number(1), number(60 << 20), new byte[60 << 20]));
    assertThat(bomb.length).isLessThan(200_000);
    say(channel, join(window(1), bomb));
    assertThat(refused("lumberjack")).isEqualTo(1);
    assertThat(log.texts()).isEmpty();
  }

  @Test
  void what_unpacks_to_very_much_waits_while_a_megabyte_is_unanswered() {
    var channel = open();
    log.hold();
    var events = new byte[3000][];
    for (int i = 0; i < events.length; i++) {
      events[i] = json(i + 1, "{\"message\":\"" + "x".repeat(2000) + i + "\"}");
    }
    byte[] all = join(window(3000), packed(join(events)));
    assertThat(all.length).isLessThan(100_000);
    say(channel, all);
    assertThat(log.heldBytes()).isBetween(1L << 20, 2L << 20);
    assertThat(channel.config().isAutoRead()).isFalse();
    log.release();
    assertThat(Talk.said(channel)).endsWith(ack(3000));
    assertThat(log.texts()).hasSize(3000);
  }

  @Test
  void closing_down_acknowledges_what_arrived() {
    var channel = open();
    log.hold();
    say(channel, join(window(2), json(1, ONE)));
    channel.pipeline().fireUserEventTriggered(Signal.DRAIN);
    say(channel, json(2, TWO));
    log.release();
    assertThat(Talk.said(channel)).isEqualTo(ack(1));
    assertThat(log.texts()).containsExactly(ONE);
  }

  @Test
  void random_bytes_never_do_more_than_end_the_connection() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("LumberjackTest seed=" + seed);
    var random = new Random(seed);
    byte[] good = join(window(2), packed(join(json(1, ONE), json(2, TWO))));
    for (int round = 0; round < 2000; round++) {
      var channel = open();
      byte[] bytes = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      say(channel, bytes);
      channel.checkException();
      channel.finishAndReleaseAll();
    }
  }

  private EmbeddedChannel open() {
    var channel = new EmbeddedChannel();
    new ShipperInputs(Inlets.over(log, metrics, LIMIT)).lumberjack(channel, "agency-a");
    channels.add(channel);
    return channel;
  }

  private static void say(EmbeddedChannel channel, byte[] bytes) {
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.copiedBuffer(bytes));
    }
  }

  private double refused(String reason) {
    return metrics.counter("farol_intake_refused_total", "reason", reason).count();
  }

  private static String ack(int number) {
    return "2A\0\0" + (char) (number >> 8) + (char) (number & 0xff);
  }

  private static byte[] window(int count) {
    return join("2W".getBytes(UTF_8), number(count));
  }

  private static byte[] json(int number, String json) {
    byte[] utf8 = json.getBytes(UTF_8);
    return join("2J".getBytes(UTF_8), number(number), number(utf8.length), utf8);
  }

  private static byte[] packed(byte[] frames) {
    var deflater = new Deflater();
    deflater.setInput(frames);
    deflater.finish();
    byte[] out = new byte[frames.length + 100];
    int length = deflater.deflate(out);
    deflater.end();
    return join("2C".getBytes(UTF_8), number(length), Arrays.copyOf(out, length));
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private interface Writing {
    void to(ByteArrayOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    var out = new ByteArrayOutputStream();
    try {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    return bytes(
        out -> {
          for (byte[] part : parts) {
            out.write(part);
          }
        });
  }

  @Test
  void a_bomb_in_many_small_frames_is_refused_as_one_is() {
    var channel = open();
    byte[] events = json(1, " ".repeat(2 << 20));
    byte[] small = packed(events);
    assertThat(events.length / small.length).isGreaterThan(400);
    say(channel, window(100));
    for (int i = 0; i < 3; i++) {
      say(channel, small);
    }
    assertThat(refused("lumberjack")).isZero();
    for (int i = 0; i < 3; i++) {
      say(channel, small);
    }
    assertThat(refused("lumberjack")).isEqualTo(1);
  }

  @Test
  void empty_events_behind_an_unanswered_one_are_bounded() {
    var channel = open();
    log.hold();
    say(channel, join(window(2), json(1, ONE)));
    byte[] empty = json(2, "");
    byte[] many = new byte[empty.length * 10_000];
    for (int i = 0; i < 10_000; i++) {
      System.arraycopy(empty, 0, many, i * empty.length, empty.length);
    }
    for (int i = 0; i < 200 && channel.config().isAutoRead(); i++) {
      say(channel, many);
    }
    assertThat(channel.config().isAutoRead()).isFalse();
  }
}
