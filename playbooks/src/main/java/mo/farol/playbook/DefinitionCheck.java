package mo.farol.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Agents, targets, secrets and markings, CACAO 2.0 sections 6, 7 and 9. */
final class DefinitionCheck {
  private static final Set<String> AGENTS =
      Set.of(
          "group",
          "individual",
          "organization",
          "location",
          "sector",
          "http-api",
          "linux",
          "net-address",
          "ssh",
          "security-category");
  private static final Pattern MAIL =
      Pattern.compile("[A-Za-z0-9.!#%*+/=?_~^{}-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
  private static final Pattern VARIABLE = Pattern.compile("__[a-zA-Z][a-zA-Z0-9_-]*__(:value)?");
  private static final List<String> SECRETS = List.of("password", "token", "oauth_header");
  // The objects the committee published for the five labels of TLP 2.0; no playbook defines them.
  private static final Set<String> TLP =
      Set.of(
          "marking-tlp--94868c89-83c2-464b-929b-a1a8aa3c8487",
          "marking-tlp--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
          "marking-tlp--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
          "marking-tlp--939a9414-2ddd-4d32-a0cd-375ea402b003",
          "marking-tlp--e828b379-4e03-4974-9ac4-e53a884c97c1");

  private final JsonNode root;
  private final Problems problems;

  DefinitionCheck(JsonNode root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  void run() {
    for (String name : List.of("agent_definitions", "target_definitions")) {
      root.path(name).properties().forEach(e -> definition("/" + name, e.getKey(), e.getValue()));
    }
    root.path("authentication_info_definitions")
        .properties()
        .forEach(e -> secret("/authentication_info_definitions", e.getKey(), e.getValue()));
    markings();
  }

  private void definition(String above, String id, JsonNode node) {
    String at = Problems.under(above, id);
    problems.needs(at, node, "type", "name");
    String type = node.path("type").asText("");
    String prefix = prefix(id);
    if (AGENTS.contains(prefix) && !type.isEmpty() && !type.equals(prefix)) {
      problems.error(at + "/type", "type", "'" + type + "' does not agree with the id");
    } else if (!type.isEmpty() && !AGENTS.contains(type)) {
      problems.warn(
          at + "/type", "type", "'" + type + "' is unknown here; a person does its steps");
    } else if (AGENTS.contains(prefix)) {
      problems.id(at, id, prefix);
    }
    for (var mail : node.path("contact").path("email").properties()) {
      String text = mail.getValue().asText("");
      if (!MAIL.matcher(text).matches() && !VARIABLE.matcher(text).matches()) {
        String there = Problems.under(at + "/contact/email", mail.getKey());
        problems.error(there, "email", "is no e-mail address");
      }
    }
    String key = node.path("authentication_info").asText("");
    if (!key.isEmpty() && !root.path("authentication_info_definitions").has(key)) {
      problems.error(at + "/authentication_info", "dangling", "names no authentication info");
    }
  }

  private void secret(String above, String id, JsonNode node) {
    String at = Problems.under(above, id);
    problems.needs(at, node, "type");
    for (String name : SECRETS) {
      String text = node.path(name).asText("");
      if (!text.isEmpty() && !VARIABLE.matcher(text).matches() && !node.path("kms").asBoolean()) {
        problems.warn(at + "/" + name, "secret", "holds a secret in the open");
      }
    }
  }

  private void markings() {
    for (var marking : root.path("markings")) {
      String id = marking.asText("");
      if (!TLP.contains(id) && !root.path("data_marking_definitions").has(id)) {
        problems.error("/markings", "dangling", "'" + id + "' is no data marking");
      }
    }
  }

  private static String prefix(String id) {
    int end = id.indexOf("--");
    return end < 0 ? "" : id.substring(0, end);
  }
}
