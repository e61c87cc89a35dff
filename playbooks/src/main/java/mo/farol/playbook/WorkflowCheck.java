package mo.farol.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Steps and how they lead to each other, CACAO 2.0 sections 4 and 5. */
final class WorkflowCheck {
  private static final int STEPS = 1_000;
  private static final Set<String> TYPES =
      Set.of(
          "start",
          "end",
          "action",
          "playbook-action",
          "parallel",
          "if-condition",
          "while-condition",
          "switch-condition");
  private static final Set<String> COMMANDS =
      Set.of(
          "manual",
          "bash",
          "ssh",
          "powershell",
          "caldera-cmd",
          "elastic",
          "jupyter",
          "kestrel",
          "sigma",
          "yara",
          "http-api",
          "openc2-http");
  private static final List<String> POINTERS =
      List.of("on_completion", "on_success", "on_failure", "on_true", "on_false");

  private final JsonNode root;
  private final JsonNode workflow;
  private final Problems problems;

  WorkflowCheck(JsonNode root, Problems problems) {
    this.root = root;
    this.workflow = root.path("workflow");
    this.problems = problems;
  }

  void run() {
    if (!root.has("workflow")) {
      return;
    }
    if (!workflow.isObject() || workflow.isEmpty()) {
      problems.error("/workflow", "object", "is an object of steps by their ids");
      return;
    }
    if (workflow.size() > STEPS) {
      problems.error("/workflow", "size", "has more than " + STEPS + " steps");
      return;
    }
    workflow.properties().forEach(e -> step(e.getKey(), e.getValue()));
    starts();
    reach();
  }

  private void starts() {
    String start = root.path("workflow_start").asText("");
    if (!start.isEmpty() && !workflow.has(start)) {
      problems.error("/workflow_start", "dangling", "names no step");
    } else if (!type(start).equals("start")) {
      problems.warn("/workflow_start", "start", "names no start step; a run begins with it anyway");
    }
    if (workflow.properties().stream().filter(e -> type(e.getKey()).equals("start")).count() > 1) {
      problems.error("/workflow", "start", "has more than one start step");
    }
    String exception = root.path("workflow_exception").asText("");
    if (!exception.isEmpty() && !workflow.has(exception)) {
      problems.warn("/workflow_exception", "dangling", "names no step; it will never be used");
    }
  }

  private void step(String id, JsonNode step) {
    String at = Problems.under("/workflow", id);
    String type = step.path("type").asText("");
    if (!TYPES.contains(type)) {
      problems.error(at + "/type", "type", "'" + type + "' is none of the eight step types");
      return;
    }
    problems.id(at, id, type);
    pointers(at, step, type);
    switch (type) {
      case "action" -> action(at, step);
      case "if-condition", "while-condition" -> problems.needs(at, step, "condition", "on_true");
      case "switch-condition" -> cases(at, step);
      case "parallel" -> branches(at, step);
      case "playbook-action" -> problems.needs(at, step, "playbook_id");
      default -> {} // start and end have pointers only
    }
    number(at, step, "delay");
    number(at, step, "timeout");
  }

  private void action(String at, JsonNode step) {
    problems.needs(at, step, "commands", "agent");
    var commands = step.path("commands");
    if (step.has("commands") && (!commands.isArray() || commands.isEmpty())) {
      problems.error(at + "/commands", "commands", "is a list of at least one command");
    }
    for (int i = 0; i < commands.size(); i++) {
      command(at + "/commands/" + i, commands.get(i));
    }
    String agent = step.path("agent").asText("");
    if (!agent.isEmpty() && !root.path("agent_definitions").has(agent)) {
      problems.error(at + "/agent", "dangling", "names no agent of agent_definitions");
    }
    for (var target : step.path("targets")) {
      boolean known =
          root.path("target_definitions").has(target.asText())
              || root.path("agent_definitions").has(target.asText());
      if (!known) {
        problems.error(at + "/targets", "dangling", "'" + target.asText() + "' is no target");
      }
    }
  }

  private void command(String at, JsonNode command) {
    String type = command.path("type").asText("");
    problems.needs(at, command, "type");
    boolean known = COMMANDS.contains(type);
    boolean says = command.hasNonNull("command") || command.hasNonNull("command_b64");
    if (known && !says) {
      problems.error(at, "command", "needs a command or command_b64");
    }
    if (!type.isEmpty() && !known) {
      problems.warn(at + "/type", "command", "'" + type + "' is shown to a person, not run");
    }
  }

  private void cases(String at, JsonNode step) {
    problems.needs(at, step, "switch", "cases");
    if (step.has("cases") && (!step.path("cases").isObject() || step.path("cases").isEmpty())) {
      problems.error(at + "/cases", "cases", "is an object of at least one case");
    }
  }

  private void branches(String at, JsonNode step) {
    problems.needs(at, step, "next_steps");
    if (step.has("next_steps") && step.path("next_steps").size() < 2) {
      problems.error(at + "/next_steps", "branches", "names at least two steps");
    }
  }

  private void pointers(String at, JsonNode step, String type) {
    if (step.has("on_completion") && (step.has("on_success") || step.has("on_failure"))) {
      problems.error(at, "exclusive", "on_completion excludes on_success and on_failure");
    }
    boolean leads = step.has("on_completion") || step.has("on_success");
    switch (type) {
      case "end" -> {
        if (POINTERS.stream().anyMatch(step::has)) {
          problems.error(at, "end", "an end step leads nowhere");
        }
      }
      case "start" -> {
        if (step.has("on_success") || step.has("on_failure") || !leads) {
          problems.error(at, "start", "a start step has on_completion only");
        }
      }
      case "action", "playbook-action" -> {
        if (!leads) {
          problems.error(at, "next", "leads nowhere; a branch ends with an end step");
        }
      }
      default -> {
        if (!leads) {
          problems.warn(at, "next", "nothing follows when its branches have ended");
        }
      }
    }
    for (String next : followers(step)) {
      if (!workflow.has(next)) {
        problems.error(at, "dangling", "leads to '" + next + "', which is no step");
      }
    }
  }

  private void number(String at, JsonNode step, String name) {
    var value = step.path(name);
    if (step.has(name) && (!value.isIntegralNumber() || value.asLong() < 0)) {
      problems.error(at + "/" + name, name, "is a whole number of milliseconds");
    }
  }

  private void reach() {
    Set<String> seen = new HashSet<>();
    var open = new ArrayDeque<String>();
    open.add(root.path("workflow_start").asText(""));
    open.add(root.path("workflow_exception").asText(""));
    boolean ends = false;
    while (!open.isEmpty()) {
      String id = open.remove();
      if (workflow.has(id) && seen.add(id)) {
        ends |= type(id).equals("end");
        open.addAll(followers(workflow.path(id)));
      }
    }
    if (!ends) {
      problems.error("/workflow", "end", "no end step can be reached");
    }
    for (var entry : workflow.properties()) {
      if (!seen.contains(entry.getKey())) {
        String at = Problems.under("/workflow", entry.getKey());
        problems.error(at, "unreachable", "can't be reached from the start");
      }
    }
  }

  private String type(String id) {
    return workflow.path(id).path("type").asText("");
  }

  private static List<String> followers(JsonNode step) {
    var next = new ArrayList<String>();
    for (String name : POINTERS) {
      if (step.hasNonNull(name)) {
        next.add(step.path(name).asText());
      }
    }
    step.path("next_steps").forEach(n -> next.add(n.asText()));
    step.path("cases").forEach(n -> next.add(n.asText()));
    return next;
  }
}
