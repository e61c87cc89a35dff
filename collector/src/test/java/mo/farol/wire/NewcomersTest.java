package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class NewcomersTest {
  private final Newcomers newcomers = new Newcomers(3, 2);

  @Test
  void one_address_never_takes_all_places() {
    assertThat(newcomers.enter(from("192.0.2.1"))).isTrue();
    assertThat(newcomers.enter(from("192.0.2.1"))).isTrue();
    assertThat(newcomers.enter(from("192.0.2.1"))).isFalse();
    assertThat(newcomers.enter(from("192.0.2.2"))).isTrue();
    assertThat(newcomers.enter(from("192.0.2.3"))).isFalse();
    assertThat(newcomers.count()).isEqualTo(3);
  }

  @Test
  void who_has_shown_who_it_is_or_has_gone_makes_room_once() {
    var shown = from("192.0.2.1");
    var gone = from("192.0.2.1");
    assertThat(newcomers.enter(shown)).isTrue();
    assertThat(newcomers.enter(gone)).isTrue();
    newcomers.leave(shown);
    newcomers.leave(shown);
    assertThat(newcomers.count()).isEqualTo(1);
    gone.close();
    shown.close();
    assertThat(newcomers.count()).isZero();
    assertThat(newcomers.enter(from("192.0.2.1"))).isTrue();
  }

  private static EmbeddedChannel from(String address) {
    return new EmbeddedChannel() {
      @Override
      protected SocketAddress remoteAddress0() {
        return new InetSocketAddress(address, 1234);
      }
    };
  }
}
