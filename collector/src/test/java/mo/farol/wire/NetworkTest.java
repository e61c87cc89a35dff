package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void an_ipv4_address_is_its_own_network() throws Exception {
    assertThat(of("192.0.2.1")).isNotEqualTo(of("192.0.2.2")).isEqualTo(of("192.0.2.1"));
    assertThat(of("::ffff:192.0.2.1")).isEqualTo(of("192.0.2.1"));
  }

  @Test
  void ipv6_addresses_that_share_64_bits_are_one_network() throws Exception {
    assertThat(of("2001:db8:0:1::1"))
        .isEqualTo(of("2001:db8:0:1:ffff::2"))
        .isNotEqualTo(of("2001:db8:0:2::1"));
  }

  @Test
  void a_peer_without_an_address_has_one_too() {
    assertThat(Network.of(InetSocketAddress.createUnresolved("nowhere.invalid", 1))).isZero();
  }

  private static Long of(String address) throws UnknownHostException {
    return Network.of(InetAddress.getByName(address));
  }
}
