package mo.farol.playbook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Playbooks drawn for tests, a step in a line: {@code name: pointer=target ...}. A name says its
 * type.
 */
final class DrawnPlaybook {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DrawnPlaybook() {}

  static String json(String flow) {
    var root = JSON.createObjectNode();
    root.put("type", "playbook").put("spec_version", "cacao-2.0").put("name", "Drawn");
    root.put("id", "playbook--" + uuid(99)).put("created_by", "identity--" + uuid(98));
    root.put("created", "2026-11-24T00:00:00.000Z").put("modified", "2026-11-24T00:00:00.000Z");
    root.put("workflow_start", id("start"));
    var workflow = root.putObject("workflow");
    for (String line : flow.lines().toList()) {
      String[] parts = line.split(": ?", 2);
      if (parts[0].equals("exception")) {
        root.put("workflow_exception", id(parts[1]));
      } else {
        step(workflow.putObject(id(parts[0])), parts[0], parts[1]);
      }
    }
    root.putObject("agent_definitions")
        .putObject("group--" + uuid(97))
        .put("type", "group")
        .put("name", "Duty");
    return root.toString();
  }

  private static void step(ObjectNode step, String name, String pointers) {
    String type = type(name);
    step.put("type", type).put("name", name);
    switch (type) {
      case "action" -> {
        step.put("agent", "group--" + uuid(97));
        step.putArray("commands").addObject().put("type", "manual").put("command", name);
      }
      case "if-condition", "while-condition" -> step.put("condition", "__x__:value = 'y'");
      default -> {} // nothing but pointers
    }
    for (String pair : pointers.isBlank() ? new String[0] : pointers.split(" ", -1)) {
      String[] sides = pair.split("=", 2);
      if (sides[0].equals("next_steps")) {
        var next = step.putArray("next_steps");
        List.of(sides[1].split(",", -1)).forEach(n -> next.add(id(n)));
      } else {
        step.put(sides[0], id(sides[1]));
      }
    }
  }

  private static String type(String name) {
    return switch (name.replaceAll("\\d", "")) {
      case "if" -> "if-condition";
      case "while" -> "while-condition";
      case String word -> word;
    };
  }

  static String id(String name) {
    return type(name) + "--" + uuid(Math.floorMod(name.hashCode(), 100_000_000));
  }

  private static String uuid(int number) {
    return "%08d-0000-4000-8000-000000000000".formatted(number);
  }
}
