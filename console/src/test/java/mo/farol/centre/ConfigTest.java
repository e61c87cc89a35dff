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
            "intake.pinned=harbour=5614, schools=0/lf",
            "quota.agencies=harbour=2000",
            "retention.agencies=finance=90d,health=1h");
    assertThat(config.senders().pinned().values())
        .containsExactly(
            new PinnedListener("harbour", "tcp", 5614, Framing.SHOWN),
            new PinnedListener("schools", "tcp", 0, Framing.LF));
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
        .hasMessage("intake.pinned takes agency=port,agency=port/framing, not 'harbour'");
    assertThatThrownBy(() -> config("intake.pinned=harbour=99999").senders().pinned())
        .isInstanceOf(Usage.class)
        .hasMessageStartingWith("intake.pinned takes a port")
        .hasMessageEndingWith("not '99999'");
    assertThatThrownBy(() -> config("quota.agencies=harbour=many").senders().quotas())
        .isInstanceOf(Usage.class)
        .hasMessage("quota.agencies takes a whole number, not 'many'");
  }

  private Config config(String... sets) {
    return Config.read(home, Optional.empty(), List.of(sets));
  }
}
