package mo.farol.centre;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** When the old generation is collected, by a pool that the test fills. */
class OldGenerationTest {
  private static final long MIB = 1 << 20;

  private long used = 60 * MIB;
  private long inUse = 80 * MIB;
  private long threshold;
  private int collections;
  private final OldGeneration old = new OldGeneration(pool(683 * MIB), this::collect);

  @Test
  void it_is_collected_once_it_grew_by_256_mib_and_by_as_much_as_was_in_use() {
    old.expect();
    assertThat(threshold).isEqualTo(316 * MIB);
    used = 315 * MIB;
    old.grown();
    assertThat(collections).isZero();
    used = 316 * MIB;
    old.grown();
    assertThat(collections).isOne();
    assertThat(used).isEqualTo(80 * MIB);
    assertThat(threshold).isEqualTo(336 * MIB);

    inUse = 300 * MIB;
    used = 336 * MIB;
    old.grown();
    assertThat(threshold).as("twice what is in use").isEqualTo(600 * MIB);
  }

  @Test
  void what_is_really_in_use_does_not_have_it_collected_again_and_again() {
    inUse = 500 * MIB;
    used = 600 * MIB;
    old.grown();
    assertThat(collections).isOne();
    assertThat(threshold).as("from there on the JVM does it by itself").isEqualTo(683 * MIB);
    used = 680 * MIB;
    old.grown();
    assertThat(collections).isOne();
  }

  private void collect() {
    collections++;
    used = inUse;
  }

  private MemoryPoolMXBean pool(long most) {
    return (MemoryPoolMXBean)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {MemoryPoolMXBean.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "getUsage" -> new MemoryUsage(0, used, most, most);
                  case "isUsageThresholdExceeded" -> used >= threshold;
                  case "setUsageThreshold" -> {
                    threshold = (long) arguments[0];
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
