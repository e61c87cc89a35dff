package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class PeersTest {
  private final Peers peers = new Peers(8);

  @Test
  void one_address_has_so_many_places_and_another_its_own() {
    var first = from("192.0.2.1");
    assertThat(peers.enter(first)).isTrue();
    assertThat(peers.enter(from("192.0.2.1"))).isTrue();
    assertThat(peers.enter(from("192.0.2.1"))).isFalse();
    assertThat(peers.enter(from("192.0.2.2"))).isTrue();
    first.close();
    assertThat(peers.enter(from("192.0.2.1"))).isTrue();
    assertThat(peers.enter(from("192.0.2.1"))).isFalse();
  }

  @Test
  void addresses_of_one_ipv6_network_are_one_peer() {
    assertThat(peers.enter(from("2001:db8:0:1::1"))).isTrue();
    assertThat(peers.enter(from("2001:db8:0:1:ffff::2"))).isTrue();
    assertThat(peers.enter(from("2001:db8:0:1::3"))).isFalse();
    assertThat(peers.enter(from("2001:db8:0:2::3"))).isTrue();
  }

  @Test
  void who_has_left_is_forgotten() {
    for (int i = 1; i < 100; i++) {
      var channel = from("192.0.2." + i);
      assertThat(peers.enter(channel)).isTrue();
      channel.close();
    }
    assertThat(peers.size()).isZero();
  }

  @Test
  void this_host_has_twice_as_many_for_it_speaks_for_others() {
    for (int i = 0; i < 4; i++) {
      assertThat(peers.enter(from("127.0.0.1"))).isTrue();
    }
    assertThat(peers.enter(from("127.0.0.1"))).isFalse();
  }

  private static EmbeddedChannel from(String address) {
    return new EmbeddedChannel() {
      @Override
      protected SocketAddress remoteAddress0() {
        return new InetSocketAddress(address, 5140);
      }
    };
  }
}
