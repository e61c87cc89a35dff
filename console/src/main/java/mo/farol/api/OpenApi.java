package mo.farol.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The OpenAPI 3.1 document, made of the same table as the routes. */
final class OpenApi {
  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");

  private OpenApi() {}

  static ObjectNode document(List<Endpoint> endpoints) {
    var root = Answers.object();
    root.put("openapi", "3.1.0");
    root.putObject("info").put("title", "Farol").put("version", "1");
    root.putArray("servers").addObject().put("url", "/api/v1");
    var schemes = root.putObject("components").putObject("securitySchemes");
    schemes.putObject("token").put("type", "http").put("scheme", "bearer");
    root.putArray("security").addObject().putArray("token");
    var paths = root.putObject("paths");
    for (var endpoint : endpoints) {
      describe(
          endpoint,
          paths
              .withObjectProperty(endpoint.path())
              .putObject(endpoint.method().toString().toLowerCase(Locale.ROOT)));
    }
    return root;
  }

  private static void describe(Endpoint endpoint, ObjectNode operation) {
    operation.put("summary", endpoint.summary());
    var parameters = operation.putArray("parameters");
    PATH_PARAMETER
        .matcher(endpoint.path())
        .results()
        .forEach(m -> parameter(parameters, m.group(1), "path").put("required", true));
    endpoint.parameters().forEach(name -> parameter(parameters, name, "query"));
    var responses = operation.putObject("responses");
    responses.putObject("200").put("description", endpoint.answer());
    responses
        .putObject("default")
        .put("description", "A problem, RFC 9457.")
        .putObject("content")
        .putObject("application/problem+json");
  }

  private static ObjectNode parameter(ArrayNode parameters, String name, String in) {
    var parameter = parameters.addObject().put("name", name).put("in", in);
    parameter.putObject("schema").put("type", "string");
    return parameter;
  }
}
