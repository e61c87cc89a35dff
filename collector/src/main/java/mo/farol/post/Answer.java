package mo.farol.post;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a request is answered. */
public final class Answer {
  private static final String JSON = "application/json";

  private final int status;
  private final String reason;
  private final byte[] body;
  private final Map<String, String> headers = new LinkedHashMap<>();

  private Answer(int status, String reason, String type, byte[] body) {
    this.status = status;
    this.reason = reason;
    this.body = body;
    headers.put("Content-Type", type);
  }

  public static Answer json(int status, String json) {
    return json(status, json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param json given away
   */
  public static Answer json(int status, byte[] json) {
    return new Answer(status, "", JSON, json);
  }

  /**
   * @param body given away
   */
  public static Answer of(int status, String type, byte[] body) {
    return new Answer(status, "", type, body);
  }

  /** A refusal as problem JSON (RFC 9457) that says what to do. */
  public static Answer problem(Refusal why) {
    String json =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(why.title(), why.status(), why.detail());
    return refusing(why, why.status(), "application/problem+json", json);
  }

  /**
   * A refusal in a protocol's own words.
   *
   * @param status HTTP status, which the protocol may have of its own
   */
  public static Answer refusing(Refusal why, int status, String type, String body) {
    return refusing(why, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** A refusal in a protocol's own bytes, which are given away. */
  public static Answer refusing(Refusal why, int status, String type, byte[] body) {
    var answer = new Answer(status, why.reason(), type, body);
    switch (status) {
      case 401 -> answer.with("WWW-Authenticate", "Bearer");
      case 405 -> answer.with("Allow", "POST");
      default -> {}
    }
    if (why.isTemporary()) {
      answer.with("Retry-After", Long.toString(why.waitSeconds()));
    }
    return answer;
  }

  /** The same with a header more, or instead. */
  public Answer with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public int status() {
    return status;
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Word under which a refusal is counted, empty for none. */
  String reason() {
    return reason;
  }

  FullHttpResponse response(boolean closes) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
    headers.forEach(response.headers()::set);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    if (closes) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return response;
  }
}
