package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import mo.farol.syslog.Framing;
import mo.farol.wire.Quotas;
import mo.farol.wire.TlsFront;
import org.junit.jupiter.api.Test;

/** What listens where, and what is told when it cannot. */
class ListenersTest {
  @Test
  void it_says_what_it_really_bound() {
    try (var open =
        new OpenIntake(
            IntakeConfig.local("agency-a").withPorts(Map.of(Input.SYSLOG_TCP, 0, Input.HTTP, 0)))) {
      assertThat(open.intake.bound().keySet()).containsExactly("intake.syslog.tcp", "intake.http");
      assertThat(open.port("intake.http")).isPositive();
    }
  }

  @Test
  void gelf_has_one_port_number_for_tcp_and_udp() throws Exception {
    String message = "{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"one\"}";
    try (var open = new OpenIntake();
        var socket = open.tcp("intake.gelf")) {
      socket.getOutputStream().write((message + "\0").getBytes(ISO_8859_1));
      open.frames(1);
      open.sendUdp("intake.gelf", message);
      assertThat(open.frames(2)).containsExactly(message, message);
      assertThat(open.batches())
          .extracting(b -> b.origin().input())
          .containsExactly("gelf.tcp", "gelf.udp");
    }
  }

  @Test
  void what_the_kernel_dropped_is_a_counter_of_each_udp_listener() {
    try (var open = new OpenIntake()) {
      for (String key : List.of("intake.syslog.udp", "intake.gelf")) {
        assertThat(
                open.metrics
                    .get("farol_intake_udp_dropped_total")
                    .tag("listener", key)
                    .functionCounter()
                    .count())
            .isZero();
      }
    }
  }

  @Test
  void a_port_in_use_is_one_line_that_names_key_and_address() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThatThrownBy(
              () ->
                  new OpenIntake(
                      IntakeConfig.local("agency-a")
                          .withPorts(
                              Map.of(Input.SYSLOG_UDP, 0, Input.SYSLOG_TCP, port, Input.HTTP, 0))))
          .isInstanceOf(IntakeFault.class)
          .hasMessage(
              "intake.syslog.tcp: 127.0.0.1:%d is already in use; end the program that holds it or"
                  + " set intake.syslog.tcp to another port (0 takes any free one)",
              port);
    }
  }

  @Test
  void an_address_that_is_not_ours_is_one_line_too() {
    var config = IntakeConfig.local("agency-a");
    var elsewhere =
        new IntakeConfig(
            "192.0.2.1",
            Map.of(Input.HTTP, 0),
            65_536,
            List.of(),
            "agency-a",
            TlsFront.Clients.REQUIRED,
            true,
            1 << 20,
            64L << 20,
            Quotas.NONE,
            5,
            Framing.AUTO,
            Framing.SHOWN);
    assertThat(config.bind()).isEqualTo("127.0.0.1");
    assertThatThrownBy(() -> new OpenIntake(elsewhere))
        .isInstanceOf(IntakeFault.class)
        .hasMessageStartingWith("intake.http: cannot listen on 192.0.2.1:0")
        .hasMessageEndingWith("set 'bind' to an address of this machine");
  }

  @Test
  void linux_gets_epoll() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "SKIPPED: not Linux");
    assertThat(Epoll.isAvailable()).isTrue();
  }
}
