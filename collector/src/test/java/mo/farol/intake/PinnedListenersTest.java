package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mo.farol.wire.Leaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Listeners of single agencies: of each protocol that has nothing else to tell its agency by. */
@ExtendWith(Leaks.class)
@Timeout(60)
class PinnedListenersTest {
  private static final String GELF =
      "{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"%s\"}";

  @Test
  void datagrams_of_two_agencies_ports_stay_apart() throws Exception {
    try (var open = open(Input.SYSLOG_UDP)) {
      for (int i = 0; i < 50; i++) {
        open.sendUdp("intake.syslog.udp.finance", "<14>of finance");
        open.sendUdp("intake.syslog.udp.health", "<14>of health");
        open.sendUdp("intake.syslog.udp", "<14>of agency-a");
      }
      open.frames(150);
      assertThat(told(open)).hasSize(150).allSatisfy(PinnedListenersTest::assertIsOfItsAgency);
    }
  }

  @Test
  void gelf_of_two_agencies_stays_apart_over_udp_and_tcp() throws Exception {
    try (var open = open(Input.GELF)) {
      for (String agency : List.of("finance", "health")) {
        String key = "intake.gelf." + agency;
        open.sendUdp(key, GELF.formatted("of " + agency));
        try (var socket = open.tcp(key)) {
          socket
              .getOutputStream()
              .write((GELF.formatted("of " + agency) + "\0").getBytes(ISO_8859_1));
        }
      }
      open.frames(4);
      assertThat(told(open)).hasSize(4).allSatisfy(PinnedListenersTest::assertIsOfItsAgency);
      assertThat(open.batches())
          .extracting(b -> b.origin().input())
          .containsExactlyInAnyOrder("gelf.udp", "gelf.udp", "gelf.tcp", "gelf.tcp");
    }
  }

  @Test
  void plain_relp_belongs_to_the_agency_of_its_listener() throws Exception {
    try (var open = open(Input.RELP)) {
      for (String agency : List.of("finance", "health")) {
        var answered = new CountDownLatch(1);
        int port = open.port("intake.relp." + agency);
        try (var client = new RelpClient("127.0.0.1", port, 1, _ -> answered.countDown())) {
          client.send(("<14>of " + agency).getBytes(US_ASCII));
          client.flush();
          assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
        }
      }
      assertThat(told(open)).hasSize(2).allSatisfy(PinnedListenersTest::assertIsOfItsAgency);
    }
  }

  @Test
  void plain_lumberjack_belongs_to_the_agency_of_its_listener() throws Exception {
    try (var open = open(Input.LUMBERJACK)) {
      for (String agency : List.of("finance", "health")) {
        try (var socket = open.tcp("intake.lumberjack." + agency)) {
          socket.setSoTimeout(20_000);
          socket.getOutputStream().write(window("{\"message\":\"of " + agency + "\"}"));
          assertThat(socket.getInputStream().readNBytes(6)).startsWith('2', 'A');
        }
      }
      assertThat(told(open)).hasSize(2).allSatisfy(PinnedListenersTest::assertIsOfItsAgency);
    }
  }

  @Test
  void a_port_in_use_names_the_entry_to_change() throws Exception {
    try (var other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      var taken = List.of(new PinnedListener("finance", Input.SYSLOG_UDP, port));
      assertThatThrownBy(() -> new OpenIntake(IntakeConfig.local("agency-a").withPinned(taken)))
          .isInstanceOf(IntakeFault.class)
          .hasMessageStartingWith("intake.syslog.udp.finance: 127.0.0.1:" + port)
          .hasMessageContaining("set its entry in intake.pinned to another port");
    }
  }

  @Test
  void nobody_has_an_own_listener_where_certificates_or_tokens_tell() {
    for (var input : List.of(Input.HTTP, Input.SYSLOG_TLS)) {
      assertThatThrownBy(() -> new PinnedListener("finance", input, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(PinnedListener.named(input.word())).isEmpty();
    }
  }

  private static OpenIntake open(Input input) {
    return new OpenIntake(
        IntakeConfig.local("agency-a")
            .withPinned(
                List.of(
                    new PinnedListener("finance", input, 0),
                    new PinnedListener("health", input, 0))));
  }

  // Agency and text of each frame.
  private static List<String> told(OpenIntake open) {
    var told = new ArrayList<String>();
    for (var batch : open.batches()) {
      for (int i = 0; i < batch.count(); i++) {
        told.add(batch.origin().agency() + "|" + batch.frame(i, 0).text());
      }
    }
    return told;
  }

  private static void assertIsOfItsAgency(String told) {
    assertThat(told).contains("of " + told.substring(0, told.indexOf('|')));
  }

  private static byte[] window(String json) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeBytes("2W");
    out.writeInt(1);
    out.writeBytes("2J");
    out.writeInt(1);
    out.writeInt(json.length());
    out.writeBytes(json);
    return bytes.toByteArray();
  }
}
