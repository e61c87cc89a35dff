package mo.farol.app;

import java.util.List;

/** Settings that put every listener on a free port, for centres that are only tried. */
final class FreePorts {
  static final List<String> SETTINGS =
      List.of(
          "intake.syslog.udp=0",
          "intake.syslog.tcp=0",
          "intake.relp=0",
          "intake.gelf=0",
          "intake.lumberjack=0",
          "intake.http=0",
          "console.port=0",
          "metrics.port=0");

  private FreePorts() {}

  /** The same as words of a command line. */
  static List<String> words() {
    return SETTINGS.stream().flatMap(set -> java.util.stream.Stream.of("--set", set)).toList();
  }
}
