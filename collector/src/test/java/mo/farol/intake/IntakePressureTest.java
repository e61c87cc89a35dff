package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of frames while the log takes no more. */
class IntakePressureTest {
  @Test
  void datagrams_beyond_the_logs_bound_are_counted_as_dropped() throws Exception {
    try (var open = new OpenIntake()) {
      open.log.pretendPending(65L << 20);
      open.sendUdp("intake.syslog.udp", "<14>a");
      await().until(() -> open.dropped("syslog.udp") == 1);
      open.log.pretendPending(0);
      open.sendUdp("intake.syslog.udp", "<14>b");
      assertThat(open.frames(1)).containsExactly("<14>b");
    }
  }

  @Test
  void datagrams_the_log_refuses_are_counted_as_dropped() throws Exception {
    try (var open = new OpenIntake()) {
      open.log.fail(true);
      open.sendUdp("intake.syslog.udp", "<14>a");
      await().until(() -> open.dropped("syslog.udp") == 1);
    }
  }

  @Test
  void what_is_dropped_is_counted_for_the_agency_of_the_listener() throws Exception {
    var own = List.of(new PinnedListener("finance", Input.SYSLOG_UDP, 0));
    try (var open = new OpenIntake(IntakeConfig.local("agency-a").withPinned(own))) {
      assertThat(
              open.metrics.find("farol_intake_dropped_total").tag("agency", "finance").counters())
          .as("seen before the first")
          .hasSize(1);
      open.log.pretendPending(65L << 20);
      open.sendUdp("intake.syslog.udp.finance", "<14>a", "<14>b");
      await().until(() -> open.intake.dropped("finance") == 2);
      assertThat(
              open.counter(
                  "farol_intake_dropped_total", "input", "syslog.udp", "agency", "finance"))
          .isEqualTo(2);
      assertThat(open.intake.dropped("agency-a")).isZero();
      assertThat(open.intake.dropped("nobody")).isZero();
    }
  }

  @Test
  void a_connection_waits_while_the_log_refuses_and_loses_nothing() throws Exception {
    try (var open = new OpenIntake();
        var socket = open.tcp()) {
      open.log.fail(true);
      var expected = IntStream.range(0, 20_000).mapToObj(i -> "<14>line " + i).toList();
      byte[] lines = (String.join("\n", expected) + "\n").getBytes(ISO_8859_1);
      var sent = CompletableFuture.runAsync(() -> write(socket, lines));
      await().during(Duration.ofMillis(300)).until(() -> open.log.durable() == 0);
      open.log.fail(false);
      sent.get(30, TimeUnit.SECONDS);
      assertThat(open.frames(20_000)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(open.dropped("syslog.tcp")).isZero();
      assertThat(open.counter("farol_intake_frames_total", "input", "syslog.tcp"))
          .isEqualTo(20_000);
    }
  }

  @Test
  void a_connection_waits_while_the_log_is_full_of_others_bytes_and_loses_nothing()
      throws Exception {
    try (var open = new OpenIntake()) {
      open.log.pretendPending(65L << 20);
      open.sendTcp("<14>a\n<14>b");
      await().during(Duration.ofMillis(300)).until(() -> open.log.durable() == 0);
      open.log.pretendPending(0);
      assertThat(open.frames(2)).containsExactly("<14>a", "<14>b");
    }
  }

  @Test
  void a_connection_is_not_read_while_a_megabyte_of_it_is_not_durable() throws Exception {
    try (var open = new OpenIntake();
        var socket = open.tcp()) {
      open.log.hold();
      byte[] lines = ("<14>" + "x".repeat(250) + "\n").repeat(40_000).getBytes(ISO_8859_1);
      var sent = CompletableFuture.runAsync(() -> write(socket, lines));
      await().until(() -> open.log.heldBytes() > 1 << 20);
      await().during(Duration.ofMillis(300)).until(() -> open.log.heldBytes() < 2 << 20);
      open.log.release();
      sent.get(30, TimeUnit.SECONDS);
      assertThat(open.frames(40_000)).hasSize(40_000);
    }
  }

  @Test
  void a_connection_is_not_read_while_the_log_is_nearly_full_of_others_bytes() throws Exception {
    try (var open = new OpenIntake();
        var socket = open.tcp()) {
      open.log.pretendPending(49L << 20);
      socket.getOutputStream().write("<14>a\n".getBytes(ISO_8859_1));
      open.frames(1);
      socket.getOutputStream().write("<14>b\n".getBytes(ISO_8859_1));
      await().during(Duration.ofMillis(300)).until(() -> open.log.durable() == 1);
      open.log.pretendPending(0);
      assertThat(open.frames(2)).containsExactly("<14>a", "<14>b");
    }
  }

  private static void write(Socket socket, byte[] bytes) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
