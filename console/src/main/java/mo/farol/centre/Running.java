package mo.farol.centre;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a running centre leaves in its home for commands of the same machine.
 *
 * @param console address of the console, as commands reach it
 * @param pid process id
 * @param ports of its listeners by key, as they were bound
 */
public record Running(URI console, long pid, Map<String, Integer> ports) {
  private static final String FILE = "running.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Leaves word in the home. */
  void tell(Home home) {
    try {
      home.write(
          FILE,
          JSON.writeValueAsString(
              Map.of("console", console.toString(), "pid", pid, "ports", ports)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("two plain values could not be written as JSON", e);
    }
  }

  /** The centre that runs on this home; empty when none does. */
  public static Optional<Running> on(Home home) {
    if (!home.isHeld()) {
      return Optional.empty();
    }
    return home.read(FILE).map(Running::parse);
  }

  /** The centre that runs on this home; a {@link Usage} in one line when none does. */
  public static Running needed(Home home) {
    return on(home)
        .orElseThrow(
            () ->
                new Usage(
                    "no centre is running on %s; start one with 'farol run'"
                        .formatted(home.folder())));
  }

  private static Running parse(String text) {
    try {
      var node = JSON.readTree(text);
      var ports = new HashMap<String, Integer>();
      node.path("ports").properties().forEach(e -> ports.put(e.getKey(), e.getValue().asInt()));
      return new Running(
          URI.create(node.path("console").asText()), node.path("pid").asLong(), ports);
    } catch (JsonProcessingException e) {
      throw new Usage("running.json in the home is damaged; restart the centre");
    }
  }
}
