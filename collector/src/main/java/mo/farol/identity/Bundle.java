package mo.farol.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.disk.OwnerOnly;

/** What an agency gets once: its certificate, its key where we made it, and whom to trust. */
public final class Bundle {
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private final Issued issued;

  private Bundle(Issued issued) {
    this.issued = issued;
  }

  /** Makes a key and its certificate. */
  public static Bundle made(
      Authority authority, String agency, Duration lifetime, List<X509Certificate> trusted) {
    var pair = Keys.make();
    var certificate = authority.client(agency, pair.getPublic(), lifetime);
    return of(certificate, agency, Optional.of(pair), trusted);
  }

  /** Signs the key of an agency's own request. */
  public static Bundle signed(
      Authority authority,
      String agency,
      byte[] request,
      Duration lifetime,
      List<X509Certificate> trusted) {
    var certificate = authority.client(agency, Request.key(request), lifetime);
    return of(certificate, agency, Optional.empty(), trusted);
  }

  /** What the register keeps of it. */
  public Issued issued() {
    return issued;
  }

  /** Files by name, in the order in which people read about them. */
  public Map<String, byte[]> files() {
    return files;
  }

  /** One of its files. */
  public byte[] file(String name) {
    return Optional.ofNullable(files.get(name)).orElseThrow();
  }

  /**
   * Checks that none of its files would be written over.
   *
   * @throws IdentityFault naming the one that is there
   */
  public static void mustBeFree(Path folder) {
    for (String name : List.of("cert.pem", "key.pem", "client.p12")) {
      if (Files.exists(folder.resolve(name))) {
        throw new IdentityFault(
            "%s is there already; name another folder with --out".formatted(folder.resolve(name)));
      }
    }
  }

  /** Writes the files, for their owner's eyes only. */
  public void write(Path folder) {
    try {
      OwnerOnly.makeFolder(folder);
      for (var file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        if (file.getKey().equals("ca.pem") || file.getKey().equals("trust.p12")) {
          OwnerOnly.replace(path, file.getValue());
        } else {
          OwnerOnly.write(path, file.getValue());
        }
      }
    } catch (IOException e) {
      throw new IdentityFault("cannot write the certificate to %s: %s".formatted(folder, e), e);
    }
  }

  private static Bundle of(
      X509Certificate certificate,
      String agency,
      Optional<KeyPair> pair,
      List<X509Certificate> trusted) {
    var bundle = new Bundle(Issued.of(certificate, agency));
    var ca = new StringBuilder();
    trusted.forEach(t -> ca.append(Pem.of(t)));
    bundle.put("cert.pem", Pem.of(certificate));
    pair.ifPresent(p -> bundle.put("key.pem", Pem.of(p)));
    bundle.put("ca.pem", ca.toString());
    pair.ifPresent(p -> bundle.stores(certificate, p, trusted));
    return bundle;
  }

  private void put(String name, String text) {
    files.put(name, text.getBytes(US_ASCII));
  }

  // For Java and Windows, which read PKCS #12 (RFC 7292).
  private void stores(X509Certificate certificate, KeyPair pair, List<X509Certificate> trusted) {
    byte[] random = new byte[18];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    try {
      var client = empty();
      client.setKeyEntry(
          "farol",
          pair.getPrivate(),
          password.toCharArray(),
          new Certificate[] {certificate, trusted.getFirst()});
      var trust = empty();
      for (int i = 0; i < trusted.size(); i++) {
        trust.setCertificateEntry("farol-" + i, trusted.get(i));
      }
      files.put("client.p12", stored(client, password));
      files.put("trust.p12", stored(trust, password));
      // No newline: some programs take it for part of the password.
      put("p12-password.txt", password);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("every Java writes PKCS #12", e);
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static byte[] stored(KeyStore store, String password)
      throws IOException, GeneralSecurityException {
    var out = new ByteArrayOutputStream();
    store.store(out, password.toCharArray());
    return out.toByteArray();
  }
}
