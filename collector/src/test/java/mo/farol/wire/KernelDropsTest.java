package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelDropsTest {
  @Test
  void a_table_of_linux_is_read_by_local_port() {
    var table =
        List.of(
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid "
                + " timeout inode ref pointer drops",
            "  100: 0100007F:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0    "
                + "    0 4242 2 0000000000000000 17",
            "  101: 00000000:158A 0100007F:0035 07 00000000:00000000 00:00000000 00000000     0    "
                + "    0 4243 2 0000000000000000 5",
            "  102: 00000000:2FA9 00000000:0000 07 00000000:00000000 00:00000000 00000000     0    "
                + "    0 4244 2 0000000000000000 900");
    assertThat(KernelDrops.in(table, 5514)).isEqualTo(22);
    assertThat(KernelDrops.in(table, 12201)).isEqualTo(900);
    assertThat(KernelDrops.in(table, 1)).isZero();
  }

  @Test
  void a_listener_that_does_not_read_shows_what_it_lost() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/udp")), "SKIPPED: not Linux");
    try (var deaf = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        var sender = new DatagramSocket()) {
      deaf.setReceiveBufferSize(4096);
      var packet = new DatagramPacket(new byte[1000], 1000, deaf.getLocalSocketAddress());
      for (int i = 0; i < 500; i++) {
        sender.send(packet);
      }
      assertThat(KernelDrops.of(deaf.getLocalPort())).isBetween(400L, 500L);
    }
  }
}
