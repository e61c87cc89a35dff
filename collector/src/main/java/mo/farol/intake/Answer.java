package mo.farol.intake;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * What an HTTP input answers; a refusal is problem JSON (RFC 9457) that says what to do.
 *
 * @param status HTTP status
 * @param type media type
 * @param body JSON text
 * @param retrySeconds Retry-After, 0 for none
 * @param closes whether the connection ends with it
 */
record Answer(int status, String type, String body, int retrySeconds, boolean closes) {
  static Answer ok(String json) {
    return new Answer(200, "application/json", json, 0, false);
  }

  /** Title and detail are our own words, never a sender's. */
  static Answer problem(int status, String title, String detail) {
    String json =
        "{\"type\":\"about:blank\",\"status\":%d,\"title\":\"%s\",\"detail\":\"%s\"}"
            .formatted(status, title, detail);
    return new Answer(status, "application/problem+json", json, 0, false);
  }

  Answer retryAfter(int seconds) {
    return new Answer(status, type, body, seconds, closes);
  }

  Answer closing() {
    return new Answer(status, type, body, retrySeconds, true);
  }

  void write(ChannelHandlerContext context) {
    var bytes = Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8));
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), bytes);
    var headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, type);
    headers.setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.readableBytes());
    if (retrySeconds > 0) {
      headers.setInt(HttpHeaderNames.RETRY_AFTER, retrySeconds);
    }
    if (closes) {
      headers.set(HttpHeaderNames.CONNECTION, "close");
    }
    var written = context.writeAndFlush(response);
    if (closes) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
