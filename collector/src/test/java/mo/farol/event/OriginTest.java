package mo.farol.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginTest {
  @Test
  void a_sender_is_an_address_where_nobody_else_can_write_it_and_else_the_input() {
    assertThat(Origin.live("a", "syslog.tcp", "192.0.2.1").sender())
        .isEqualTo(Origin.live("b", "syslog.tcp", "192.0.2.1").sender())
        .isNotEqualTo(Origin.live("a", "syslog.tcp", "192.0.2.2").sender())
        .isNotEqualTo(Origin.live("a", "relp", "192.0.2.1").sender());
    assertThat(Origin.live("a", "syslog.udp", "192.0.2.1").sender())
        .isEqualTo(Origin.live("a", "syslog.udp", "192.0.2.2").sender());
  }
}
