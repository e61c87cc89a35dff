package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.wire.Leaks;
import mo.farol.wire.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Leaks.class)
@Timeout(60)
class IntakeTest {
  private static final String GLUED = "<14>1 2026-11-24T10:00:00Z h a - - - ";

  @Test
  void counts_and_line_feeds_share_one_port() throws Exception {
    try (var open = new OpenIntake()) {
      open.sendTcp("<14>a\n<14>b\n");
      open.frames(2);
      open.sendTcp("5 <14>c8 <14>d\ne\n");
      assertThat(open.frames(4)).containsExactly("<14>a", "<14>b", "<14>c", "<14>d\ne");
      assertThat(open.counter("farol_intake_frames_total", "input", "syslog.tcp")).isEqualTo(4);
    }
  }

  @Test
  void a_frame_carries_where_it_came_from_and_when() throws Exception {
    try (var open = new OpenIntake()) {
      open.sendTcp("<14>a\n");
      open.frames(1);
      var batch = open.batches().getFirst();
      assertThat(batch.origin()).isEqualTo(Origin.live("agency-a", "syslog.tcp", "127.0.0.1"));
      assertThat(batch.receivedAtMicros()).isEqualTo(Micros.of(OpenIntake.NOW));
    }
  }

  @Test
  void the_listener_decides_the_agency() throws Exception {
    var pinned =
        List.of(
            new PinnedListener("agency-c", Input.SYSLOG_TCP, 0),
            new PinnedListener("agency-d", Input.SYSLOG_UDP, 0));
    try (var open = new OpenIntake(IntakeConfig.local("agency-a").withPinned(pinned))) {
      try (var c = open.tcp("intake.syslog.tcp.agency-c")) {
        c.getOutputStream().write("<14>agency=agency-a\n".getBytes(ISO_8859_1));
        open.frames(1);
      }
      open.sendUdp("intake.syslog.udp.agency-d", "<14>d");
      open.frames(2);
      assertThat(open.batches())
          .extracting(b -> b.origin().agency())
          .containsExactly("agency-c", "agency-d");
    }
  }

  @Test
  void bytes_of_two_agencies_never_share_a_batch() throws Exception {
    var pinned = List.of(new PinnedListener("agency-c", Input.SYSLOG_TCP, 0));
    try (var open = new OpenIntake(IntakeConfig.local("agency-a").withPinned(pinned))) {
      try (var a = open.tcp();
          var c = open.tcp("intake.syslog.tcp.agency-c")) {
        for (int i = 0; i < 500; i++) {
          a.getOutputStream().write("<14>of agency-a\n<14>of".getBytes(ISO_8859_1));
          c.getOutputStream().write("<14>of agency-c\n<14>of".getBytes(ISO_8859_1));
          a.getOutputStream().write(" agency-a\n".getBytes(ISO_8859_1));
          c.getOutputStream().write(" agency-c\n".getBytes(ISO_8859_1));
        }
        open.frames(2000);
      }
      for (FrameBatch batch : open.batches()) {
        for (int i = 0; i < batch.count(); i++) {
          assertThat(batch.frame(i, 0).text()).isEqualTo("<14>of " + batch.origin().agency());
        }
      }
    }
  }

