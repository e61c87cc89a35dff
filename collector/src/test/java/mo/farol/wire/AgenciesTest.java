package mo.farol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgenciesTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Agencies agencies = new Agencies(2, new Counts(metrics));
  private final List<String> letIn = new ArrayList<>();
  private final PipelineInitializer door = agencies.bounded((channel, agency) -> letIn.add(agency));

  @Test
  void one_agency_has_so_many_places_and_another_its_own() {
    var first = knock("harbour");
    knock("harbour");
    var third = knock("harbour");
    knock("finance");
    assertThat(letIn).containsExactly("harbour", "harbour", "finance");
    assertThat(third.isOpen()).isFalse();
    assertThat(
            metrics.counter("farol_intake_refused_total", "reason", "agency-connections").count())
        .isEqualTo(1);
    first.close();
    assertThat(knock("harbour").isOpen()).isTrue();
  }

  @Test
  void whose_connection_it_is_may_not_be_known_yet() {
    for (int i = 0; i < 5; i++) {
      assertThat(knock("").isOpen()).isTrue();
    }
  }

  private Channel knock(String agency) {
    var channel = new EmbeddedChannel();
    door.initialize(channel, agency);
    return channel;
  }
}
