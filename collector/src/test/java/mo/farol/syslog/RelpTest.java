package mo.farol.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import mo.farol.wire.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RELP, byte by byte. What rsyslog's own client says is in its words. */
class RelpTest extends RelpSession {
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
    var broken = open();
    say(broken, OPEN + "2 syslog 7 <38>one\n");
    log.hold();
    say(broken, "3 syslog 7 <38>two\n");
    broken.close();
    log.release();
    var again = open();
    say(again, OPEN + "2 syslog 7 <38>one\n3 syslog 7 <38>two\n4 syslog 9 <38>three\n");
    assertThat(log.texts()).endsWith("<38>one", "<38>two", "<38>three");
    var last = log.blocks().getLast().frames();
    assertThat(IntStream.range(0, 3).map(last::marks)).containsExactly(4, 4, 0);
  }

  @Test
  void after_a_proper_close_nothing_is_in_doubt() {
    var first = open();
    say(first, OPEN + "2 syslog 7 <38>one\n3 close 0\n");
    first.close();
    say(open(), OPEN + "2 syslog 7 <38>one\n");
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
  void a_text_that_looks_like_frames_forges_none() {
    var channel = open();
    String text = "<38>a\n3 syslog 6 <38>no\n";
    say(channel, OPEN + "2 syslog " + text.length() + " " + text + "\n");
    assertThat(said(channel)).isEqualTo(OPENED + "2 rsp 6 200 OK\n");
    assertThat(log.texts()).containsExactly(text.strip());
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
}
