package mo.farol.playbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One CACAO 2.0 playbook that was checked. Its identity is id and {@code modified}; the document
 * itself is kept to the byte.
 */
public final class Playbook {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final JsonNode root;
  private final String text;

  private Playbook(JsonNode root, String text) {
    this.root = root;
    this.text = text;
  }

  /**
   * Reads a document.
   *
   * @throws PlaybookFault naming the first thing that is wrong
   */
  public static Playbook parse(String text) {
    try {
      var root = JSON.readTree(text);
      var problems = PlaybookCheck.check(root);
      if (!problems.isEmpty()) {
        throw new PlaybookFault(problems.getFirst().toString());
      }
      return new Playbook(root, text);
    } catch (JsonProcessingException e) {
      throw new PlaybookFault("not JSON: " + e.getOriginalMessage());
    }
  }

  /** {@code playbook--UUID}. */
  public String id() {
    return root.path("id").asText();
  }

  /** For people. */
  public String name() {
    return root.path("name").asText();
  }

  /** For people; may be empty. */
  public String description() {
    return root.path("description").asText("");
  }

  /** The version: RFC 3339. */
  public String modified() {
    return root.path("modified").asText();
  }

  /** The document as it was read. */
  public String text() {
    return text;
  }

  /** SHA-256 of {@link #text}, hexadecimal. */
  public String sha256() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Id of the step a run begins with. */
  public String start() {
    return root.path("workflow_start").asText();
  }

  /** What stands after a prefix in its labels, such as techniques after {@code technique:}. */
  public List<String> labelled(String prefix) {
    var found = new ArrayList<String>();
    for (var label : root.path("labels")) {
      if (label.asText().startsWith(prefix)) {
        found.add(label.asText().substring(prefix.length()));
      }
    }
    return found;
  }

  /** A step by id. */
  public Optional<Step> step(String id) {
    var node = root.path("workflow").path(id);
    return node.isObject() ? Optional.of(Step.of(id, node, root)) : Optional.empty();
  }

  /** Every step in reading order: from the start along what follows, each once. */
  public List<Step> steps() {
    Map<String, Step> seen = new LinkedHashMap<>();
    walk(start(), seen);
    return List.copyOf(seen.values());
  }

  private void walk(String id, Map<String, Step> seen) {
    if (id.isEmpty() || seen.containsKey(id)) {
      return;
    }
    step(id)
        .ifPresent(
            step -> {
              seen.put(id, step);
              List<String> after = new ArrayList<>(step.inside());
              after.addAll(step.next());
              after.forEach(next -> walk(next, seen));
            });
  }
}
