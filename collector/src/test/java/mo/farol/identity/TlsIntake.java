package mo.farol.identity;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import mo.farol.event.FrameBatch;
import mo.farol.intake.Input;
import mo.farol.intake.Intake;
import mo.farol.intake.IntakeConfig;
import mo.farol.intake.PinnedListener;
import mo.farol.journal.EventLog;
import mo.farol.journal.MemoryLog;

/** An intake with TLS listeners on free ports, and the clients that come to it. */
final class TlsIntake implements AutoCloseable {
  static final Duration YEAR = Duration.ofDays(365);

  final MemoryLog log = new MemoryLog();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final List<Issued> register = new CopyOnWriteArrayList<>();
  final Authority authority;
  final Identity identity;
  final Path keys;
  private final Intake intake;
  volatile Duration later;
  final InstantSource clock = () -> Instant.now().plus(later);

  TlsIntake(Path keys) {
    this(keys, Optional.empty(), Duration.ZERO);
  }

  /**
   * @param later how far the clock is ahead; less than nothing for behind
   */
  TlsIntake(Path keys, Optional<OwnFiles> own, Duration later) {
    this.keys = keys;
    this.later = later;
    authority = Authority.open(keys, clock);
    identity = Identity.open(keys, HostNames.of("127.0.0.1", Set.of()), own, this::standing, clock);
    identity.start();
    intake =
        new Intake(
            IntakeConfig.local("agency-a")
                .withPorts(Map.of(Input.SYSLOG_TLS, 0, Input.RELP, 0, Input.HTTP, 0))
                .withPinned(List.of(new PinnedListener("finance", Input.RELP, 0))),
            log,
            token -> Optional.empty(),
            Optional.of(identity),
            clock,
            metrics);
    intake.start();
  }

  private List<Issued> standing() {
    return List.copyOf(register);
  }

  /** A certificate in the register, and known. */
  Bundle issue(String agency) {
    return entered(Bundle.made(authority, agency, YEAR, List.of(authority.certificate())));
  }

  Bundle entered(Bundle bundle) {
    register.add(bundle.issued());
    identity.refresh();
    return bundle;
  }

  void revoke(Bundle bundle) {
    register.remove(bundle.issued());
  }

  int port(String key) {
    return Optional.ofNullable(intake.bound().get(key)).orElseThrow().getPort();
  }

  /** Connects and shakes hands; the server's name is checked. */
  SSLSocket connect(Bundle bundle) throws IOException, GeneralSecurityException {
    var socket = unconnected(bundle);
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** Connects; hands are not yet shaken. */
  SSLSocket unconnected(Bundle bundle) throws IOException, GeneralSecurityException {
    var socket =
        (SSLSocket)
            client(bundle).getSocketFactory().createSocket("127.0.0.1", port("intake.syslog.tls"));
    socket.setSoTimeout(20_000);
    return socket;
  }

  static void send(SSLSocket socket, String frame) throws IOException {
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write((bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Agencies of what arrived, once so many frames have. */
  List<String> agencies(long count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> log.durable() >= count);
    return log.blocks().stream()
        .map(EventLog.Block::frames)
        .map(FrameBatch::origin)
        .map(origin -> origin.agency())
        .toList();
  }

  double refused(String reason) {
    return metrics.counter("farol_intake_refused_total", "reason", reason).count();
  }

  static SSLContext client(Bundle bundle) throws IOException, GeneralSecurityException {
    char[] password =
        new String(bundle.file("p12-password.txt"), StandardCharsets.US_ASCII)
            .strip()
            .toCharArray();
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(bundle.file("client.p12"), password), password);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(bundle.file("trust.p12"), password));
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(byte[] bytes, char[] password)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(bytes), password);
    return store;
  }

  @Override
  public void close() {
    intake.close();
    identity.close();
  }
}
