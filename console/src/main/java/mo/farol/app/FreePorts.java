package mo.farol.app;

import java.util.Arrays;
import java.util.List;
import mo.farol.centre.Key;

/** Settings that put every listener on a free port, for centres that are only tried. */
final class FreePorts {
  static final List<String> SETTINGS =
      Arrays.stream(Key.values()).filter(Key::isPort).map(key -> key.key() + "=0").toList();

  private FreePorts() {}

  /** The same as words of a command line. */
  static List<String> words() {
    return SETTINGS.stream().flatMap(set -> java.util.stream.Stream.of("--set", set)).toList();
  }
}
