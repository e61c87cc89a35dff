package mo.farol.web;

import java.io.Closeable;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * HTTP/2 (RFC 9113) over TLS, chosen by ALPN: a browser's many pages share one connection, where
 * HTTP/1.1 gives them six to a server. What a client may make the server do is bounded: streams at
 * once, frames that only cost (resets, settings, pings, empty ones) a second, size of headers.
 */
final class Http2 {
  private static final int STREAMS = 64;
  private static final int COSTLY_FRAMES_A_SECOND = 128;
  private static final int SETTINGS = 16;

  /** A stream on which nothing moves: a request whose body does not come, an answer not made. */
  private static final Duration IDLE = Duration.ofMinutes(5);

  private Http2() {}

  /** Chooses between HTTP/2 and 1.1; who says nothing gets 1.1. */
  static ALPNServerConnectionFactory choice(String otherwise) {
    var choice = new ALPNServerConnectionFactory("h2", otherwise);
    choice.setDefaultProtocol(otherwise);
    return choice;
  }

  static HTTP2ServerConnectionFactory of(HttpConfiguration http) {
    var factory = new HTTP2ServerConnectionFactory(http);
    factory.setMaxConcurrentStreams(STREAMS);
    factory.setRateControlFactory(new WindowRateControl.Factory(COSTLY_FRAMES_A_SECOND));
    factory.setMaxSettingsKeys(SETTINGS);
    factory.setStreamIdleTimeout(IDLE.toMillis());
    return factory;
  }

  /** Whether a request came by it. */
  static boolean is(Request request) {
    return request.getConnectionMetaData().getConnection() instanceof HTTP2Connection;
  }

  /** What ends the one stream of a request, and nothing else on its connection; else empty. */
  static Optional<Closeable> stream(Request request) {
    if (!(request.getConnectionMetaData().getConnection() instanceof HTTP2Connection connection)) {
      return Optional.empty();
    }
    int id = Integer.parseInt(request.getId());
    return Optional.of(
        () -> {
          var stream = connection.getSession().getStream(id);
          if (stream != null) {
            var reset = new ResetFrame(id, ErrorCode.INTERNAL_ERROR.code);
            stream.reset(reset, Callback.NOOP);
          }
        });
  }
}
