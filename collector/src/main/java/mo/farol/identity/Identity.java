package mo.farol.identity;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import mo.farol.wire.IntakeTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the TLS listeners go by. Event loops read what stands in memory; every two seconds the
 * thread {@code identity} looks whether a certificate was issued, revoked, renewed or has ended.
 */
public final class Identity implements IntakeTls, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Identity.class);
  private static final long LOOK_SECONDS = 2;

  private final Authority authority;
  private final ServerCertificate server;
  private final Register register;
  private final InstantSource clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("identity").factory());
  private volatile Shown shown;
  private List<Issued> standing = List.of();
  private String lastTrouble = "";
  private volatile SSLContext context;
  private volatile Map<String, List<Issued>> byKey = Map.of();

  private Identity(
      Authority authority, ServerCertificate server, Register register, InstantSource clock) {
    this.authority = authority;
    this.server = server;
    this.register = register;
    this.clock = clock;
    this.shown = server.current();
    this.context = context(shown);
  }

  /**
   * Opens what a folder of keys holds, making what is not there yet.
   *
   * @param names of our listeners, see {@link HostNames#of}
   * @param own the operator's own certificate instead of one of our authority's
   * @throws IdentityFault in one line where keys can't be read, written or used
   */
  public static Identity open(
      Path folder,
      Set<String> names,
      Optional<OwnFiles> own,
      Register register,
      InstantSource clock) {
    var authority = Authority.open(folder, clock);
    return new Identity(authority, new ServerCertificate(authority, names, own), register, clock);
  }

  /** Begins to look after it. */
  public Identity start() {
    refresh();
    thread.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    return this;
  }

  @Override
  public SSLContext context() {
    return context;
  }

  @Override
  public Optional<String> agencyOf(X509Certificate client) {
    String serial = Issued.serial(client);
    var now = clock.instant();
    return byKey.getOrDefault(Fingerprint.ofKey(client), List.of()).stream()
        .filter(issued -> issued.serial().equals(serial) && issued.until().isAfter(now))
        .map(Issued::agency)
        .findFirst();
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** When our authority ends, and all that it issued with it. */
  public Instant authorityEnds() {
    return authority.certificate().getNotAfter().toInstant();
  }

  /** When the certificate ends that the listeners show now. */
  public Instant listenersEnd() {
    return shown.chain().getFirst().getNotAfter().toInstant();
  }

  /** Whom an agency has to trust in order to trust our listeners. */
  public static List<X509Certificate> trusted(Authority authority, Optional<OwnFiles> own) {
    return own.map(files -> files.trusted(authority)).orElse(List.of(authority.certificate()));
  }

  /** Looks at the register now, rather than within two seconds. */
  public synchronized void refresh() {
    var now = register.standing();
    if (!now.equals(standing)) {
      standing = now;
      byKey = now.stream().collect(Collectors.groupingBy(Issued::key));
      listeners.forEach(Runnable::run);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LOOK_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // What was good stays in force while something can't be read; said once, not every two seconds.
  private void look() {
    String trouble = tried(this::refresh) + tried(this::renew);
    if (!trouble.isEmpty() && !trouble.equals(lastTrouble)) {
      log.warn("certificates stay as they were: {}", trouble);
    }
    lastTrouble = trouble;
  }

  private void renew() {
    var fresh = server.current();
    if (!fresh.equals(shown)) {
      context = context(fresh);
      shown = fresh;
      log.info(
          "the listeners show a new certificate, valid until {}",
          fresh.chain().getFirst().getNotAfter().toInstant());
    }
  }

  private SSLContext context(Shown ours) {
    return TlsContext.of(ours, authority.certificate(), client -> agencyOf(client).isPresent());
  }

  private static String tried(Runnable work) {
    try {
      work.run();
      return "";
    } catch (RuntimeException e) {
      return e.getMessage() + " ";
    }
  }
}
