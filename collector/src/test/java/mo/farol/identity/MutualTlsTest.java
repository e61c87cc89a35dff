package mo.farol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import mo.farol.wire.Leaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes with the listeners: the JDK's client and openssl's. */
@ExtendWith(Leaks.class)
@Timeout(90)
class MutualTlsTest {
  private static final String LINE = "<38>1 2026-11-24T10:00:00Z web-01 sshd 1 - - hello";
  @TempDir private Path folder;

  @Test
  void the_certificate_says_whose_a_connection_is() throws Exception {
    try (var open = new TlsIntake(folder.resolve("keys"));
        var socket = open.connect(open.issue("water"))) {
      TlsIntake.send(socket, LINE);
      assertThat(open.agencies(1)).containsExactly("water");
      assertThat(open.log.texts()).containsExactly(LINE);
    }
  }

  @Test
  void a_certificate_is_believed_before_the_listener_of_another_agency() throws Exception {
    String session =
        "1 open 49 relp_version=0\nrelp_software=test\ncommands=syslog\n2 syslog 7 <14>one\n";
    try (var open = new TlsIntake(folder.resolve("keys"))) {
      int port = open.port("intake.relp.finance");
      var factory = TlsIntake.client(open.issue("water")).getSocketFactory();
      try (var plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
        plain.getOutputStream().write(session.getBytes(StandardCharsets.US_ASCII));
        assertThat(open.agencies(1)).containsExactly("finance");
      }
      try (var certified = factory.createSocket("127.0.0.1", port)) {
        certified.getOutputStream().write(session.getBytes(StandardCharsets.US_ASCII));
        assertThat(open.agencies(2)).containsExactly("finance", "water");
      }
    }
  }

  @Test
  void openssl_is_let_in_with_the_files_an_agency_gets() throws Exception {
    try (var open = new TlsIntake(folder.resolve("keys"))) {
      open.issue("water").write(folder.resolve("out"));
      for (String version : List.of("-tls1_2", "-tls1_3")) {
        OpenSsl.run(
            folder.resolve("out"),
            LINE + "\n",
            "s_client",
            version,
            "-quiet",
            "-no_ign_eof",
            "-verify_return_error",
            "-verify_hostname",
            HostNames.ALWAYS,
            "-CAfile",
            "ca.pem",
            "-cert",
            "cert.pem",
            "-key",
            "key.pem",
            "-connect",
            "127.0.0.1:" + open.port("intake.syslog.tls"));
      }
      assertThat(open.agencies(2)).containsExactly("water", "water");
    }
  }

  @Test
  void who_shows_none_or_one_of_another_authority_is_turned_away() throws Exception {
    var other = Authority.open(folder.resolve("other"), java.time.InstantSource.system());
    try (var open = new TlsIntake(folder.resolve("keys"))) {
      var both = List.of(other.certificate(), open.authority.certificate());
      // The same agency and the same register entry, but signed by somebody else.
      var forged = open.entered(Bundle.made(other, "water", TlsIntake.YEAR, both));
      assertThatThrownBy(() -> speak(open, forged)).isInstanceOf(IOException.class);
      await().until(() -> open.refused("tls") == 1);
      open.issue("water").write(folder.resolve("out"));
      OpenSsl.run(
          folder.resolve("out"),
          LINE + "\n",
          1,
          "s_client",
          "-tls1_2",
          "-quiet",
          "-CAfile",
          "ca.pem",
          "-connect",
          "127.0.0.1:" + open.port("intake.syslog.tls"));
      await().until(() -> open.refused("tls") == 2);
      assertThat(open.log.durable()).isZero();
    }
  }

  @Test
  void one_that_our_authority_signed_but_nobody_entered_opens_nothing() throws Exception {
    try (var open = new TlsIntake(folder.resolve("keys"))) {
      var stray =
          Bundle.made(
              open.authority, "water", TlsIntake.YEAR, List.of(open.authority.certificate()));
      assertThatThrownBy(() -> speak(open, stray)).isInstanceOf(IOException.class);
      await().until(() -> open.refused("certificate") == 1);
      assertThat(open.log.durable()).isZero();
    }
  }

  @Test
  void whoever_is_unknown_is_told_so_by_an_alert() throws Exception {
    try (var open = new TlsIntake(folder.resolve("keys"))) {
      var ours = List.of(open.authority.certificate());
      Bundle.made(open.authority, "water", TlsIntake.YEAR, ours).write(folder.resolve("out"));
      String said =
          OpenSsl.run(
              folder.resolve("out"),
              LINE + "\n",
              1,
              "s_client",
              "-tls1_2",
              "-quiet",
              "-CAfile",
              "ca.pem",
              "-cert",
              "cert.pem",
              "-key",
              "key.pem",
              "-connect",
              "127.0.0.1:" + open.port("intake.syslog.tls"));
      assertThat(said).contains("alert certificate unknown");
    }
  }

  @Test
  void a_revoked_one_is_cut_off_while_it_sends_and_the_others_go_on() throws Exception {
    try (var open = new TlsIntake(folder.resolve("keys"))) {
      var lost = open.issue("water");
      var kept = open.issue("water");
      try (var first = open.connect(lost);
          var second = open.connect(kept)) {
        TlsIntake.send(first, LINE);
        TlsIntake.send(second, LINE);
        open.agencies(2);
        open.revoke(lost); // noticed by the thread that looks every two seconds
        assertThat(first.getInputStream().read()).as("closed by the centre").isEqualTo(-1);
        assertThat(open.refused("revoked")).isEqualTo(1);
        assertThatThrownBy(() -> speak(open, lost)).isInstanceOf(IOException.class);
        TlsIntake.send(second, LINE);
        assertThat(open.agencies(3)).hasSize(3);
      }
    }
  }

