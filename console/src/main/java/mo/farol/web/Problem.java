package mo.farol.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;

/** Problem details for HTTP APIs, RFC 9457. */
public final class Problem {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Problem() {}

  /** Answers with a problem. */
  public static void answer(Context context, int status, String title, String detail) {
    var node = JSON.createObjectNode();
    node.put("type", "about:blank");
    node.put("title", title);
    node.put("status", status);
    node.put("detail", detail);
    context.status(status).contentType("application/problem+json").result(node.toString());
  }
}
