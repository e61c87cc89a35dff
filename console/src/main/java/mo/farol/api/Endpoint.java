package mo.farol.api;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import mo.farol.web.Route;

/**
 * One address of the API, with what its document says.
 *
 * @param method GET, POST, PATCH, DELETE
 * @param path under {@code /api/v1}
 * @param summary one sentence
 * @param parameters names of query parameters
 * @param answer what is answered where all is well
 * @param handler what it does
 */
record Endpoint(
    HandlerType method,
    String path,
    String summary,
    List<String> parameters,
    String answer,
    Handler handler) {
  private static final String AS_ASKED = "As asked.";

  static Endpoint get(String path, String summary, Handler handler, String... parameters) {
    return new Endpoint(HandlerType.GET, path, summary, List.of(parameters), AS_ASKED, handler);
  }

  static Endpoint post(String path, String summary, Handler handler, String... parameters) {
    return new Endpoint(HandlerType.POST, path, summary, List.of(parameters), AS_ASKED, handler);
  }

  static Endpoint delete(String path, String summary, Handler handler, String... parameters) {
    return new Endpoint(HandlerType.DELETE, path, summary, List.of(parameters), AS_ASKED, handler);
  }

  static Endpoint patch(String path, String summary, Handler handler) {
    return new Endpoint(HandlerType.PATCH, path, summary, List.of(), AS_ASKED, handler);
  }

  /** The same, with its answer described. */
  Endpoint answering(String words) {
    return new Endpoint(method, path, summary, parameters, words, handler);
  }

  Route route() {
    return new Route(method, "/api/v1" + path, false, handler);
  }
}
