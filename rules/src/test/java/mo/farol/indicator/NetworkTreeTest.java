package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Networks within networks. */
class NetworkTreeTest {
  private static NetworkTree tree(String... networks) throws Unreadable {
    var table = new ByteTable(new KeyedHash());
    for (String network : networks) {
      table.add(Key.of(Kind.NETWORK, network).bytes());
    }
    return new NetworkTree(table);
  }

  private static boolean touches(NetworkTree tree, String network) throws Unreadable {
    byte[] key = Key.of(Kind.NETWORK, network).bytes();
    return tree.touching(Arrays.copyOf(key, 16), key[16] & 0xff) >= 0;
  }

  @Test
  void a_network_touches_those_within_it_and_around_it() throws Unreadable {
    var tree = tree("10.0.0.0/8", "192.168.4.0/24", "2a02::/32");
    assertThat(touches(tree, "10.9.0.0/16")).isTrue();
    assertThat(touches(tree, "0.0.0.0/0")).isTrue();
    assertThat(touches(tree, "192.168.0.0/16")).isTrue();
    assertThat(touches(tree, "192.168.5.0/24")).isFalse();
    assertThat(touches(tree, "192.168.8.0/21")).isFalse();
    assertThat(touches(tree, "11.0.0.0/8")).isFalse();
    assertThat(touches(tree, "2a00::/8")).isTrue();
    assertThat(touches(tree, "2b00::/8")).isFalse();
  }
}
