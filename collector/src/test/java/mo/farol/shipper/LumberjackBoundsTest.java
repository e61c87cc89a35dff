package mo.farol.shipper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mo.farol.wire.Frames;
import org.junit.jupiter.api.Test;

/** How much a Lumberjack connection may send, pack and hold. */
class LumberjackBoundsTest extends LumberjackSession {
  @Test
  void an_event_beyond_the_limit_is_kept_to_it_and_acknowledged() {
    var channel = open();
    say(channel, join(window(2), json(1, "x".repeat(LIMIT + 1)), json(2, TWO)));
    assertThat(said(channel)).isEqualTo(ack(2));
    assertThat(log.texts()).containsExactly("x".repeat(LIMIT), TWO);
    assertThat(log.blocks().getFirst().frames().original(0))
        .contains(Frames.original("x".repeat(LIMIT + 1)));
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
    assertThat(said(channel)).isEqualTo(ack(1));
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
    assertThat(said(channel)).endsWith(ack(3000));
    assertThat(log.texts()).hasSize(3000);
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

  @Test
  void half_a_frame_has_two_minutes_and_a_quiet_connection_for_ever() {
    byte[] event = join(window(2), json(1, ONE));
    byte[] packed = packed(event);
    for (byte[] bytes : new byte[][] {event, packed}) {
      for (int half : new int[] {1, 5, 20}) {
        var channel = open();
        channel.freezeTime();
        pass(channel, 1000);
        say(channel, Arrays.copyOf(bytes, half));
        pass(channel, 119);
        assertThat(channel.isOpen()).as("%d", half).isTrue();
        pass(channel, 2);
        assertThat(channel.isOpen()).as("%d", half).isFalse();
      }
    }
    assertThat(refused("unfinished")).isEqualTo(6);
  }

  private static void pass(EmbeddedChannel channel, int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }
}
