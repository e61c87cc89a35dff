package mo.farol.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import mo.farol.event.FrameBatch;
import mo.farol.journal.MemoryLog;
import mo.farol.wire.Frames;
import mo.farol.wire.Inlets;
import mo.farol.wire.Leaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One connection of a syslog sender over TCP. */
@ExtendWith(Leaks.class)
class SyslogConnectionTest {
  private static final int LIMIT = 1024;
  private static final String LONG = "<14>" + "x".repeat(2 * LIMIT) + "\n";

  private final MemoryLog log = new MemoryLog();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final SyslogInputs inputs = new SyslogInputs(Inlets.over(log, metrics, LIMIT));

  @Test
  void the_sixtieth_message_within_a_minute_that_is_too_long_ends_the_connection() {
    var channel = open(Framing.SHOWN);
    for (int i = 0; i < 59; i++) {
      say(channel, LONG);
    }
    assertThat(channel.isOpen()).isTrue();
    say(channel, LONG + "<14>after\n");
    assertThat(channel.isOpen()).isFalse();
    assertThat(log.texts()).hasSize(61).last().isEqualTo("<14>after"); // it had been read
    assertThat(refused("oversize")).isEqualTo(1);
    channel.finishAndReleaseAll();
  }

  @Test
  void a_sender_of_a_long_message_now_and_then_is_not_cut_off() {
    var channel = open(Framing.SHOWN);
    channel.freezeTime();
    for (int i = 0; i < 200; i++) {
      say(channel, LONG);
      channel.advanceTimeBy(1200, TimeUnit.MILLISECONDS);
    }
    assertThat(channel.isOpen()).isTrue();
    assertThat(refused("oversize")).isZero();
    channel.finishAndReleaseAll();
  }

  @Test
  void a_message_that_does_not_end_within_64_mib_ends_the_connection_and_its_start_is_kept() {
    var channel = open(Framing.SHOWN);
    byte[] piece = new byte[1 << 20];
    Arrays.fill(piece, (byte) 'x');
    int pieces = 0;
    while (channel.isOpen()) {
      channel.writeInbound(Unpooled.wrappedBuffer(piece));
      pieces++;
    }
    assertThat(pieces).isEqualTo(65);
    assertThat(log.texts()).containsExactly("x".repeat(LIMIT));
    assertThat(log.blocks().getFirst().frames().original(0).orElseThrow().length())
        .isBetween(64L << 20, 65L << 20);
    assertThat(refused("oversize")).isEqualTo(1);
    channel.finishAndReleaseAll();
  }

  @Test
  void a_connection_that_breaks_within_a_long_message_leaves_what_came_of_it() {
    for (String before : new String[] {"", "9000 ", "<14>a\n"}) {
      var channel = open(Framing.AUTO);
      String part = "<14>" + "x".repeat(3000);
      say(channel, before + part);
      channel.finishAndReleaseAll();
      assertThat(log.blocks().getLast().frames().original(0)).contains(Frames.original(part));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'<14>a|<14>ha', 1",
    "'5 <14>a9 <14>ha', 1",
    "'<14>a|<14>b|', 0",
    "'5 <14>a5 <14>b', 0",
    "'<14>a', 0"
  })
  void half_a_frame_at_an_orderly_end_is_counted_and_a_sender_without_ends_is_not(
      String text, int expected) {
    var channel = open(Framing.AUTO);
    say(channel, text.replace('|', '\n'));
    channel.finishAndReleaseAll();
    assertThat(metrics.counter("farol_intake_broken_total", "input", "syslog.tcp").count())
        .isEqualTo(expected);
    var last = log.blocks().getLast().frames();
    assertThat(last.marks(last.count() - 1)).isEqualTo(expected == 1 ? FrameBatch.PARTIAL : 0);
    assertThat(metrics.counter("farol_intake_guessed_total").count()).isZero();
  }

  private EmbeddedChannel open(Framing framing) {
    var channel = new EmbeddedChannel();
    inputs.initialize(channel, "agency-a", "syslog.tcp", framing);
    return channel;
  }

  private static void say(EmbeddedChannel channel, String text) {
    channel.writeInbound(Unpooled.wrappedBuffer(Frames.bytes(text)));
  }

  private double refused(String reason) {
    return metrics.counter("farol_intake_refused_total", "reason", reason).count();
  }

  @Test
  void half_a_message_has_two_minutes_and_what_came_of_it_is_kept() {
    for (String half : new String[] {"<14>ha", "5 <1", "5", "3000 <14>" + "x".repeat(2000)}) {
      var channel = open(Framing.SHOWN);
      channel.freezeTime();
      channel.advanceTimeBy(1000, TimeUnit.SECONDS);
      say(channel, half);
      channel.advanceTimeBy(119, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
      assertThat(channel.isOpen()).as(half).isTrue();
      channel.advanceTimeBy(2, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
      assertThat(channel.isOpen()).as(half).isFalse();
      channel.finishAndReleaseAll();
    }
    assertThat(log.texts()).hasSize(4).contains("<14>ha", "<1");
    assertThat(refused("unfinished")).isEqualTo(4);
  }
}
