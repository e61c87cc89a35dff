package mo.farol.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of a workflow, CACAO section 4.
 *
 * @param id {@code type--UUID}
 * @param type one of the eight types, such as {@code action}
 * @param name for people
 * @param description for people
 * @param instructions what to do: each command as it would be run or as a person reads it; in a run
 *     with the values of its variables
 * @param agent who does it, in words
 * @param onDone step after it, empty for none
 * @param onFailure step after a failure, empty for none
 * @param branches what a person may decide: label to step id, empty where that way just goes on; no
 *     labels where there is nothing to decide
 * @param inside steps that run within it: branches of a parallel step
 * @param answers variables whoever does the step may fill in
 */
public record Step(
    String id,
    String type,
    String name,
    String description,
    List<String> instructions,
    String agent,
    String onDone,
    String onFailure,
    Map<String, String> branches,
    List<String> inside,
    List<String> answers) {

  /** Label of the branch that leaves a condition unmet. */
  public static final String OTHERWISE = "false";

  static Step of(String id, JsonNode node, JsonNode root) {
    return new Step(
        id,
        node.path("type").asText(),
        node.path("name").asText(""),
        node.path("description").asText(""),
        instructions(node),
        agent(node, root),
        first(node, "on_completion", "on_success"),
        node.path("on_failure").asText(""),
        branches(node),
        texts(node.path("next_steps")),
        texts(node.path("out_args")));
  }

  /** Whether a person does it. */
  public boolean isWork() {
    return switch (type) {
      case "start", "end", "parallel" -> false;
      default -> true;
    };
  }

  /** Whether a person decides where it goes on. */
  public boolean isDecision() {
    return !branches.isEmpty();
  }

  /** The step as a run shows it: variables replaced by what is known of them. */
  Step filled(Variables variables) {
    var lines = instructions.stream().map(variables::fill).toList();
    return new Step(
        id,
        type,
        name,
        variables.fill(description),
        lines,
        agent,
        onDone,
        onFailure,
        branches,
        inside,
        answers);
  }

  /** Steps that may follow, in reading order. */
  List<String> next() {
    var next = new ArrayList<>(branches.values());
    next.add(onDone);
    next.add(onFailure);
    next.removeIf(String::isEmpty);
    return next;
  }

  private static String agent(JsonNode node, JsonNode root) {
    String id = node.path("agent").asText("");
    return root.path("agent_definitions").path(id).path("name").asText("");
  }

  private static String first(JsonNode node, String... names) {
    for (String name : names) {
      if (node.hasNonNull(name)) {
        return node.path(name).asText();
      }
    }
    return "";
  }

  private static List<String> instructions(JsonNode node) {
    var lines = new ArrayList<String>();
    for (var command : node.path("commands")) {
      lines.add(Variables.line(command.path("type").asText(""), text(command)));
    }
    if (node.hasNonNull("condition")) {
      lines.add(node.path("condition").asText());
    }
    if (node.hasNonNull("switch")) {
      lines.add(node.path("switch").asText());
    }
    if (node.hasNonNull("playbook_id")) {
      lines.add("run the playbook " + node.path("playbook_id").asText());
    }
    return lines;
  }

  private static String text(JsonNode command) {
    return command.hasNonNull("command")
        ? command.path("command").asText()
        : decoded(command.path("command_b64").asText(""));
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "(not readable as base64)";
    }
  }

  private static Map<String, String> branches(JsonNode node) {
    var branches = new LinkedHashMap<String, String>();
    if (node.hasNonNull("on_true")) {
      branches.put("true", node.path("on_true").asText());
      branches.put(OTHERWISE, node.path("on_false").asText(""));
    }
    node.path("cases").properties().forEach(e -> branches.put(e.getKey(), e.getValue().asText()));
    return branches;
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
