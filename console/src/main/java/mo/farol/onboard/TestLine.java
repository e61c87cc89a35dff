package mo.farol.onboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
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

/**
 * Sends a line of an agency through a listener, as its forwarder will: whether that way is open can
 * be seen without the agency. With the agency's certificate where its key is still here, else over
 * HTTP with a token that lives as long as the request.
 */
public final class TestLine {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final String HTTP = "intake.http";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Tokens tokens;
  private final Certificates certificates;
  private final AtHand keys;
  private final Supplier<Doors> doors;

  /**
   * @param keys certificates of agencies that can be shown from here
   * @param doors the listeners as they are open now
   */
  public TestLine(Tokens tokens, Certificates certificates, AtHand keys, Supplier<Doors> doors) {
    this.tokens = tokens;
    this.certificates = certificates;
    this.keys = keys;
    this.doors = doors;
  }

  /** How a line of an agency can go from here, as a forwarder sends and over HTTP. */
  public Offer offer(Forwarder forwarder, String agency) {
    var open = doors.get();
    var held = keys.of(agency).map(known -> known.certificate().serial());
    var own = own(forwarder, agency, open, held);
    var lack = own.isPresent() ? Offer.Lack.NOTHING : lack(forwarder, agency, open);
    return new Offer(own, lack, http(Speech.EVENTS, agency, open));
  }

  private static Optional<Way> own(
      Forwarder forwarder, String agency, Doors open, Optional<String> held) {
    var speech = Speech.of(forwarder);
    if (forwarder.needsOwnPort()) {
      return open.own(forwarder.key(), agency).map(to -> theirs(speech, to));
    }
    if (held.isPresent()) {
      return open.any(forwarder.key(), agency)
          .map(to -> new Way(speech, to, true, Way.Proof.CERTIFICATE, held));
    }
    if (speech.isHttp()) {
      return http(speech, agency, open);
    }
    // Plain, where the port alone says whose a line is; syslog's TLS port is never plain.
    boolean takesPlain = speech.isAnswered() && !open.tlsOnly();
    return takesPlain
        ? open.own(forwarder.key(), agency).map(to -> theirs(speech, to))
        : Optional.empty();
  }

  private static Way theirs(Speech speech, InetSocketAddress to) {
    return new Way(speech, to, false, Way.Proof.LISTENER, Optional.empty());
  }

  private static Optional<Way> http(Speech speech, String agency, Doors open) {
    return open.any(HTTP, agency)
        .map(to -> new Way(speech, to, open.tlsOnly(), Way.Proof.TOKEN, Optional.empty()));
  }

  private static Offer.Lack lack(Forwarder forwarder, String agency, Doors open) {
    if (forwarder.needsOwnPort()) {
      return Offer.Lack.PORT;
    }
    return open.any(forwarder.key(), agency).isEmpty() ? Offer.Lack.LISTENER : Offer.Lack.KEY;
  }

  /**
   * Sends it; over an acknowledged way it is on disk when this returns.
   *
   * @param way one that was offered for this agency
   * @throws IllegalArgumentException in one line where it can't be sent
   */
  public void send(Way way, String agency, String by) {
    var terms = new IngestTerms("test line", Optional.of(Duration.ofMinutes(1)), List.of());
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
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String text = "Test line of %s, sent by %s from the console".formatted(agency, by);
    byte[] syslog = "<14>1 %s farol test-line - - - %s".formatted(now, text).getBytes(UTF_8);
    if (way.speech() == Speech.DATAGRAM) {
      Delivery.datagram(way.to(), syslog);
      return;
    }
    String authorization = token.isEmpty() ? "" : "Bearer " + token;
    try (var socket = connect(way, agency)) {
      switch (way.speech()) {
        case RELP -> Delivery.relp(socket, syslog);
        case LUMBERJACK -> Delivery.lumberjack(socket, beat(now, text));
        case COUNTED -> Delivery.unanswered(socket, Delivery.counted(syslog));
        case LINES -> Delivery.unanswered(socket, Delivery.line(syslog));
        case JSON_LINES -> Delivery.unanswered(socket, Delivery.line(logback(now, text)));
        case EVENTS ->
            Delivery.post(socket, "/v1/events", "text/plain", authorization, Delivery.line(syslog));
        case OTLP ->
            Delivery.post(socket, "/v1/logs", "application/json", authorization, otlp(now, text));
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

  private static byte[] beat(Instant now, String text) {
    var node = event(now, text);
    node.putObject("host").put("name", "farol");
    return node.toString().getBytes(UTF_8);
  }

  private static byte[] logback(Instant now, String text) {
    var node = event(now, text);
    node.put("@version", "1").put("logger_name", "test-line").put("level", "INFO");
    return node.put("host", "farol").toString().getBytes(UTF_8);
  }

  private static ObjectNode event(Instant now, String text) {
    return JSON.createObjectNode().put("@timestamp", now.toString()).put("message", text);
  }

  private static byte[] otlp(Instant now, String text) {
    var root = JSON.createObjectNode();
    var resource = root.putArray("resourceLogs").addObject();
    var name = resource.putObject("resource").putArray("attributes").addObject();
    name.put("key", "host.name").putObject("value").put("stringValue", "farol");
    var record = resource.putArray("scopeLogs").addObject().putArray("logRecords").addObject();
    record.put("timeUnixNano", now.toEpochMilli() + "000000").put("severityText", "INFO");
    record.putObject("body").put("stringValue", text);
    return root.toString().getBytes(UTF_8);
  }
}