  @Test
  void a_certificate_that_ends_cuts_off_what_it_opened() throws Exception {
    try (var open = new TlsIntake(folder.resolve("keys"));
        var socket = open.connect(open.issue("water"))) {
      TlsIntake.send(socket, LINE);
      open.agencies(1);
      open.later = TlsIntake.YEAR.plusDays(1);
      open.register.clear(); // as the ledger answers then
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void our_own_certificate_is_renewed_before_its_end_without_a_restart() throws Exception {
    var ago = Duration.ofDays(338);
    try (var open = new TlsIntake(folder.resolve("keys"), Optional.empty(), ago.negated())) {
      var bundle = open.issue("water");
      try (var before = open.connect(bundle)) {
        String old = shown(before);
        open.later = Duration.ZERO; // 59 days before its end
        await().atMost(Duration.ofSeconds(20)).until(() -> !connectedTo(open, bundle).equals(old));
        TlsIntake.send(before, LINE);
        assertThat(open.agencies(1)).as("a connection goes on").containsExactly("water");
      }
      assertThat(Pem.certificates(folder.resolve("keys/intake.pem")).getFirst().getNotAfter())
          .isAfter(java.util.Date.from(open.clock.instant().plus(Duration.ofDays(300))));
    }
  }

  @Test
  void a_restart_keeps_the_certificate_and_other_names_make_a_new_one() {
    var keys = folder.resolve("keys");
    var names = HostNames.of("192.0.2.7", Set.of("intake.example"));
    String first = open(keys, names);
    assertThat(open(keys, names)).isEqualTo(first);
    assertThat(open(keys, HostNames.of("192.0.2.7", Set.of()))).isNotEqualTo(first);
  }

  @Test
  void the_operators_own_certificate_is_read_again_when_its_files_change() throws Exception {
    var certificate = folder.resolve("own.pem");
    var key = folder.resolve("own.key");
    own(certificate, key, "first.example");
    try (var open =
        new TlsIntake(
            folder.resolve("keys"), Optional.of(new OwnFiles(certificate, key)), Duration.ZERO)) {
      var trusted = new OwnFiles(certificate, key).trusted(open.authority);
      var bundle = open.entered(Bundle.made(open.authority, "water", TlsIntake.YEAR, trusted));
      String first = connectedTo(open, bundle);
      Files.writeString(certificate, "half a certificate");
      Thread.sleep(2_500); // a look at the broken file must not end what works
      assertThat(connectedTo(open, bundle)).isEqualTo(first);
      own(certificate, key, "second.example");
      var later =
          open.entered(
              Bundle.made(
                  open.authority,
                  "water",
                  TlsIntake.YEAR,
                  new OwnFiles(certificate, key).trusted(open.authority)));
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> !connectedTo(open, later).equals(first));
    }
  }

  @Test
  void a_key_that_is_not_the_certificates_is_told_at_the_start() throws Exception {
    own(folder.resolve("a.pem"), folder.resolve("a.key"), "a.example");
    own(folder.resolve("b.pem"), folder.resolve("b.key"), "b.example");
    var mixed = new OwnFiles(folder.resolve("a.pem"), folder.resolve("b.key"));
    assertThatThrownBy(
            () -> new TlsIntake(folder.resolve("keys"), Optional.of(mixed), Duration.ZERO))
        .isInstanceOf(IdentityFault.class)
        .hasMessageContaining("is not the key of the first certificate");
  }

  @Test
  void a_client_that_asks_for_handshake_after_handshake_is_cut_off_and_counted() throws Exception {
    try (var open = new TlsIntake(folder.resolve("keys"))) {
      var socket = open.unconnected(open.issue("water"));
      try (socket) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.startHandshake();
        TlsIntake.send(socket, "<14>before");
        open.agencies(1);
        assertThatThrownBy(
                () -> {
                  socket.startHandshake();
                  socket.getInputStream().read();
                })
            .isInstanceOf(IOException.class);
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(open.refused("renegotiation")).isEqualTo(1));
    }
  }

  @Test
  void who_speaks_and_leaves_at_once_is_heard() throws Exception {
    try (var open = new TlsIntake(folder.resolve("keys"))) {
      var water = open.issue("water");
      for (int i = 0; i < 30; i++) {
        try (var socket = open.connect(water)) {
          TlsIntake.send(socket, "<14>" + i);
        }
      }
      assertThat(open.agencies(30)).hasSize(30).containsOnly("water");
    }
  }

  private String open(Path keys, Set<String> names) {
    try (var identity =
        Identity.open(keys, names, Optional.empty(), List::of, java.time.InstantSource.system())) {
      assertThat(identity.context()).isNotNull();
    }
    return Issued.serial(Pem.certificates(keys.resolve("intake.pem")).getFirst());
  }

  private void own(Path certificate, Path key, String name) throws Exception {
    OpenSsl.run(
        folder,
        "",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "30",
        "-subj",
        "/CN=" + name,
        "-addext",
        "subjectAltName=IP:127.0.0.1,DNS:" + name,
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
  }

  private static String connectedTo(TlsIntake open, Bundle bundle) throws Exception {
    try (var socket = open.connect(bundle)) {
      return shown(socket);
    }
  }

  private static String shown(SSLSocket socket) throws IOException {
    return Issued.serial((X509Certificate) socket.getSession().getPeerCertificates()[0]);
  }

  // With TLS 1.3 a refusal comes after the client's own part is done: it shows at the first read.
  private static void speak(TlsIntake open, Bundle bundle) throws Exception {
    try (var socket = open.connect(bundle)) {
      TlsIntake.send(socket, LINE);
      if (socket.getInputStream().read() < 0) {
        throw new IOException("closed");
      }
    }
  }
}
