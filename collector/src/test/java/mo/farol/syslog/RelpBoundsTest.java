package mo.farol.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mo.farol.wire.Frames;
import org.junit.jupiter.api.Test;

/** How much a RELP session may hold, and how long it may go on. */
class RelpBoundsTest extends RelpSession {
  @Test
  void a_message_beyond_the_limit_is_kept_to_it_and_answered() {
    var channel = open();
    String large = "<38>" + "x".repeat(5000);
    say(channel, OPEN + "2 syslog " + large.length() + " " + large + "\n3 syslog 7 <38>one\n");
    assertThat(said(channel)).isEqualTo(OPENED + "2 rsp 6 200 OK\n3 rsp 6 200 OK\n");
    assertThat(log.texts()).containsExactly(large.substring(0, LIMIT), "<38>one");
    assertThat(log.blocks().getFirst().frames().original(0)).contains(Frames.original(large));
  }

  @Test
  void a_session_is_not_read_while_a_megabyte_of_it_is_unanswered() {
    var channel = open();
    say(channel, OPEN);
    log.hold();
    String text = "x".repeat(1000);
    for (int i = 2; i < 1200; i++) {
      say(channel, i + " syslog 1000 " + text + "\n");
    }
    assertThat(channel.config().isAutoRead()).isFalse();
    log.release();
    channel.runPendingTasks();
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void empty_messages_without_end_are_bounded_too() {
    var channel = open();
    say(channel, OPEN);
    log.hold();
    say(channel, "2 syslog 1 x\n");
    for (int i = 3; i < 40_000 && channel.config().isAutoRead(); i++) {
      say(channel, i + " syslog 0\n");
    }
    assertThat(channel.config().isAutoRead()).isFalse();
    log.release();
  }

  @Test
  void random_bytes_never_do_more_than_end_the_connection() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("RelpTest seed=" + seed);
    var random = new Random(seed);
    String alphabet = "0123456789 \nopensyslogcloe\0\u00ff";
    for (int round = 0; round < 2000; round++) {
      var channel = open();
      var text = new StringBuilder(random.nextBoolean() ? OPEN : "");
      for (int i = random.nextInt(200); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      say(channel, text.toString());
      channel.checkException();
      channel.finishAndReleaseAll();
    }
  }

  @Test
  void sixteen_unknown_commands_end_the_session() {
    var channel = open();
    var commands = new StringBuilder(OPEN);
    for (int i = 2; i < 1000; i++) {
      commands.append(i).append(" frobnicate 0\n");
    }
    say(channel, commands.toString());
    assertThat(said(channel).split("500 this command", -1)).hasSize(16);
    assertThat(refused("relp-command")).isEqualTo(16);
    assertThat(refused("relp")).isEqualTo(1);
  }

  @Test
  void answers_to_one_read_leave_together() {
    var flushes = new AtomicInteger();
    var counted = new EmbeddedChannel();
    counted
        .pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void flush(ChannelHandlerContext context) {
                flushes.incrementAndGet();
                context.flush();
              }
            });
    var channel = open(counted);
    say(channel, OPEN);
    int before = flushes.get();
    say(channel, "2 frobnicate 0\n3 syslog 0\n4 frobnicate 0\n5 syslog 0\n6 frobnicate 0\n");
    assertThat(said(channel)).contains("6 rsp 34 500");
    // EmbeddedChannel itself flushes once for each read.
    assertThat(flushes.get() - before).isLessThanOrEqualTo(2);
  }

  @Test
  void what_arrives_while_much_is_unanswered_waits_and_is_taken_after() {
    var channel = open();
    say(channel, OPEN);
    log.hold();
    String text = "x".repeat(1000);
    int last = 1;
    while (channel.config().isAutoRead()) {
      say(channel, ++last + " syslog 1000 " + text + "\n");
    }
    long held = log.heldBytes();
    say(channel, "900000 syslog 7 <38>one\n");
    assertThat(log.heldBytes()).isEqualTo(held);
    log.release();
    assertThat(said(channel)).endsWith("900000 rsp 6 200 OK\n");
    assertThat(log.texts()).hasSize(last).endsWith("<38>one");
  }

  @Test
  void half_a_frame_has_two_minutes_and_a_quiet_session_for_ever() {
    for (String half :
        new String[] {"2", "2 sys", "2 syslog 7", "2 syslog 7 <38>", "2 syslog 7 <38>one"}) {
      var channel = open();
      channel.freezeTime();
      say(channel, OPEN);
      pass(channel, 1000);
      say(channel, half);
      pass(channel, 119);
      assertThat(channel.isOpen()).as(half).isTrue();
      pass(channel, 2);
      assertThat(channel.isOpen()).as(half).isFalse();
    }
    assertThat(refused("unfinished")).isEqualTo(5);
  }

  private static void pass(EmbeddedChannel channel, int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }
}
