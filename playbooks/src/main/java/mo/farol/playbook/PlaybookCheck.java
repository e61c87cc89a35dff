package mo.farol.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the official schemas can't say: that steps exist, end and can be reached, that pointers do
 * not contradict each other, that types and ids agree (CACAO 2.0 sections 3, 4, 7 and 10). Errors
 * make a document no playbook; warnings are for whoever is about to run it.
 */
public final class PlaybookCheck {
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?Z");
  private static final Pattern VARIABLE = Pattern.compile("__[a-zA-Z][a-zA-Z0-9_-]{0,244}__");
  private static final Pattern USE = Pattern.compile("(__[a-zA-Z][a-zA-Z0-9_-]{0,244}?__):value");
  private static final List<String> TIMES =
      List.of("created", "modified", "valid_from", "valid_until");
  private static final List<String> SCALES = List.of("priority", "severity", "impact");

  private final JsonNode root;
  private final Problems problems = new Problems();

  private PlaybookCheck(JsonNode root) {
    this.root = root;
  }

  /** Everything that is wrong, in order; empty for a good playbook. */
  public static List<Problem> check(JsonNode root) {
    return checked(root).errors();
  }

  /** What is allowed and yet worth a second look, such as a variable nobody declared. */
  public static List<Problem> warnings(JsonNode root) {
    return checked(root).warnings();
  }

  private static Problems checked(JsonNode root) {
    var check = new PlaybookCheck(root);
    if (!root.isObject()) {
      check.problems.error("", "object", "a playbook is a JSON object");
      return check.problems;
    }
    check.metadata();
    check.variables("/playbook_variables", root.path("playbook_variables"));
    new WorkflowCheck(root, check.problems).run();
    root.path("workflow")
        .properties()
        .forEach(
            e ->
                check.variables(
                    "/workflow/" + e.getKey() + "/step_variables",
                    e.getValue().path("step_variables")));
    new DefinitionCheck(root, check.problems).run();
    check.uses();
    return check.problems;
  }

  private void metadata() {
    problems.needs(
        "",
        root,
        "type",
        "spec_version",
        "id",
        "name",
        "created_by",
        "created",
        "modified",
        "workflow_start",
        "workflow");
    equal("type", "playbook");
    equal("spec_version", "cacao-2.0");
    problems.id("/id", root.path("id").asText(""), "playbook");
    problems.id("/created_by", root.path("created_by").asText(""), "identity");
    TIMES.forEach(this::time);
    inOrder("created", "modified");
    inOrder("valid_from", "valid_until");
    SCALES.forEach(this::scale);
    if (root.path("revoked").asBoolean()) {
      problems.warn("/revoked", "revoked", "its author has withdrawn it");
    }
  }

  private void equal(String name, String value) {
    if (root.hasNonNull(name) && !root.path(name).asText().equals(value)) {
      problems.error("/" + name, name, "is '" + value + "' in CACAO 2.0");
    }
  }

  private void time(String name) {
    if (root.hasNonNull(name) && !TIME.matcher(root.path(name).asText()).matches()) {
      problems.error("/" + name, "time", "is no RFC 3339 time in UTC");
    }
  }

  private void inOrder(String first, String second) {
    boolean both = root.hasNonNull(first) && root.hasNonNull(second);
    if (both && root.path(first).asText().compareTo(root.path(second).asText()) > 0) {
      problems.warn("/" + second, "time", "is before " + first);
    }
  }

  private void scale(String name) {
    var value = root.path(name);
    boolean good = value.isInt() && value.asInt() >= 0 && value.asInt() <= 100;
    if (root.hasNonNull(name) && !good) {
      problems.error("/" + name, "scale", "is a whole number from 0 to 100");
    }
  }

  private void variables(String pointer, JsonNode variables) {
    for (var entry : variables.properties()) {
      String at = Problems.under(pointer, entry.getKey());
      if (!VARIABLE.matcher(entry.getKey()).matches()) {
        problems.error(at, "variable", "a variable is named __letters__");
      }
      if (!entry.getValue().hasNonNull("type")) {
        problems.error(at, "variable", "needs a type");
      }
      if (entry.getValue().path("external").asBoolean() && !pointer.equals("/playbook_variables")) {
        problems.warn(at, "external", "only a playbook's own variables come from outside");
      }
    }
  }

  /** A use of a variable that is declared nowhere; what it stands for nobody will know. */
  private void uses() {
    var declared = new ArrayList<String>();
    root.path("playbook_variables").fieldNames().forEachRemaining(declared::add);
    for (var step : root.path("workflow").properties()) {
      var known = new ArrayList<>(declared);
      step.getValue().path("step_variables").fieldNames().forEachRemaining(known::add);
      USE.matcher(step.getValue().toString())
          .results()
          .map(use -> use.group(1))
          .distinct()
          .filter(name -> !known.contains(name))
          .forEach(
              name ->
                  problems.warn(
                      "/workflow/" + step.getKey(), "undeclared", name + " is declared nowhere"));
    }
  }
}
