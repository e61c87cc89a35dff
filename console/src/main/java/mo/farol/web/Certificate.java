package mo.farol.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.disk.AtomicFile;
import mo.farol.disk.OwnerOnly;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The console's self-signed certificate, made at the first start and kept in the home. */
final class Certificate {
  private static final Duration LIFETIME = Duration.ofDays(825);
  private static final String STORE = "console.p12";
  private static final Duration RENEWAL = Duration.ofDays(14);
  private static final String NAME = "CN=Farol console";
  private static final String PEM = "console.pem";
  private static final String SECRET = "console.secret";

  private Certificate() {}

  /**
   * The key store with certificate and key; its password is in the file beside it, readable by the
   * owner only.
   */
  static KeyStore open(WebConfig config) {
    try {
      if (!Files.exists(config.keys().resolve(STORE))) {
        make(config);
      }
      var store = read(config);
      if (isOurs(config, store) && endsSoon(store)) {
        make(config);
        store = read(config);
      }
      return store;
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new WebFault(
          "cannot make or read the console's certificate in " + config.keys() + ": " + e, e);
    }
  }

  /** When what {@link #open} gave ends; empty where nothing tells. */
  static Optional<Instant> ends(KeyStore store) {
    try {
      return shown(store)
          .map(certificate -> certificate.getNotAfter().toInstant())
          .min(Comparator.naturalOrder());
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static KeyStore read(WebConfig config) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(config.keys().resolve(STORE))) {
      store.load(in, password(config).toCharArray());
    }
    return store;
  }

  private static Stream<X509Certificate> shown(KeyStore store) throws GeneralSecurityException {
    return Collections.list(store.aliases()).stream().flatMap(alias -> shown(store, alias));
  }

  private static Stream<X509Certificate> shown(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate one
          ? Stream.of(one)
          : Stream.empty();
    } catch (GeneralSecurityException e) {
      return Stream.empty();
    }
  }

  private static boolean endsSoon(KeyStore store) {
    return ends(store).filter(at -> at.isBefore(Instant.now().plus(RENEWAL))).isPresent();
  }

  // Another than the one we wrote beside it, or of another name, is the operator's own, and theirs
  // to renew.
  private static boolean isOurs(WebConfig config, KeyStore store)
      throws IOException, GeneralSecurityException {
    Path file = config.keys().resolve(PEM);
    if (!Files.exists(file)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      var made = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return shown(store)
          .allMatch(one -> one.equals(made) && NAME.equals(one.getIssuerX500Principal().getName()));
    }
  }

  static String password(WebConfig config) throws IOException {
    return Files.readString(config.keys().resolve(SECRET)).strip();
  }

  private static void make(WebConfig config)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    Files.createDirectories(config.keys());
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var pair = generator.generateKeyPair();
    keep(config.keys(), pair.getPrivate(), certificate(pair, config.bind()));
  }

  private static X509Certificate certificate(KeyPair pair, String bind)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    var name = new X500Name(NAME);
    var now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(120, new SecureRandom()),
            Date.from(now.minusSeconds(3600)),
            Date.from(now.plus(LIFETIME)),
            name,
            pair.getPublic());
    builder.addExtension(Extension.subjectAlternativeName, false, names(bind));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  // The store last: where it is, the password beside it is its own.
  private static void keep(Path folder, PrivateKey key, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    OwnerOnly.replace(folder.resolve(SECRET), secret.getBytes(StandardCharsets.US_ASCII));
    AtomicFile.replace(folder.resolve(PEM), pem(certificate).getBytes(StandardCharsets.US_ASCII));
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("console", key, secret.toCharArray(), new X509Certificate[] {certificate});
    var bytes = new ByteArrayOutputStream();
    store.store(bytes, secret.toCharArray());
    OwnerOnly.replace(folder.resolve(STORE), bytes.toByteArray());
  }

  private static GeneralNames names(String bind) {
    boolean address = bind.matches("[0-9.]+|.*:.*");
    return new GeneralNames(
        Stream.of(
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, bind))
            .toArray(GeneralName[]::new));
  }

  private static String pem(X509Certificate certificate) throws GeneralSecurityException {
    var base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }
}
