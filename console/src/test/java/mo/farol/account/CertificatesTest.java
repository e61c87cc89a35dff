package mo.farol.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mo.farol.identity.Bundle;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private volatile Instant now = Instant.parse("2026-11-24T09:00:00Z");
  @TempDir private Path home;
  private Ledger ledger;
  private Deeds deeds;
  private Certificates certificates;

  @BeforeEach
  void open() {
    ledger = Ledger.openSqlite(home.resolve("ledger.db"));
    deeds = new Deeds(ledger, () -> now);
    certificates =
        new Certificates(ledger, deeds, () -> now, home.resolve("keys"), Optional.empty());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void several_stand_at_once_so_that_an_agency_can_change_over() {
    var first = certificates.issue("water", YEAR, "olga").issued();
    var second = certificates.issue("water", YEAR, "olga").issued();
    assertThat(certificates.standing()).containsExactlyInAnyOrder(first, second);
    certificates.revoke(first.serial(), "olga");
    assertThat(certificates.standing()).containsExactly(second);
    assertThat(certificates.of("water"))
        .extracting(c -> c.stands(now))
        .containsExactlyInAnyOrder(true, false);
  }

  @Test
  void what_ended_by_itself_stands_no_more() {
    certificates.issue("water", YEAR, "olga");
    now = now.plus(YEAR).plusSeconds(1);
    assertThat(certificates.standing()).isEmpty();
  }

  @Test
  void a_revoked_one_is_in_the_list_that_others_read() throws Exception {
    var kept = certificate(certificates.issue("water", YEAR, "olga"));
    var lost = certificate(certificates.issue("health", YEAR, "olga"));
    certificates.revokeAll("health", "olga");
    var list = list();
    list.verify(authority().getPublicKey());
    assertThat(list.isRevoked(lost)).isTrue();
    assertThat(list.isRevoked(kept)).isFalse();
  }

  @Test
  void every_issue_and_revocation_is_a_deed() {
    var issued = certificates.issue("water", YEAR, "olga").issued();
    certificates.revoke(issued.serial(), "wong");
    assertThat(deeds.of("water"))
        .extracting(d -> d.by() + " " + d.what())
        .containsExactly("olga certificate.issued", "wong certificate.revoked");
    assertThat(certificates.revoke(issued.serial(), "wong")).as("once").isFalse();
    assertThat(certificates.revoke("00", "wong")).as("unknown").isFalse();
  }

  @Test
  void a_key_serves_one_agency_and_never_again_once_revoked() throws Exception {
    byte[] request = Files.readAllBytes(Path.of("src/test/resources/mo/farol/account/request.pem"));
    var first = certificates.sign("water", request, YEAR, "olga").issued();
    assertThat(certificates.sign("water", request, YEAR, "olga").issued().key())
        .isEqualTo(first.key());
    assertThatThrownBy(() -> certificates.sign("health", request, YEAR, "olga"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another agency's");
    certificates.revokeAll("water", "olga");
    assertThatThrownBy(() -> certificates.sign("water", request, YEAR, "olga"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_lifetime_has_its_bounds() {
    assertThatThrownBy(() -> certificates.issue("water", Duration.ofHours(1), "olga"))
        .hasMessageContaining("1 to 3650 days");
    assertThat(certificates.of("water")).isEmpty();
  }

  private static X509Certificate certificate(Bundle bundle) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bundle.file("cert.pem")));
  }

  private X509Certificate authority() throws Exception {
    try (var in = Files.newInputStream(home.resolve("keys/ca.pem"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private X509CRL list() throws Exception {
    try (var in = Files.newInputStream(home.resolve("keys/ca.crl"))) {
      return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
    }
  }
}
