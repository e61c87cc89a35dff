package mo.farol.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the official schemas can't say: that steps exist, end and can be reached, that pointers do
 * not contradict each other (CACAO 2.0 sections 3 and 4).
 */
public final class PlaybookCheck {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  private static final Pattern VARIABLE = Pattern.compile("__[a-zA-Z][a-zA-Z0-9_-]{0,245}__");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final List<String> REQUIRED =
      List.of(
          "type",
          "spec_version",
          "id",
          "name",
          "created_by",
          "created",
          "modified",
          "workflow_start",
          "workflow");
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
  private static final List<String> POINTERS =
      List.of("on_completion", "on_success", "on_failure", "on_true", "on_false");

  private final JsonNode root;
  private final List<Problem> problems = new ArrayList<>();

  private PlaybookCheck(JsonNode root) {
    this.root = root;
  }

  /** Everything that is wrong, in order; empty for a good playbook. */
  public static List<Problem> check(JsonNode root) {
    var check = new PlaybookCheck(root);
    if (!root.isObject()) {
      check.add("", "object", "a playbook is a JSON object");
      return check.problems;
    }
    check.metadata();
    check.workflow();
    return List.copyOf(check.problems);
  }

  private void metadata() {
    for (String name : REQUIRED) {
      if (!root.hasNonNull(name)) {
        add("/" + name, "required", "is missing");
      }
    }
    equal("type", "playbook");
    equal("spec_version", "cacao-2.0");
    id("/id", root.path("id").asText(""), "playbook");
    id("/created_by", root.path("created_by").asText(""), "identity");
    for (String name : List.of("created", "modified", "valid_from", "valid_until")) {
      if (root.hasNonNull(name) && !TIME.matcher(root.path(name).asText()).matches()) {
        add("/" + name, "time", "is no RFC 3339 time in UTC");
      }
    }
    for (String name : List.of("priority", "severity", "impact")) {
      if (root.hasNonNull(name)
          && (!root.path(name).isInt()
              || root.path(name).asInt() < 0
              || root.path(name).asInt() > 100)) {
        add("/" + name, "scale", "is a whole number from 0 to 100");
      }
    }
    variables("/playbook_variables", root.path("playbook_variables"));
  }

  private void workflow() {
    var workflow = root.path("workflow");
    if (!workflow.isObject()) {
      return;
    }
    int starts = 0;
    for (var entry : workflow.properties()) {
      step("/workflow/" + entry.getKey(), entry.getKey(), entry.getValue());
      starts += entry.getValue().path("type").asText("").equals("start") ? 1 : 0;
    }
    String start = root.path("workflow_start").asText("");
    if (!workflow.path(start).path("type").asText("").equals("start")) {
      add("/workflow_start", "start", "names no start step");
    }
    if (starts > 1) {
      add("/workflow", "start", "has more than one start step");
    }
    var exception = root.path("workflow_exception").asText("");
    if (!exception.isEmpty() && !workflow.has(exception)) {
      add("/workflow_exception", "dangling", "names no step");
    }
    reach(workflow, start, exception);
  }

  private void step(String pointer, String id, JsonNode step) {
    String type = step.path("type").asText("");
    if (!TYPES.contains(type)) {
      add(pointer + "/type", "type", "'" + type + "' is none of the eight step types");
      return;
    }
    id(pointer, id, type);
    pointers(pointer, step, type);
    variables(pointer + "/step_variables", step.path("step_variables"));
    switch (type) {
      case "action" -> action(pointer, step);
      case "if-condition", "while-condition" -> needs(pointer, step, "condition", "on_true");
      case "switch-condition" -> needs(pointer, step, "switch", "cases");
      case "parallel" -> needs(pointer, step, "next_steps");
      case "playbook-action" -> needs(pointer, step, "playbook_id");
      default -> {}
    }
  }

  private void action(String pointer, JsonNode step) {
    needs(pointer, step, "commands", "agent");
    if (step.has("commands") && step.path("commands").isEmpty()) {
      add(pointer + "/commands", "commands", "is empty");
    }
    int i = 0;
    for (var command : step.path("commands")) {
      boolean says = command.hasNonNull("command") || command.hasNonNull("command_b64");
      if (!command.hasNonNull("type") || !says) {
        add(pointer + "/commands/" + i, "command", "needs a type and a command");
      }
      i++;
    }
    String agent = step.path("agent").asText("");
    if (!agent.isEmpty() && !root.path("agent_definitions").has(agent)) {
      add(pointer + "/agent", "dangling", "names no agent of agent_definitions");
    }
  }

  private void pointers(String pointer, JsonNode step, String type) {
    if (step.has("on_completion") && (step.has("on_success") || step.has("on_failure"))) {
      add(pointer, "exclusive", "on_completion excludes on_success and on_failure");
    }
    if (type.equals("start") && (step.has("on_success") || step.has("on_failure"))) {
      add(pointer, "start", "a start step has on_completion only");
    }
    if (type.equals("start") && !step.has("on_completion")) {
      add(pointer, "start", "a start step needs on_completion");
    }
    if (type.equals("end") && POINTERS.stream().anyMatch(step::has)) {
      add(pointer, "end", "an end step leads nowhere");
    }
    for (String next : followers(step)) {
      if (!root.path("workflow").has(next)) {
        add(pointer, "dangling", "leads to '" + next + "', which is no step");
      }
    }
  }

  private void reach(JsonNode workflow, String start, String exception) {
    Set<String> seen = new HashSet<>();
    var open = new ArrayDeque<>(List.of(start, exception));
    boolean ends = false;
    while (!open.isEmpty()) {
      String id = open.remove();
      if (!workflow.has(id) || !seen.add(id)) {
        continue;
      }
      ends |= workflow.path(id).path("type").asText("").equals("end");
      open.addAll(followers(workflow.path(id)));
    }
    if (!ends) {
      add("/workflow", "end", "no end step can be reached");
    }
    for (var entry : workflow.properties()) {
      if (!seen.contains(entry.getKey())) {
        add("/workflow/" + entry.getKey(), "unreachable", "can't be reached from the start");
      }
    }
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

  private void needs(String pointer, JsonNode step, String... names) {
    for (String name : names) {
      if (!step.hasNonNull(name)) {
        add(pointer + "/" + name, "required", "is missing");
      }
    }
  }

  private void variables(String pointer, JsonNode variables) {
    for (var entry : variables.properties()) {
      if (!VARIABLE.matcher(entry.getKey()).matches()) {
        add(pointer + "/" + entry.getKey(), "variable", "a variable is named __letters__");
      }
      if (!entry.getValue().hasNonNull("type")) {
        add(pointer + "/" + entry.getKey(), "variable", "needs a type");
      }
    }
  }

  private void id(String pointer, String id, String type) {
    if (!id.isEmpty()
        && !(id.startsWith(type + "--")
            && UUID.matcher(id.substring(type.length() + 2)).matches())) {
      add(pointer, "id", "is not " + type + "-- and a UUID");
    }
  }

  private void equal(String name, String value) {
    if (root.hasNonNull(name) && !root.path(name).asText().equals(value)) {
      add("/" + name, name, "is '" + value + "' in CACAO 2.0");
    }
  }

  private void add(String pointer, String code, String message) {
    problems.add(new Problem(pointer, code, message));
  }
}
