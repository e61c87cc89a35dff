package mo.farol.centre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.intake.Input;
import mo.farol.intake.PinnedListener;
import mo.farol.syslog.Framing;
import mo.farol.wire.Quota;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir Path home;

  @Test
  void names_of_the_file_are_dotted_its_lists_joined_and_set_wins_over_it() throws IOException {
    Files.writeString(
        home.resolve("farol.yaml"),
        """
        console:
          port: 9443
          tls: false
        rules:
          folders: [one, two]
        """);
    var config = config("console.port=0");
    assertThat(config.list(Key.RULES_FOLDERS)).containsExactly("one", "two");
    assertThat(config.flag(Key.CONSOLE_TLS)).isFalse();
    assertThat(config.port(Key.CONSOLE_PORT)).isZero();
  }

  @Test
  void all_unknown_keys_are_told_at_once_each_with_the_nearest() {
    assertThatThrownBy(() -> config("console.prt=1", "bnd=::1"))
        .isInstanceOf(Usage.class)
        .hasMessageContaining("'console.prt'; did you mean 'console.port'?")
        .hasMessageContaining("'bnd'; did you mean 'bind'?");
  }

  @Test
  void what_stands_by_name_is_read_with_its_unit_in_the_order_given() {
    var config =
        config(
            "intake.pinned=harbour=5614, schools=0/lf, harbour=udp:5615, water=tcp:0/nul",
            "quota.agencies=harbour=2000",
            "retention.agencies=finance=90d,health=1h");
    assertThat(config.senders().pinned())
        .containsExactly(
            new PinnedListener("harbour", Input.SYSLOG_TCP, 5614, Framing.SHOWN),
            new PinnedListener("schools", Input.SYSLOG_TCP, 0, Framing.LF),
            new PinnedListener("harbour", Input.SYSLOG_UDP, 5615, Framing.SHOWN),
            new PinnedListener("water", Input.SYSLOG_TCP, 0, Framing.NUL));
    assertThat(config.senders().quotas().agencies())
        .isEqualTo(Map.of("harbour", new Quota(2000, 0)));
    assertThat(config.times(Key.RETENTION_AGENCIES))
        .containsEntry("finance", Duration.ofDays(90))
        .containsEntry("health", Duration.ofHours(1));
  }

  @Test
  void what_is_wrong_in_a_list_of_names_is_told_with_its_key() {
    assertThatThrownBy(() -> config("intake.pinned=harbour").senders().pinned())
        .isInstanceOf(Usage.class)
        .hasMessage(
            "intake.pinned takes agency=port,agency=protocol:port,agency=port/framing, not"
                + " 'harbour'");
    assertThatThrownBy(() -> config("intake.pinned=harbour=99999").senders().pinned())
        .isInstanceOf(Usage.class)
        .hasMessageStartingWith("intake.pinned takes a port")
        .hasMessageEndingWith("not '99999'");
    assertThatThrownBy(() -> config("quota.agencies=harbour=many").senders().quotas())
        .isInstanceOf(Usage.class)
        .hasMessage("quota.agencies takes a whole number, not 'many'");
  }

  @Test
  void an_agency_has_a_listener_of_each_protocol_once() {
    assertThat(
            config(
                    "intake.pinned=harbour=tcp:1,harbour=udp:1,harbour=gelf:2,harbour=relp:3,"
                        + "harbour=lumberjack:4")
                .senders()
                .pinned())
        .extracting(PinnedListener::key)
        .containsExactly(
            "intake.syslog.tcp.harbour",
            "intake.syslog.udp.harbour",
            "intake.gelf.harbour",
            "intake.relp.harbour",
            "intake.lumberjack.harbour");
    assertWrong(
        "harbour=5614,harbour=tcp:5615",
        "intake.pinned gives harbour two listeners of tcp: one of each protocol is all there can"
            + " be");
  }

  @Test
  void a_protocol_of_an_own_listener_that_is_none_is_told_in_one_line() {
    for (String word : List.of("upd", "UDP", "http", "tls", "")) {
      assertWrong(
          "harbour=" + word + ":5614",
          "intake.pinned takes tcp, udp, gelf, relp or lumberjack before a port, not '"
              + word
              + "'");
    }
    assertWrong(
        "harbour=udp:5614/lf", "intake.pinned takes '/lf' after a tcp port only, not after udp");
    assertWrong("harbour=udp:-1", "intake.pinned takes a port (0 any free one), not '-1'");
  }

  private void assertWrong(String pinned, String told) {
    assertThatThrownBy(() -> config("intake.pinned=" + pinned).senders().pinned())
        .as(pinned)
        .isInstanceOf(Usage.class)
        .hasMessage(told);
  }

  private Config config(String... sets) {
    return Config.read(home, Optional.empty(), List.of(sets));
  }
}