  @Test
  void an_undelimited_sender_is_heard_when_it_is_quiet_and_while_it_talks() throws Exception {
    try (var open = new OpenIntake();
        var socket = open.tcp()) {
      var out = socket.getOutputStream();
      out.write((GLUED + "one" + GLUED + "two").getBytes(ISO_8859_1));
      assertThat(open.frames(2)).containsExactly(GLUED + "one", GLUED + "two");
      assertThat(open.batches().getFirst().marks(0)).isEqualTo(FrameBatch.GUESSED);
      assertThat(open.counter("farol_intake_guessed_total")).isEqualTo(2);
      for (int i = 0; open.log.durable() < 5 && i < 400; i++) {
        out.write((GLUED + "more").getBytes(ISO_8859_1));
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(open.log.texts()).contains(GLUED + "more");
    }
  }

  @Test
  void a_tail_without_an_end_is_kept_when_the_connection_closes() throws Exception {
    try (var open = new OpenIntake()) {
      open.sendTcp("<14>a\n<14>ta");
      assertThat(open.frames(2)).containsExactly("<14>a", "<14>ta");
    }
  }

  @Test
  void a_megabyte_of_garbage_moves_a_counter_and_the_connection_goes_on() throws Exception {
    try (var open = new OpenIntake();
        var socket = open.tcp()) {
      socket.getOutputStream().write("\u00a7".repeat(1 << 20).getBytes(ISO_8859_1));
      socket.getOutputStream().write("\n<14>after\n".getBytes(ISO_8859_1));
      var frames = open.frames(2);
      assertThat(frames.getLast()).isEqualTo("<14>after");
      assertThat(open.batches().getFirst().size()).isGreaterThanOrEqualTo(64 << 10);
      assertThat(open.counter("farol_intake_truncated_total")).isEqualTo(1);
    }
  }

  @Test
  void a_lost_count_moves_a_counter() throws Exception {
    try (var open = new OpenIntake()) {
      open.sendTcp("5 <14>aoops\n5 <14>b");
      assertThat(open.frames(3)).containsExactly("<14>a", "oops", "<14>b");
      assertThat(open.counter("farol_intake_refused_total", "reason", "octet-count")).isEqualTo(1);
    }
  }

  @Test
  void a_datagram_is_a_frame_without_its_line_end() throws Exception {
    try (var open = new OpenIntake()) {
      open.sendUdp("intake.syslog.udp", "<14>a\n", "<14>b\0", "<14>c\r\n", "\n", "<14>d\ne");
      assertThat(open.frames(4)).containsExactly("<14>a", "<14>b", "<14>c", "<14>d\ne");
      assertThat(open.batches().getFirst().origin())
          .isEqualTo(Origin.live("agency-a", "syslog.udp", "127.0.0.1"));
    }
  }

  @Test
  void a_datagram_of_60_kilobytes_is_whole() throws Exception {
    try (var open = new OpenIntake()) {
      String large = "<14>" + "x".repeat(60_000);
      open.sendUdp("intake.syslog.udp", large);
      assertThat(open.frames(1)).containsExactly(large);
    }
  }

  @Test
  void without_epoll_every_input_works_too() throws Exception {
    try (var open = new OpenIntake(IntakeConfig.local("agency-a"), new Transport(false))) {
      open.sendTcp("<14>a\n");
      open.frames(1);
      String large = "<14>" + "x".repeat(60_000);
      open.sendUdp("intake.syslog.udp", large);
      open.frames(2);
      try (var http = open.tcp("intake.http")) {
        http.getOutputStream().write(PostingEvents.raw("c").getBytes(ISO_8859_1));
        assertThat(open.frames(3)).containsExactly("<14>a", large, "c");
      }
    }
  }

  @Test
  void two_hundred_connections_at_once_are_all_heard() throws Exception {
    try (var open = new OpenIntake()) {
      var sockets = new ArrayList<Socket>();
      for (int i = 0; i < 200; i++) {
        var socket = open.tcp();
        sockets.add(socket);
        socket.getOutputStream().write(("<14>from " + i + "\n").getBytes(ISO_8859_1));
      }
      assertThat(open.frames(200)).hasSize(200);
      for (var socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void closing_hands_on_what_has_arrived() throws Exception {
    var open = new OpenIntake();
    try (var socket = open.tcp()) {
      var expected = new ArrayList<String>();
      IntStream.range(0, 5000).forEach(i -> expected.add("<14>line " + i));
      byte[] lines = (String.join("\n", expected) + "\n<14>ta").getBytes(ISO_8859_1);
      socket.getOutputStream().write(lines);
      expected.add("<14>ta");
      open.frames(1);
      open.intake.close();
      assertThat(open.log.texts()).isEqualTo(expected);
    }
    assertThatThrownBy(open::tcp).isInstanceOf(ConnectException.class);
    open.close();
  }

  @Test
  void the_gauge_follows_the_connections() throws Exception {
    try (var open = new OpenIntake()) {
      try (var socket = open.tcp()) {
        await().until(() -> open.metrics.get("farol_intake_connections").gauge().value() == 1);
        assertThat(socket.isConnected()).isTrue();
      }
      await().until(() -> open.metrics.get("farol_intake_connections").gauge().value() == 0);
    }
  }
}
