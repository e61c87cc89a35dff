package mo.farol.web;

import java.io.IOException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Where the server listens: HTTP/2 and 1.1 by TLS 1.2 and 1.3 with the home's certificate, or plain
 * HTTP/1.1 for a proxy.
 */
final class Listener {
  /** Connections that only wait for another request are closed so soon once the server ends. */
  private static final Duration IDLE_AT_END = Duration.ofMillis(300);

  private Listener() {}

  /**
   * @param certificate what is shown over TLS; empty where it is spoken without
   */
  static ServerConnector of(
      WebConfig config, Optional<KeyStore> certificate, Server server, HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(16 * 1024);
    http.addCustomizer(Line::note);
    var connector =
        certificate
            .map(store -> secure(config, store, server, http))
            .orElseGet(() -> plain(server, http));
    connector.setHost(config.bind());
    connector.setPort(config.port());
    connector.setShutdownIdleTimeout(IDLE_AT_END.toMillis());
    return connector;
  }

  private static ServerConnector plain(Server server, HttpConfiguration http) {
    return new ServerConnector(server, new HttpConnectionFactory(http));
  }

  private static ServerConnector secure(
      WebConfig config, KeyStore certificate, Server server, HttpConfiguration http) {
    http.addCustomizer(new SecureRequestCustomizer(false)); // any name may lead to this machine
    var ssl = new SslContextFactory.Server();
    ssl.setKeyStore(certificate);
    ssl.setKeyStorePassword(password(config));
    ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    ssl.setCipherComparator(HTTP2Cipher.COMPARATOR); // those that HTTP/2 forbids come last
    var one = new HttpConnectionFactory(http);
    return new ServerConnector(server, ssl, Http2.choice(one.getProtocol()), Http2.of(http), one);
  }

  private static String password(WebConfig config) {
    try {
      return Certificate.password(config);
    } catch (IOException e) {
      throw new WebFault("cannot read the key of the console's certificate in " + config.keys(), e);
    }
  }
}
