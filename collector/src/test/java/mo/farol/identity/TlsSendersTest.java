package mo.farol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import mo.farol.wire.Leaks;
import mo.farol.wire.Rsyslog;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rsyslogd} over TLS with the files an agency gets, by either of its TLS libraries. */
@ExtendWith(Leaks.class)
@Timeout(120)
class TlsSendersTest {
  private static final int LINES = 1000;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"gtls, octet-counted", "gtls, traditional", "ossl, octet-counted"})
  void rsyslog_sends_syslog_over_mutual_tls(String driver, String framing) throws Exception {
    assumeTrue(
        Rsyslog.has("lmnsd_" + driver),
        "SKIPPED: apt-get install rsyslog-gnutls rsyslog-openssl runs this test");
    try (var open = new TlsIntake(folder.resolve("keys"))) {
      var out = folder.resolve("out");
      open.issue("water").write(out);
      String head =
          """
          global(DefaultNetstreamDriver="%1$s" DefaultNetstreamDriverCAFile="%2$s/ca.pem"
            DefaultNetstreamDriverCertFile="%2$s/cert.pem"
            DefaultNetstreamDriverKeyFile="%2$s/key.pem")
          """
              .formatted(driver, out);
      String action =
          """
          action(type="omfwd" target="127.0.0.1" port="%d" protocol="tcp" TCP_Framing="%s"
            StreamDriver="%s" StreamDriverMode="1" StreamDriverAuthMode="x509/certvalid"
            action.resumeRetryCount="-1" action.resumeInterval="1")
          """
              .formatted(open.port("intake.syslog.tls"), framing, driver);
      arrive(open, head, action);
    }
  }

  @ParameterizedTest
  @CsvSource({"gnutls", "openssl"})
  void rsyslog_speaks_relp_over_mutual_tls(String library) throws Exception {
    assumeTrue(Rsyslog.has("omrelp"), "SKIPPED: apt-get install rsyslog-relp runs this test");
    try (var open = new TlsIntake(folder.resolve("keys"))) {
      var out = folder.resolve("out");
      open.issue("water").write(out);
      String action =
          """
          action(type="omrelp" target="127.0.0.1" port="%1$d" tls="on"
            tls.caCert="%2$s/ca.pem" tls.myCert="%2$s/cert.pem" tls.myPrivKey="%2$s/key.pem"
            tls.authMode="certvalid" action.resumeRetryCount="-1" action.resumeInterval="1")
          """
              .formatted(open.port("intake.relp"), out);
      arrive(open, "module(load=\"omrelp\" tls.tlslib=\"" + library + "\")", action);
    }
  }

  private void arrive(TlsIntake open, String head, String action) throws Exception {
    var lines = Rsyslog.lines(LINES);
    try (var rsyslog = Rsyslog.sending(folder.resolve("rsyslog"), lines, head, action)) {
      await()
          .atMost(Duration.ofSeconds(40))
          .failFast(() -> assertThat(rsyslog.said()).doesNotContain("error"))
          .until(() -> open.log.durable() >= LINES);
      var frames = open.log.texts();
      for (int i = 0; i < LINES; i++) {
        assertThat(frames.get(i)).startsWith("<134>").endsWith(lines.get(i));
      }
      assertThat(open.agencies(LINES)).containsOnly("water");
    }
  }
}
