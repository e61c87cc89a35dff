package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class DropsTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Drops drops = new Drops(metrics);

  @Test
  void an_agencys_drops_of_all_inputs_are_its_own() {
    drops.add("syslog.udp", "a", 3);
    drops.add("gelf.udp", "a", 2);
    drops.add("syslog.udp", "b", 1);
    assertThat(drops.of("a")).isEqualTo(5);
    assertThat(drops.of("b")).isEqualTo(1);
    assertThat(dropped("gelf.udp", "a")).isEqualTo(2);
  }

  @Test
  void agencies_that_are_too_many_share_a_name_in_the_metrics() {
    for (int i = 0; i < Drops.MOST_AGENCIES + 100; i++) {
      drops.add("syslog.udp", "a" + i, 1);
    }
    drops.add("syslog.udp", "a0", 1);
    assertThat(metrics.find("farol_intake_dropped_total").counters())
        .hasSize(Drops.MOST_AGENCIES + 1);
    assertThat(dropped("syslog.udp", Drops.OTHER)).isEqualTo(100);
    assertThat(drops.of("a0")).isEqualTo(2);
  }

  private double dropped(String input, String agency) {
    return metrics.counter("farol_intake_dropped_total", "input", input, "agency", agency).count();
  }
}
