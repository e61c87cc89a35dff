package mo.farol.post;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What an HTTP input answers; a refusal is problem JSON (RFC 9457) that says what to do.
 *
 * @param status HTTP status
 * @param reason word under which a refusal is counted, empty for none
 * @param type media type
 * @param body JSON text
 * @param headers further headers
 */
record Answer(int status, String reason, String type, String body, Map<String, String> headers) {
  static Answer accepted(long frames) {
    return new Answer(200, "", "application/json", "{\"accepted\":%d}".formatted(frames), Map.of());
  }

  static Answer noSuchPath() {
    return problem(404, "path", "No such input", "Post events to /v1/events.");
  }

  static Answer wrongMethod() {
    return problem(405, "method", "Wrong method", "Use POST.").with("Allow", "POST");
  }

  static Answer unknownToken() {
    return problem(
            401,
            "token",
            "Not a known token",
            "Send the agency's ingest token as 'Authorization: Bearer TOKEN'.")
        .with("WWW-Authenticate", "Bearer");
  }

  static Answer tooLarge(String detail) {
    return problem(413, "size", "Too much in one request", detail);
  }

  static Answer wrongEncoding() {
    return problem(415, "encoding", "Unknown content encoding", "Send the body plain or as gzip.");
  }

  static Answer brokenBody(String detail) {
    return problem(400, "body", "The body can't be read", detail);
  }

  static Answer brokenRequest() {
    return problem(
        400, "header", "Not an HTTP request", "Send HTTP/1.1 with headers of at most 8 KiB.");
  }

  static Answer headersTooLarge() {
    return problem(431, "header", "Too much in the headers", "Send headers of at most 8 KiB.");
  }

  static Answer tooSlow() {
    return problem(
        408, "slow", "The request took too long", "Send headers within 10 s, a body within 2 min.");
  }

  static Answer busy() {
    return problem(
            503, "busy", "The journal can't take more now", "Send the whole request again later.")
        .with("Retry-After", "2");
  }

  static Answer overQuota(long waitSeconds) {
    return problem(429, "quota", "Over the agency's quota", "Send the whole request again later.")
        .with("Retry-After", Long.toString(waitSeconds));
  }

  boolean isRefusal() {
    return status >= 400;
  }

  FullHttpResponse response(boolean closes) {
    var bytes = Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8));
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), bytes);
    headers.forEach(response.headers()::set);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.readableBytes());
    if (closes) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return response;
  }

  // Title and detail are our own words, never a sender's: nothing in them needs escaping.
  private static Answer problem(int status, String reason, String title, String detail) {
    String json =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(title, status, detail);
    return new Answer(status, reason, "application/problem+json", json, Map.of());
  }

  private Answer with(String name, String value) {
    return new Answer(status, reason, type, body, Map.of(name, value));
  }
}
