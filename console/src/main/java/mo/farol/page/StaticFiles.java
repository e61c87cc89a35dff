package mo.farol.page;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mo.farol.web.Refused;

/**
 * Style, scripts and marks, from the class path and from nowhere else. Each is read once: anybody
 * may ask for them, and take them slowly.
 */
final class StaticFiles {
  private static final Map<String, String> FILES =
      Map.of(
          "farol.css", "text/css; charset=utf-8",
          "farol.js", "text/javascript; charset=utf-8",
          "farol.svg", "image/svg+xml",
          "htmx.js", "text/javascript; charset=utf-8");
  private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.8/dist/htmx.min.js";

  private final Map<String, byte[]> read = new ConcurrentHashMap<>();

  void serve(Context context) {
    String name = context.pathParam("file");
    String type = FILES.get(name);
    if (type == null) {
      throw new Refused(404, "Nothing here", "There is no such file.");
    }
    context.header("Cache-Control", "public, max-age=3600");
    context.contentType(type).result(read.computeIfAbsent(name, StaticFiles::read));
  }

  private static byte[] read(String name) {
    try (InputStream in =
        StaticFiles.class.getResourceAsStream(name.equals("htmx.js") ? HTMX : "/static/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
