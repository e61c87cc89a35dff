package mo.farol.app;

import java.util.Arrays;
import java.util.List;
import mo.farol.centre.Key;

/** Settings that put every listener on a free port, for centres that are only tried. */
final class FreePorts {
  static final List<String> SETTINGS =
<<<<<<< HEAD
      List.of(
          "intake.syslog.udp=0",
          "intake.syslog.tcp=0",
          "intake.syslog.tls=0",
          "intake.http=0",
          "console.port=0",
          "metrics.port=0");
=======
      Arrays.stream(Key.values()).filter(Key::isPort).map(key -> key.key() + "=0").toList();
>>>>>>> main

  private FreePorts() {}

  /** The same as words of a command line. */
  static List<String> words() {
    return SETTINGS.stream().flatMap(set -> java.util.stream.Stream.of("--set", set)).toList();
  }
}
