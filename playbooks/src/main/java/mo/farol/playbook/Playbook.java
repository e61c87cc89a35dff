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
 * itself is kept to the byte, so that what we do not know of travels on.
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
    var root = read(text);
    var problems = PlaybookCheck.check(root);
    if (!problems.isEmpty()) {
      throw new PlaybookFault(problems.getFirst().toString());
    }
    return new Playbook(root, text);
  }

  /** A document that was checked when it was pinned, perhaps by a Farol with milder checks. */
  static Playbook pinned(String text) {
    return new Playbook(read(text), text);
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

  /** What to think about before running it; see {@link PlaybookCheck#warnings}. */
  public List<Problem> warnings() {
    return PlaybookCheck.warnings(root);
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

  /** Id of the step that follows a failure nothing else handles, empty for none. */
  public String exception() {
    return root.path("workflow_exception").asText("");
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

  /** First values of the playbook's variables by name; empty text where it gives none. */
  public Map<String, String> variables() {
    var variables = new LinkedHashMap<String, String>();
    root.path("playbook_variables")
        .properties()
        .forEach(e -> variables.put(e.getKey(), e.getValue().path("value").asText("")));
    return variables;
  }

  /** Names of the variables that whoever starts a run supplies. */
  public List<String> asked() {
    return root.path("playbook_variables").properties().stream()
        .filter(e -> e.getValue().path("external").asBoolean())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Whether a run may give this variable a value: it is declared, here or there, as no constant.
   */
  boolean isOpen(String variable, Step step) {
    var local = root.path("workflow").path(step.id()).path("step_variables").path(variable);
    var declared = local.isObject() ? local : root.path("playbook_variables").path(variable);
    return declared.isObject() && !declared.path("constant").asBoolean();
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
    walk(exception(), seen);
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

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new PlaybookFault("not JSON: " + e.getOriginalMessage());
    }
  }
}
