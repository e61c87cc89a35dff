package mo.farol.onboard;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import mo.farol.account.Certificates;
import mo.farol.account.IngestTerms;
import mo.farol.account.Tokens;
import mo.farol.ledger.Deeds;

/**
 * Sends a line of an agency through a listener, as its forwarder will: whether that way is open can
 * be seen without the agency. With the agency's certificate where its key is still here, else over
 * HTTP with a token that lives as long as the request.
 */
public final class TestLine {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Tokens tokens;
  private final Certificates certificates;
  private final AtHand keys;
  private final TestRouteFinder finder;
  private final Deeds deeds;

  /**
   * @param keys certificates of agencies that can be shown from here
   * @param doors the listeners as they are open now
   */
  public TestLine(
      Tokens tokens, Certificates certificates, AtHand keys, Supplier<Doors> doors, Deeds deeds) {
    this.tokens = tokens;
    this.certificates = certificates;
    this.keys = keys;
    this.deeds = deeds;
    finder = new TestRouteFinder(keys, doors);
  }

  /** How a line of an agency can go from here, as a forwarder sends and over HTTP. */
  public TestRoutes routes(Forwarder forwarder, String agency) {
    return finder.of(forwarder, agency);
  }

  /**
   * Sends it; over an acknowledged way it is on disk when this returns. A deed says so, written
   * before: what speaks for an agency leaves a trace, though the way then turn out closed.
   *
   * @param way one that was offered for this agency
   * @throws IllegalArgumentException in one line where it can't be sent
   */
  public void send(Way way, String agency, String by) {
    var terms = new IngestTerms("test line", Optional.of(Duration.ofMinutes(1)), List.of());
    deeds.record(by, "test.sent", agency, way.deed());
    String token = way.proof() == Way.Proof.TOKEN ? tokens.ingest(agency, terms, by) : "";
    try {
      deliver(way, agency, by, token);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "no line could be sent over %s to port %d: %s"
              .formatted(way.words(), way.to().getPort(), e.getMessage()),
          e);
    } finally {
      if (!token.isEmpty()) {
        tokens.end(token, by);
      }
    }
  }

  private void deliver(Way way, String agency, String by, String token)
      throws IOException, GeneralSecurityException {
    var text = TestText.of(Instant.now().truncatedTo(ChronoUnit.MILLIS), agency, by);
    byte[] syslog = text.syslog();
    if (way.speech() == Speech.DATAGRAM) {
      Delivery.datagram(way.to(), syslog);
      return;
    }
    String authorization = token.isEmpty() ? "" : "Bearer " + token;
    try (var socket = connect(way, agency)) {
      switch (way.speech()) {
        case RELP -> Delivery.relp(socket, syslog);
        case LUMBERJACK -> Delivery.lumberjack(socket, text.beat());
        case COUNTED -> Delivery.unanswered(socket, Delivery.counted(syslog));
        case LINES -> Delivery.unanswered(socket, Delivery.line(syslog));
        case JSON_LINES -> Delivery.unanswered(socket, Delivery.line(text.logback()));
        case EVENTS ->
            Delivery.post(socket, "/v1/events", "text/plain", authorization, Delivery.line(syslog));
        case OTLP ->
            Delivery.post(socket, "/v1/logs", "application/json", authorization, text.otlp());
        case DATAGRAM -> throw new IllegalStateException("a datagram has no connection");
      }
    }
  }

  private Socket connect(Way way, String agency) throws IOException, GeneralSecurityException {
    var socket = new Socket();
    try {
      socket.connect(way.to(), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return way.tls() ? secured(socket, way, agency) : socket;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  // The name is not looked at: we know which listener it is, and trust the issuer it must have.
  private SSLSocket secured(Socket socket, Way way, String agency)
      throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(shown(way, agency), trust().getTrustManagers(), null);
    var secured =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    socket, way.to().getAddress().getHostAddress(), way.to().getPort(), true);
    secured.startHandshake();
    return secured;
  }

  private KeyManager[] shown(Way way, String agency) throws IOException, GeneralSecurityException {
    if (way.certificate().isEmpty()) {
      return new KeyManager[0];
    }
    var held =
        keys.of(agency).filter(h -> h.certificate().serial().equals(way.certificate().get()));
    if (held.isEmpty()) {
      throw new IOException("the certificate's key was taken away meanwhile; open the page again");
    }
    return held.get().keys();
  }

  private TrustManagerFactory trust() throws IOException, GeneralSecurityException {
    var roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    var trusted = certificates.trusted();
    for (int i = 0; i < trusted.size(); i++) {
      roots.setCertificateEntry("farol-" + i, trusted.get(i));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    return trust;
  }
}
