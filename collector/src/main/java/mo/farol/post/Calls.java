package mo.farol.post;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Requests as protocols see them. */
final class Calls {
  private static final int MOST_PARAMETERS = 64;

  private Calls() {}

  static Call of(HttpRequest request, String peer) {
    String uri = request.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    return new Call(
        request.method().name(),
        path,
        query < 0 ? Map.of() : parameters(uri),
        name -> request.headers().get(name, ""),
        "",
        peer);
  }

  /** The length that a request announces, 0 for none; more than any where it is no number. */
  static long length(HttpRequest request) {
    try {
      return HttpUtil.getContentLength(request, 0L);
    } catch (NumberFormatException unreadable) {
      return Long.MAX_VALUE;
    }
  }

  private static Map<String, String> parameters(String uri) {
    try {
      var first = new HashMap<String, String>();
      var decoder =
          QueryStringDecoder.builder()
              .charset(StandardCharsets.UTF_8)
              .maxParams(MOST_PARAMETERS)
              .build(uri);
      decoder.parameters().forEach((name, values) -> first.put(name, values.getFirst()));
      return first;
    } catch (IllegalArgumentException broken) {
      return Map.of(); // percent signs that mean nothing: a query nobody can read
    }
  }
}
