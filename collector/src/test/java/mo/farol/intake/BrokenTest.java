package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import mo.farol.event.FrameBatch;
import mo.farol.wire.Leaks;
import mo.farol.wire.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections without answers that are torn. */
@ExtendWith(Leaks.class)
@Timeout(60)
class BrokenTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_reset_connection_is_counted_and_its_half_frame_is_no_guess(boolean best) throws Exception {
    var transport = best ? Transport.best() : new Transport(false);
    try (var open = new OpenIntake(IntakeConfig.local("agency-a"), transport)) {
      try (var socket = open.tcp()) {
        write(socket, "<14>a\n<14>ha");
        open.frames(1);
        socket.setSoLinger(true, 0); // close sends RST
      }
      assertThat(open.frames(2)).containsExactly("<14>a", "<14>ha");
      assertThat(mark(open)).isEqualTo(FrameBatch.PARTIAL);
      await().until(() -> broken(open, "syslog.tcp") == 1);
      assertThat(open.counter("farol_intake_guessed_total")).isZero();
    }
  }

  @Test
  void a_reset_between_frames_is_counted_too() throws Exception {
    try (var open = new OpenIntake()) {
      try (var socket = open.tcp()) {
        write(socket, "<14>a\n");
        open.frames(1);
        socket.setSoLinger(true, 0);
      }
      await().until(() -> broken(open, "syslog.tcp") == 1);
      assertThat(open.log.texts()).containsExactly("<14>a");
    }
  }

  @Test
  void a_gelf_message_that_is_torn_is_a_part_and_counted() throws Exception {
    try (var open = new OpenIntake()) {
      try (var socket = open.tcp("intake.gelf")) {
        write(socket, "{\"short_message\":\"a\"}\0{\"short_me");
        open.frames(1);
        socket.setSoLinger(true, 0);
      }
      open.frames(2);
      assertThat(mark(open)).isEqualTo(FrameBatch.PARTIAL);
      await().until(() -> broken(open, "gelf.tcp") == 1);
    }
  }

  private static void write(Socket socket, String text) throws Exception {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  // Of the frame that came last.
  private static byte mark(OpenIntake open) {
    var last = open.batches().getLast();
    return last.marks(last.count() - 1);
  }

  private static double broken(OpenIntake open, String input) {
    return open.counter("farol_intake_broken_total", "input", input);
  }
}
