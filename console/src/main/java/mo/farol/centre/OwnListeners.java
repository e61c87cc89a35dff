package mo.farol.centre;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import mo.farol.intake.Input;
import mo.farol.intake.PinnedListener;
import mo.farol.syslog.Framing;

/** Reads {@code intake.pinned}: {@code agency=port}, {@code agency=udp:port}, {@code =port/lf}. */
final class OwnListeners {
  private static final Key KEY = Key.INTAKE_PINNED;
  private static final String FORM = "agency=port,agency=protocol:port,agency=port/framing";

  private OwnListeners() {}

  /** In the order given; a Usage in one line where an entry can't be read or comes twice. */
  static List<PinnedListener> of(Config config) {
    var listeners = new ArrayList<PinnedListener>();
    var keys = new HashSet<String>();
    for (var entry : config.entries(KEY, FORM)) {
      var one = listener(entry.getKey(), entry.getValue());
      if (!keys.add(one.key())) {
        throw new Usage(
            "%s gives %s two listeners of %s: one of each protocol is all there can be"
                .formatted(KEY.key(), one.agency(), one.input().word()));
      }
      listeners.add(one);
    }
    return listeners;
  }

  private static PinnedListener listener(String agency, String text) {
    int colon = text.indexOf(':');
    var input = colon < 0 ? Input.SYSLOG_TCP : input(text.substring(0, colon));
    String[] parts = text.substring(colon + 1).split("/", 2);
    int port = Config.port(KEY, parts[0]);
    if (port < 0) {
      throw new Usage(KEY.key() + " takes a port (0 any free one), not '" + parts[0] + "'");
    }
    if (parts.length == 1) {
      return new PinnedListener(agency, input, port);
    }
    if (input != Input.SYSLOG_TCP) {
      throw new Usage(
          "%s takes '/%s' after a tcp port only, not after %s"
              .formatted(KEY.key(), parts[1], input.word()));
    }
    return new PinnedListener(agency, input, port, framing(parts[1]));
  }

  private static Framing framing(String word) {
    return SenderConfig.framing(KEY, word);
  }

  private static Input input(String word) {
    return PinnedListener.named(word)
        .orElseThrow(
            () ->
                new Usage(
                    "%s takes %s before a port, not '%s'"
                        .formatted(
                            KEY.key(),
                            PinnedListener.INPUTS.stream()
                                .map(Input::word)
                                .collect(Collectors.joining(", "))
                                .replaceFirst(", (\\w+)$", " or $1"),
                            word)));
  }
}
