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
 * @param instructions what to do: each command as it would be run or as a person reads it
 * @param agent who does it, in words
 * @param onDone step after it, empty for none
 * @param onFailure step after a failure, empty for none
 * @param branches what a person may decide: label to step id; empty where there is nothing to
 *     decide
 * @param inside steps that run within it: branches of a parallel step
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
    List<String> inside) {

  /** Label of the branch that leaves a condition unmet. */
  public static final String OTHERWISE = "false";

  static Step of(String id, JsonNode node, JsonNode root) {
    return new Step(
        id,
        node.path("type").asText(),
        node.path("name").asText(""),
        node.path("description").asText(""),
        instructions(node),
        root.path("agent_definitions").path(node.path("agent").asText("")).path("name").asText(""),
        first(node, "on_completion", "on_success"),
        node.path("on_failure").asText(""),
        branches(node),
        inside(node));
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

  /** Steps that may follow, in reading order. */
  List<String> next() {
    var next = new ArrayList<>(branches.values());
    next.add(onDone);
    next.add(onFailure);
    next.removeIf(String::isEmpty);
    return next;
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
      String type = command.path("type").asText("");
      String text = command.path("command").asText(decoded(command.path("command_b64").asText("")));
      lines.add(type.equals("manual") ? text : type + ": " + text);
    }
    if (node.hasNonNull("condition")) {
      lines.add(node.path("condition").asText());
    }
    if (node.hasNonNull("playbook_id")) {
      lines.add("run the playbook " + node.path("playbook_id").asText());
    }
    return lines;
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

  private static List<String> inside(JsonNode node) {
    var steps = new ArrayList<String>();
    node.path("next_steps").forEach(next -> steps.add(next.asText()));
    return steps;
  }
}
