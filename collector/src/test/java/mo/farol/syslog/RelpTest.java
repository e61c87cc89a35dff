package mo.farol.syslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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

/** RELP, byte by byte. What rsyslog's own client says is in its words. */
@ExtendWith(Leaks.class)
class RelpTest {
  private static final String OPEN =
      """
      1 open 86 relp_version=0
      relp_software=librelp,1.11.0,http://librelp.adiscon.com
      commands=syslog
      """;
  private static final String OPENED =
      """
      1 rsp 57 200 OK
      relp_version=0
      relp_software=farol
      commands=syslog
      """;
  private static final int LIMIT = 1024;

  private final MemoryLog log = new MemoryLog();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<EmbeddedChannel> channels = new ArrayList<>();

  @AfterEach
  void close() {
    log.release();
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  @Test
  void a_session_of_rsyslog_is_understood_at_every_split_point() {
    // Payload with LF and the frame's own LF; a close of nothing without a blank before the
    // nothing.
    String session = OPEN + "2 syslog 8 <38>one\n\n3 syslog 7 <38>two\n4 close 0\n";
    String expected = OPENED + "2 rsp 6 200 OK\n3 rsp 6 200 OK\n4 rsp 0\n0 serverclose 0\n";
    for (int split = 0; split <= session.length(); split++) {
      var channel = open();
      say(channel, session.substring(0, split));
      say(channel, session.substring(split));
      assertThat(said(channel)).as("split at %d", split).isEqualTo(expected);
    }
    assertThat(log.texts()).hasSize(2 * (session.length() + 1)).containsOnly("<38>one", "<38>two");
  }

  @Test
  void one_byte_at_a_time_gives_the_same() {
    var channel = open();
    for (char c : (OPEN + "2 syslog 7 <38>one\n3 close 0 \n").toCharArray()) {
      say(channel, String.valueOf(c));
    }
    assertThat(said(channel)).isEqualTo(OPENED + "2 rsp 6 200 OK\n3 rsp 0\n0 serverclose 0\n");
    assertThat(log.texts()).containsExactly("<38>one");
  }

  @Test
  void nothing_is_answered_before_it_is_on_disk() {
    var channel = open();
    say(channel, OPEN);
    log.hold();
    say(channel, "2 syslog 7 <38>one\n3 syslog 7 <38>two\n");
    assertThat(said(channel)).isEqualTo(OPENED);
    log.release();
    assertThat(said(channel)).isEqualTo("2 rsp 6 200 OK\n3 rsp 6 200 OK\n");
  }

  @Test
  void answers_leave_in_the_order_of_the_commands() {
    var channel = open();
    say(channel, OPEN);
    log.hold();
    say(channel, "2 syslog 7 <38>one\n3 frobnicate 0\n4 syslog 0\n5 syslog 7 <38>two\n6 close 0\n");
    assertThat(said(channel)).isEqualTo(OPENED);
    log.release();
    assertThat(said(channel))
        .isEqualTo(
            """
            2 rsp 6 200 OK
            3 rsp 34 500 this command is not known here
            4 rsp 6 200 OK
            5 rsp 6 200 OK
            6 rsp 0
            0 serverclose 0
            """);
    assertThat(log.texts()).containsExactly("<38>one", "<38>two");
  }

  @Test
  void what_the_log_refuses_has_no_answer_and_the_connection_ends() {
    var channel = open();
    say(channel, OPEN + "2 syslog 7 <38>one\n");
    log.fail(true);
    say(channel, "3 syslog 7 <38>two\n");
    assertThat(said(channel)).isEqualTo(OPENED + "2 rsp 6 200 OK\n");
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused("log")).isEqualTo(1);
  }

  @Test
  void what_may_not_have_been_answered_is_marked_when_it_comes_again() {
    var inputs = new SyslogInputs(Inlets.over(log, metrics, LIMIT));
    var broken = open(inputs);
    say(broken, OPEN + "2 syslog 7 <38>one\n");
    log.hold();
    say(broken, "3 syslog 7 <38>two\n");
    broken.close();
    log.release();
    var again = open(inputs);
    say(again, OPEN + "2 syslog 7 <38>one\n3 syslog 7 <38>two\n4 syslog 9 <38>three\n");
    assertThat(log.texts()).endsWith("<38>one", "<38>two", "<38>three");
    var last = log.blocks().getLast().frames();
    assertThat(IntStream.range(0, 3).map(last::marks)).containsExactly(4, 4, 0);
  }

