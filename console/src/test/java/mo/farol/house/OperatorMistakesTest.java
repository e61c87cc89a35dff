package mo.farol.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.centre.Usage;
import mo.farol.event.Agency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator gets wrong is told in one line that says what to do. */
class OperatorMistakesTest {
  @Test
  void an_unknown_key_names_the_nearest_one(@TempDir Path home) {
    assertThatThrownBy(() -> Config.read(home, Optional.empty(), List.of("intake.sylog.tcp=1")))
        .isInstanceOf(Usage.class)
        .hasMessageContaining("intake.syslog.tcp");
  }

  @Test
  void a_port_in_use_names_key_and_address(@TempDir Path home) throws Exception {
    try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      var farol = Farol.open(House.config(home, "intake.syslog.tcp=" + taken.getLocalPort()));
      assertThatThrownBy(farol::start)
          .isInstanceOf(Usage.class)
          .hasMessageContaining("intake.syslog.tcp")
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void a_mistyped_agency_of_a_listener_is_told_with_the_one_that_was_meant(@TempDir Path home)
      throws Exception {
    try (var house = House.open(home)) {
      house.farol().agencies().add(new Agency("finance", "Finance"));
    }
    try (var house = House.open(home, "intake.pinned=finanse=0")) {
      assertThat(Files.readString(home.resolve("log/farol.jsonl")))
          .contains("names agency '{}', which nobody has added")
          .contains("did you mean 'finance'?");
      assertThat(house.farol().agencies().find("finanse")).isPresent();
    }
  }

  @Test
  void half_a_certificate_of_ones_own_or_a_name_that_is_none_is_told(@TempDir Path home) {
    for (String set :
        List.of(
            "intake.tls.certificate=/nowhere/cert.pem",
            "intake.tls.names=*.example",
            "intake.tls.clients=maybe")) {
      var config = House.config(home.resolve(set.replaceAll("\\W", "")), set);
      assertThatThrownBy(() -> Farol.open(config).start())
          .as(set)
          .isInstanceOf(Usage.class)
          .hasMessageContaining("intake.tls.");
    }
  }

  @Test
  void a_class_of_data_that_no_rule_gives_is_told_with_those_there_are(@TempDir Path home) {
    var config = House.config(home, "retention.classes=trafic=30d");
    assertThatThrownBy(() -> Farol.open(config))
        .isInstanceOf(Usage.class)
        .hasMessageContaining("'trafic'")
        .hasMessageContaining("access, network, security, traffic");
    var wrong = House.config(home.resolve("b"), "data.classes=* * traffic");
    assertThatThrownBy(() -> Farol.open(wrong))
        .isInstanceOf(Usage.class)
        .hasMessageContaining("AGENCY FROM WHAT CLASS");
  }

  @Test
  void a_framing_that_is_none_is_told(@TempDir Path home) {
    for (String set : List.of("intake.framing.tcp=crlf", "intake.pinned=finance=0/cr")) {
      var config = House.config(home.resolve(set.replaceAll("\\W", "")), set);
      assertThatThrownBy(() -> Farol.open(config).start())
          .as(set)
          .isInstanceOf(Usage.class)
          .hasMessageContaining("auto, shown, octet, lf or nul");
    }
  }

  @Test
  void a_home_that_is_a_file_is_refused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("home"), "not a folder");
    assertThatThrownBy(() -> Farol.open(House.config(file)))
        .isInstanceOf(Usage.class)
        .hasMessageContaining("cannot write to the home");
  }

  @Test
  void a_second_centre_on_the_same_home_is_refused(@TempDir Path home) {
    try (var house = House.open(home)) {
      assertThat(house.farol().status().received()).isZero();
      assertThatThrownBy(() -> Farol.open(House.config(home)))
          .isInstanceOf(Usage.class)
          .hasMessageContaining("another Farol");
    }
  }

  @Test
  void a_broken_rule_and_a_broken_decision_leave_the_others_in_force(@TempDir Path home)
      throws Exception {
    Files.createDirectories(home.resolve("rules/sigma"));
    Files.createDirectories(home.resolve("rules/alert"));
    Files.writeString(home.resolve("rules/sigma/broken.yml"), "title: [");
    Files.writeString(
        home.resolve("rules/alert/broken.drl"), "rule \"broken\" when then this is no Java; end");
    try (var house = House.open(home)) {
      String log = Files.readString(home.resolve("log/farol.jsonl"));
      assertThat(log).contains("broken.yml").contains("broken.drl");
      assertThat(house.get("/status").path("received").asLong()).isZero();
    }
  }
}
