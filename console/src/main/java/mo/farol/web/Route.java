package mo.farol.web;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One address of the console.
 *
 * @param method GET, POST, PATCH, DELETE
 * @param path as Javalin writes it, {@code /incidents/{id}}
 * @param open whether it answers without a caller: signing in, static files
 * @param handler what it does
 */
public record Route(HandlerType method, String path, boolean open, Handler handler) {
  /** A page or answer for a caller. */
  public static Route get(String path, Handler handler) {
    return new Route(HandlerType.GET, path, false, handler);
  }

  /** A change by a caller. */
  public static Route post(String path, Handler handler) {
    return new Route(HandlerType.POST, path, false, handler);
  }

  /** A change by a caller. */
  public static Route delete(String path, Handler handler) {
    return new Route(HandlerType.DELETE, path, false, handler);
  }

  /** A change by a caller. */
  public static Route patch(String path, Handler handler) {
    return new Route(HandlerType.PATCH, path, false, handler);
  }

  /** The same, with something done before it. */
  public Route after(Handler first) {
    return new Route(
        method,
        path,
        open,
        context -> {
          first.handle(context);
          handler.handle(context);
        });
  }

  /** The same, for anybody. */
  public Route forAnybody() {
    return new Route(method, path, true, handler);
  }
}
