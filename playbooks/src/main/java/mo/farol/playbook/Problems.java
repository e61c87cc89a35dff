package mo.farol.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects what a check finds, errors and warnings apart. */
final class Problems {
  private static final Pattern UUID =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}");

  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  List<Problem> errors() {
    return List.copyOf(errors);
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  void error(String pointer, String code, String message) {
    errors.add(new Problem(pointer, code, message));
  }

  void warn(String pointer, String code, String message) {
    warnings.add(new Problem(pointer, code, message));
  }

  /** Each of these properties must be there. */
  void needs(String pointer, JsonNode node, String... names) {
    for (String name : names) {
      if (!node.hasNonNull(name)) {
        error(pointer + "/" + name, "required", "is missing");
      }
    }
  }

  /** An id is its object's type, two hyphens and a UUID (section 10.10). */
  void id(String pointer, String id, String type) {
    if (!id.isEmpty() && !(id.startsWith(type + "--") && isUuid(id.substring(type.length() + 2)))) {
      error(pointer, "id", "is not " + type + "-- and a UUID");
    }
  }

  static boolean isUuid(String text) {
    return UUID.matcher(text).matches();
  }

  /** A name as part of a JSON pointer, RFC 6901 section 3. */
  static String under(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
