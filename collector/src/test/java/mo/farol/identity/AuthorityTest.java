package mo.farol.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {
  private static final Duration YEAR = Duration.ofDays(365);
  @TempDir private Path folder;

  @Test
  void it_is_made_once_however_many_open_it_first() {
    var names =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(_ -> open().certificate().getSubjectX500Principal().getName())
            .distinct();
    assertThat(names).hasSize(1);
  }

  @Test
  void keys_are_for_their_owner_only() throws Exception {
    var out = folder.resolve("out");
    bundle(open()).write(out);
    for (Path file :
        List.of(folder.resolve("keys/ca.key"), out.resolve("key.pem"), out.resolve("client.p12"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(file.toString())
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rwx------");
  }

  @Test
  void a_key_that_is_there_is_not_written_over() {
    var out = folder.resolve("out");
    bundle(open()).write(out);
    assertThatThrownBy(() -> Bundle.mustBeFree(out))
        .isInstanceOf(IdentityFault.class)
        .hasMessageContaining("is there already");
  }

  @Test
  void openssl_finds_nothing_wrong_with_chain_purpose_and_list() throws Exception {
    var authority = open();
    var good = bundle(authority);
    good.write(folder.resolve("good"));
    var bad = bundle(authority);
    bad.write(folder.resolve("bad"));
    RevocationList.write(
        authority, List.of(new RevocationList.Revoked(bad.issued().serial(), Instant.now())));
    for (String which : List.of("good", "bad")) {
      String said =
          OpenSsl.run(
              folder,
              "",
              which.equals("good") ? 0 : 2,
              "verify",
              "-x509_strict",
              "-purpose",
              "sslclient",
              "-crl_check",
              "-CRLfile",
              "keys/ca.crl",
              "-CAfile",
              "keys/ca.pem",
              which + "/cert.pem");
      assertThat(said).contains(which.equals("good") ? "OK" : "certificate revoked");
    }
  }

  @Test
  void a_client_can_not_pass_for_the_intake() throws Exception {
    bundle(open()).write(folder.resolve("out"));
    String said =
        OpenSsl.run(
            folder,
            "",
            2,
            "verify",
            "-purpose",
            "sslserver",
            "-CAfile",
            "keys/ca.pem",
            "out/cert.pem");
    assertThat(said).contains("unsuitable certificate purpose");
  }

  @Test
  void of_an_agencys_request_only_the_key_is_taken() throws Exception {
    OpenSsl.run(
        folder,
        "",
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/O=Farol/CN=agency health/CN=farol-intake\\/..\\/x",
        "-addext",
        "subjectAltName=DNS:farol-intake,IP:127.0.0.1",
        "-addext",
        "basicConstraints=critical,CA:TRUE",
        "-addext",
        "extendedKeyUsage=serverAuth",
        "-keyout",
        "own.key",
        "-out",
        "request.pem");
    var authority = open();
    var bundle =
        Bundle.signed(
            authority,
            "water",
            Files.readAllBytes(folder.resolve("request.pem")),
            YEAR,
            List.of(authority.certificate()));
    var certificate = certificate(bundle);
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=agency water,O=Farol");
    assertThat(certificate.getSubjectAlternativeNames()).isNull();
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(bundle.issued().agency()).isEqualTo("water");
    assertThat(bundle.files()).containsOnlyKeys("cert.pem", "ca.pem");
  }

  @Test
  void a_request_that_its_key_did_not_sign_or_with_a_weak_key_is_refused() throws Exception {
    for (String size : List.of("1024", "2048")) {
      OpenSsl.run(
          folder,
          "",
          "req",
          "-new",
          "-newkey",
          "rsa:" + size,
          "-nodes",
          "-subj",
          "/CN=x",
          "-outform",
          "DER",
          "-keyout",
          "k.pem",
          "-out",
          size + ".der");
    }
    byte[] good = Files.readAllBytes(folder.resolve("2048.der"));
    assertThat(Request.key(good).getAlgorithm()).isEqualTo("RSA");
    byte[] forged = good.clone();
    forged[forged.length - 1] ^= 1; // in the signature
    assertThatThrownBy(() -> Request.key(forged)).hasMessageContaining("not signed with its own");
    assertThatThrownBy(() -> Request.key(Files.readAllBytes(folder.resolve("1024.der"))))
        .hasMessageContaining("too weak");
  }

  @Test
  void hostile_bytes_are_refused_in_one_line_whatever_they_are() throws Exception {
    OpenSsl.run(
        folder,
        "",
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=x",
        "-outform",
        "DER",
        "-keyout",
        "k.pem",
        "-out",
        "r.der");
    byte[] good = Files.readAllBytes(folder.resolve("r.der"));
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      byte[] bytes = good.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Request.key(bytes).getAlgorithm())
            .isEqualTo("EC"); // the name was changed and back
      } catch (IdentityFault e) {
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
    assertThatThrownBy(() -> Request.key(new byte[20_000])).isInstanceOf(IdentityFault.class);
    assertThatThrownBy(() -> Request.key(new byte[0])).isInstanceOf(IdentityFault.class);
    assertThatThrownBy(() -> Request.key("-----BEGIN X-----\n".getBytes(US_ASCII)))
        .isInstanceOf(IdentityFault.class);
  }

  @Test
  void no_certificate_outlives_its_authority() {
    open();
    var late = Authority.open(keys(), () -> Instant.now().plus(Duration.ofDays(3_600)));
    var issued = bundle(late).issued();
    assertThat(issued.until()).isEqualTo(late.certificate().getNotAfter().toInstant());
    var over = Authority.open(keys(), () -> Instant.now().plus(Duration.ofDays(3_700)));
    assertThatThrownBy(() -> bundle(over)).hasMessageContaining("is over");
  }

  @Test
  void a_damaged_home_is_told_in_one_line() throws Exception {
    open();
    Files.writeString(keys().resolve("ca.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n");
    assertThatThrownBy(this::open).isInstanceOf(IdentityFault.class).hasMessageContaining("ca.key");
  }

  @Test
  void names_are_names_or_addresses() {
    assertThat(HostNames.of("0.0.0.0", List.of("Intake.Example", "2001:db8::1")))
        .containsExactly("farol-intake", "localhost", "127.0.0.1", "intake.example", "2001:db8::1");
    for (String wrong : List.of("a b", "*.example", "x\ny", "-a", "")) {
      assertThatThrownBy(() -> HostNames.of("127.0.0.1", List.of(wrong)))
          .as(wrong)
          .isInstanceOf(IdentityFault.class);
    }
  }

  private Authority open() {
    return Authority.open(keys(), InstantSource.system());
  }

  private Path keys() {
    return folder.resolve("keys");
  }

  private static Bundle bundle(Authority authority) {
    return Bundle.made(authority, "water", YEAR, List.of(authority.certificate()));
  }

  private static X509Certificate certificate(Bundle bundle) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bundle.file("cert.pem")));
  }
}
