package mo.farol.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.centre.Config;
import mo.farol.centre.Key;
import mo.farol.centre.Usage;

/** Reads every key as a start would, so that all that is wrong is told at once. */
final class ConfigLook {
  private ConfigLook() {}

  /** The configuration; empty where it can't be read at all. */
  static Optional<Config> at(Remarks remarks, Path home, Optional<Path> file, List<String> sets) {
    try {
      var config = Config.read(home, file, sets);
      var wrong = wrong(config);
      wrong.forEach(each -> remarks.fail("configuration", "%s; mend it", each));
      if (wrong.isEmpty()) {
        var path = file.orElse(home.resolve("farol.yaml"));
        String said = Files.exists(path) ? "%s is understood" : "there is no %s: defaults hold";
        remarks.ok("configuration", said, path);
      }
      return Optional.of(config);
    } catch (Usage e) {
      remarks.fail(
          "configuration",
          "%s; mend it, the keys are in the manual",
          String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static List<String> wrong(Config config) {
    var wrong = new ArrayList<String>();
    for (var key : Key.values()) {
      look(wrong, () -> read(config, key));
    }
    var senders = config.senders();
    for (Runnable each :
        List.<Runnable>of(
            senders::pinned,
            senders::listenersOwn,
            senders::listenersNames,
            senders::tlsClients,
            senders::sources,
            senders::agencyConnections,
            senders::quotas,
            () -> senders.framing(Key.INTAKE_FRAMING_TCP),
            () -> senders.framing(Key.INTAKE_FRAMING_TLS))) {
      look(wrong, each);
    }
    return wrong;
  }

  // What a value must be, its default tells.
  private static void read(Config config, Key key) {
    String usual = key.byDefault();
    if (key.isPort()) {
      config.port(key);
    } else if (usual.matches("true|false")) {
      config.flag(key);
    } else if (usual.matches("\\d+[KMG]iB")) {
      config.bytes(key);
    } else if (usual.matches("\\d+(ms|s|m|h|d)") && !config.text(key).isBlank()) {
      config.time(key);
    }
  }

  private static void look(List<String> wrong, Runnable reading) {
    try {
      reading.run();
    } catch (Usage e) {
      String said = String.valueOf(e.getMessage());
      if (!wrong.contains(said)) {
        wrong.add(said);
      }
    }
  }

  /** A length in bytes; nothing where it can't be read, which is told of the configuration. */
  static long bytes(Config config, Key key) {
    try {
      return config.bytes(key);
    } catch (Usage e) {
      return 0;
    }
  }
}
