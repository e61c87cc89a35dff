package mo.farol.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Set;
import mo.farol.disk.OwnerOnly;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * The certificate authority of one home, made at its first use: {@code ca.pem} and {@code ca.key}
 * of the folder of keys. It signs our own listeners' certificate and the agencies', nothing else.
 */
public final class Authority {
  private static final String CERTIFICATE = "ca.pem";
  private static final String KEY = "ca.key";
  private static final String LOCK = "ca.lock";
  private static final Duration LIFETIME = Duration.ofDays(3_652);
  private static final Duration EARLIER = Duration.ofHours(1); // for senders whose clock is behind
  private static final Object MAKING = new Object();

  private final Path folder;
  private final InstantSource clock;
  private final X509Certificate certificate;
  private final PrivateKey key;

  private Authority(Path folder, InstantSource clock, X509Certificate certificate, PrivateKey key) {
    this.folder = folder;
    this.clock = clock;
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * Opens the authority of a folder, making it where there is none.
   *
   * @throws IdentityFault where the files are damaged or can't be written
   */
  public static Authority open(Path folder, InstantSource clock) {
    synchronized (MAKING) {
      try {
        OwnerOnly.makeFolder(folder);
        try (var channel =
                FileChannel.open(
                    folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var _ = channel.lock()) { // a command and a centre may both be the first
          if (!Files.exists(folder.resolve(CERTIFICATE))) {
            make(folder, clock);
          }
        }
      } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
        throw new IdentityFault(
            "cannot make the certificate authority in %s: %s".formatted(folder, e), e);
      }
    }
    return read(folder, clock);
  }

  /** Its own certificate, which agencies trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The certificate of an agency's client; its names are ours, whatever the client asked for. */
  X509Certificate client(String agency, PublicKey holder, Duration lifetime) {
    // With a blank, so that it is the name of no host.
    return end(KeyPurposeId.id_kp_clientAuth, name("agency " + agency), holder, lifetime, Set.of());
  }

  /** The certificate our listeners show. */
  X509Certificate server(PublicKey holder, Set<String> names, Duration lifetime) {
    return end(KeyPurposeId.id_kp_serverAuth, name(HostNames.ALWAYS), holder, lifetime, names);
  }

  PrivateKey key() {
    return key;
  }

  Path folder() {
    return folder;
  }

  Instant now() {
    return clock.instant();
  }

  private X509Certificate end(
      KeyPurposeId purpose,
      X500Name subject,
      PublicKey holder,
      Duration lifetime,
      Set<String> names) {
    var now = clock.instant();
    var last = certificate.getNotAfter().toInstant();
    if (!last.isAfter(now)) {
      throw new IdentityFault(
          "the certificate authority %s is over; move ca.pem and ca.key away, restart, and give every agency a new certificate"
              .formatted(folder.resolve(CERTIFICATE)));
    }
    var until = now.plus(lifetime);
    var issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    var builder =
        new CertificateBuilder(
            issuer, subject, holder, now.minus(EARLIER), until.isBefore(last) ? until : last);
    try {
      builder.end(purpose, certificate);
      return (names.isEmpty() ? builder : builder.named(HostNames.general(names))).signed(key);
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IdentityFault("cannot issue a certificate: " + e.getMessage(), e);
    }
  }

  // The key first: a certificate without its key would be worth nothing.
  private static void make(Path folder, InstantSource clock)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    var pair = Keys.make();
    byte[] mark = new byte[4];
    new SecureRandom().nextBytes(mark);
    var name = name("Farol authority " + HexFormat.of().formatHex(mark));
    var now = clock.instant();
    var certificate =
        new CertificateBuilder(name, name, pair.getPublic(), now.minus(EARLIER), now.plus(LIFETIME))
            .authority()
            .signed(pair.getPrivate());
    OwnerOnly.replace(folder.resolve(KEY), Pem.of(pair.getPrivate()).getBytes(US_ASCII));
    OwnerOnly.replace(folder.resolve(CERTIFICATE), Pem.of(certificate).getBytes(US_ASCII));
  }

  private static Authority read(Path folder, InstantSource clock) {
    var certificate = Pem.certificates(folder.resolve(CERTIFICATE)).getFirst();
    var key = Pem.key(folder.resolve(KEY));
    if (!Keys.areOne(key, certificate.getPublicKey())) {
      throw new IdentityFault(
          "ca.key in %s is not the key of ca.pem; restore both from the same backup"
              .formatted(folder));
    }
    return new Authority(folder, clock, certificate, key);
  }

  private static X500Name name(String common) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, "Farol")
        .addRDN(BCStyle.CN, common)
        .build();
  }
}
