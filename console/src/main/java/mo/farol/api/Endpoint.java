package mo.farol.api;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import mo.farol.web.Route;

/**
 * One address of the API, with what its document says.
 *
 * @param method GET, POST, PATCH
 * @param path under {@code /api/v1}
 * @param summary one sentence
 * @param parameters names of query parameters
 * @param handler what it does
 */
record Endpoint(
    HandlerType method, String path, String summary, List<String> parameters, Handler handler) {
  static Endpoint get(String path, String summary, Handler handler, String... parameters) {
    return new Endpoint(HandlerType.GET, path, summary, List.of(parameters), handler);
  }

  static Endpoint post(String path, String summary, Handler handler, String... parameters) {
    return new Endpoint(HandlerType.POST, path, summary, List.of(parameters), handler);
  }

  static Endpoint patch(String path, String summary, Handler handler) {
    return new Endpoint(HandlerType.PATCH, path, summary, List.of(), handler);
  }

  Route route() {
    return new Route(method, "/api/v1" + path, false, handler);
  }
}