  @Test
  void after_a_proper_close_nothing_is_in_doubt() {
    var inputs = new SyslogInputs(Inlets.over(log, metrics, LIMIT));
    var first = open(inputs);
    say(first, OPEN + "2 syslog 7 <38>one\n3 close 0\n");
    first.close();
    say(open(inputs), OPEN + "2 syslog 7 <38>one\n");
    assertThat(log.blocks().getLast().frames().marks(0)).isZero();
  }

  @Test
  void numbers_wrap_to_one() {
    var channel = open();
    say(channel, OPEN + "999999999 syslog 7 <38>one\n1 syslog 7 <38>two\n");
    assertThat(said(channel)).isEqualTo(OPENED + "999999999 rsp 6 200 OK\n1 rsp 6 200 OK\n");
  }

  @Test
  void version_one_is_taken_too() {
    var channel = open();
    String offers = "relp_version=1\nrelp_software=rlp_01\ncommands=syslog";
    say(channel, "1 open " + offers.length() + " " + offers + "\n");
    assertThat(said(channel)).contains("200 OK\nrelp_version=1\n");
  }

  @Test
  void a_client_that_does_not_offer_syslog_is_refused() {
    var channel = open();
    say(channel, "1 open 32 relp_version=0\ncommands=starttls\n");
    assertThat(said(channel)).startsWith("1 rsp 48 500 ");
    assertThat(refused("relp")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2 syslog 7 <38>one\n", // before open
        OPEN + OPEN, // twice
        OPEN + "0 syslog 7 <38>one\n", // 0 is for hints
        OPEN + "1234567890 syslog 7 <38>one\n",
        OPEN + "2 syslog 0000000000007 <38>one\n",
        OPEN + "2 syslog 999999999 <38>one\n",
        OPEN + "2 syslog -1 <38>one\n",
        OPEN + "2 syslog 7 <38>one!",
        OPEN + "2 sys/log 7 <38>one\n",
        OPEN + "2 sssssssssssssssssssssssssssssssssssssss 7 <38>one\n",
        "\u0016\u0003\u0001\u0002\u0000",
        "GET / HTTP/1.1\r\n\r\n",
        "\n"
      })
  void what_is_not_relp_ends_the_connection_and_moves_a_counter(String bytes) {
    var channel = open();
    say(channel, bytes);
    say(channel, "3 syslog 7 <38>two\n");
    assertThat(said(channel)).doesNotContain("3 rsp");
    assertThat(refused("relp")).isEqualTo(1);
    assertThat(log.texts()).doesNotContain("<38>two");
  }

  @Test
  void what_was_answered_before_a_breach_is_still_answered() {
    var channel = open();
    log.hold();
    say(channel, OPEN + "2 syslog 7 <38>one\nnonsense");
    log.release();
    assertThat(said(channel)).isEqualTo(OPENED + "2 rsp 6 200 OK\n");
  }

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
  void a_text_that_looks_like_frames_forges_none() {
    var channel = open();
    String text = "<38>a\n3 syslog 6 <38>no\n";
    say(channel, OPEN + "2 syslog " + text.length() + " " + text + "\n");
    assertThat(said(channel)).isEqualTo(OPENED + "2 rsp 6 200 OK\n");
    assertThat(log.texts()).containsExactly(text.strip());
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
  void closing_down_answers_what_arrived_and_says_goodbye() {
    var channel = open();
    say(channel, OPEN);
    log.hold();
    say(channel, "2 syslog 7 <38>one\n");
    channel.pipeline().fireUserEventTriggered(Signal.DRAIN);
    say(channel, "3 syslog 7 <38>two\n");
    log.release();
    assertThat(said(channel)).isEqualTo(OPENED + "2 rsp 6 200 OK\n0 serverclose 0\n");
    assertThat(log.texts()).containsExactly("<38>one");
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

  private EmbeddedChannel open() {
    return open(new SyslogInputs(Inlets.over(log, metrics, LIMIT)));
  }

  private EmbeddedChannel open(SyslogInputs inputs) {
    var channel = new EmbeddedChannel();
    inputs.relp(channel, "agency-a");
    channels.add(channel);
    return channel;
  }

  private static void say(EmbeddedChannel channel, String text) {
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
    }
  }

  private static String said(EmbeddedChannel channel) {
    channel.runPendingTasks();
    var text = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      text.append(out.toString(ISO_8859_1));
      out.release();
    }
    return text.toString();
  }

  private double refused(String reason) {
    return metrics.counter("farol_intake_refused_total", "reason", reason).count();
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
    var channel = new EmbeddedChannel();
    channels.add(channel);
    channel
        .pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void flush(ChannelHandlerContext context) {
                flushes.incrementAndGet();
                context.flush();
              }
            });
    new SyslogInputs(Inlets.over(log, metrics, LIMIT)).relp(channel, "agency-a");
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
}
