package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import mo.farol.account.Certificates;
import mo.farol.account.IngestTerms;
import mo.farol.account.Network;
import mo.farol.account.Tokens;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.event.Scope;
import mo.farol.health.Ending;
import mo.farol.health.Endings;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code farol agency}, as an operator types it beside a running centre. */
@Timeout(120)
class AgencyCommandsTest {
  @TempDir private Path home;

  @Test
  void an_agency_added_beside_a_running_centre_sends_at_once_until_it_is_revoked()
      throws Exception {
    try (var farol = open()) {
      String added = farol("agency", "add", "water");
      String token = value(added, "token");
      assertThat(token).startsWith("farol_in_");
      var files = Path.of(value(added, "certificate"));
      await().atMost(Duration.ofSeconds(20)).until(() -> tokenIsTaken(farol, token));
      try (var socket = connect(farol, files)) {
        socket
            .getOutputStream()
            .write("40 <38>1 - web-01 sshd 1 - - bom dia ágape".getBytes(StandardCharsets.UTF_8));
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> found(farol, "agency:water AND bom") == 1);
        assertThat(farol("agency", "revoke", "water"))
            .isEqualTo("revoked 1 certificates and 1 tokens of water");
        assertThat(socket.getInputStream().read()).as("closed by the centre").isEqualTo(-1);
        await().atMost(Duration.ofSeconds(20)).until(() -> !tokenIsTaken(farol, token));
      }
      assertThat(farol("agency", "certs", "water").lines().skip(1))
          .hasSize(1)
          .allMatch(row -> row.contains("\trevoked\t"));
    }
  }

  @Test
  void a_further_certificate_stands_beside_the_first() {
    farol("agency", "add", "water");
    var out = home.resolve("hand-over");
    String second =
        value(farol("agency", "cert", "water", "--out", out.toString(), "--days", "30"), "serial");
    assertThat(out.resolve("key.pem")).exists();
    assertThat(farol("agency", "certs", "water").lines().filter(l -> l.contains("\tvalid\t")))
        .hasSize(2);
    assertThat(farol("agency", "revoke", second.toUpperCase(java.util.Locale.ROOT)))
        .startsWith("revoked certificate " + second);
    assertThat(home.resolve("keys/ca.crl")).exists();
  }

  @Test
  void the_list_says_until_when_an_agencys_last_certificate_is_valid_and_that_it_is_over() {
    farol("agency", "add", "water");
    assertThat(farol("agency", "list")).matches("water\twater\t20\\d\\d-\\d\\d-.*Z\tvalid");
    farol("agency", "revoke", "water");
    assertThat(farol("agency", "list")).isEqualTo("water\twater\t-\tno certificate");
    expired("water");
    assertThat(farol("agency", "list")).endsWith("\tover for 10 days");
    farol("agency", "cert", "water", "--days", "20");
    assertThat(farol("agency", "list")).matches("(?s).*\tends in (19|20) days");
  }

  private void expired(String agency) {
    InstantSource then = InstantSource.fixed(Instant.now().minus(Duration.ofDays(40)));
    try (var ledger = Ledger.openSqlite(home.resolve("ledger.db"))) {
      var deeds = new Deeds(ledger, then);
      new Certificates(ledger, deeds, then, home.resolve("keys"), Optional.empty())
          .issue(agency, Duration.ofDays(30), "test");
    }
  }

  @Test
  void a_token_is_replaced_and_the_old_one_serves_on_for_its_grace() {
    farol("agency", "add", "water");
    String row = tokens().getFirst();
    String id = row.split("\t", 2)[0];
    assertThat(row).contains("\tnever\tanywhere\t");
    String fresh = farol("agency", "token", "water", "--from", "192.0.2.0/24", "--replaces", id);
    assertThat(fresh).startsWith("farol_in_");
    assertThat(tokens())
        .anyMatch(r -> r.startsWith(id) && !r.contains("\tnever\t"))
        .anyMatch(r -> r.contains("\tnever\t192.0.2.0/24\t"));
  }

  @Test
  void what_is_shown_of_a_token_that_ends_can_be_typed_and_widens_nothing() {
    farol("agency", "add", "water");
    token(Duration.ofDays(65)); // over for five days
    assertThat(endings()).hasSize(1);
    endings().getFirst().commands().forEach(this::type);
    assertThat(endings()).as("revoked").isEmpty();
    String fresh = tokens().getFirst();
    assertThat(fresh).contains("\t192.0.2.0/24 198.51.100.0/24\t").doesNotContain("\tnever\t");

    token(Duration.ofDays(50));
    assertThat(endings()).hasSize(1);
    endings().getFirst().commands().forEach(this::type);
    assertThat(endings()).as("replaced").isEmpty();
    assertThat(tokens().stream().filter(r -> r.contains("\t192.0.2.0/24 198.51.100.0/24\t")))
        .as("two new ones, and an old one in its grace")
        .hasSize(3)
        .noneMatch(row -> row.contains("\tnever\t"));
  }

  @Test
  void what_is_shown_of_a_program_s_token_gives_no_other_role() {
    farol("token", "--user", "siem", "--role", "committee", "--ttl", "48h");
    endings().getFirst().commands().forEach(this::type);
    assertThat(tokens()).singleElement().asString().contains("\tsiem\tcommittee\t");
  }

  private void token(Duration ago) {
    InstantSource then = InstantSource.fixed(Instant.now().minus(ago));
    try (var ledger = Ledger.openSqlite(home.resolve("ledger.db"))) {
      new Tokens(ledger, new Deeds(ledger, then), then)
          .ingest(
              "water",
              new IngestTerms(
                  "scada",
                  Optional.of(Duration.ofDays(60)),
                  List.of(Network.parse("192.0.2.0/24"), Network.parse("198.51.100.0/24"))),
              "test");
    }
  }

  private List<Ending> endings() {
    var now = InstantSource.system();
    try (var ledger = Ledger.openSqlite(home.resolve("ledger.db"))) {
      var deeds = new Deeds(ledger, now);
      var certificates =
          new Certificates(ledger, deeds, now, home.resolve("keys"), Optional.empty());
      return new Endings(certificates, new Tokens(ledger, deeds, now), List::of, now)
          .soon(Scope.national(), true);
    }
  }

  private void type(String command) {
    assertThat(command).startsWith("./farol ");
    farol(command.substring("./farol ".length()).split(" "));
  }

  @Test
  void a_command_of_this_machine_leaves_no_token_behind() throws Exception {
    try (var farol = open()) {
      assertThat(status("search", "nothing-of-the-kind")).isEqualTo(1);
      assertThat(farol("search", "a OR b | count", "--agency", "x", "--format", "csv").lines())
          .containsExactly("\"count\"", "0");
      assertThat(tokens()).isEmpty();
      assertThat(farol.status().received()).isZero();
    }
  }

  @Test
  void mistakes_are_told_in_one_line() throws Exception {
    farol("agency", "add", "water");
    var csr = Files.writeString(home.resolve("x.csr"), "no request");
    assertThat(error("agency", "cert", "watre")).contains("no agency 'watre'");
    assertThat(error("agency", "cert", "water", "--csr", csr.toString()))
        .contains("no certificate request")
        .contains("openssl req");
    assertThat(error("agency", "cert", "water", "--csr", "/nowhere")).contains("cannot read");
    assertThat(error("agency", "cert", "water", "--days", "0")).contains("1 to 3650 days");
    assertThat(error("agency", "cert", "water", "--out", home.resolve("agencies/water").toString()))
        .contains("is there already");
    assertThat(error("agency", "revoke", "watre")).contains("no certificate and no agency");
    assertThat(error("agency", "token", "water", "--from", "10.0.0.0/40")).contains("a network is");
    assertThat(error("agency", "token", "water", "--ttl", "soon")).contains("--ttl takes");
    assertThat(error("agency", "token", "water", "--replaces", "x")).contains("no token 'x'");
    assertThat(error("agency", "add", "Not An Id")).contains("lower-case letters");
  }

  private Farol open() {
    return Farol.open(Config.read(home, Optional.empty(), FreePorts.SETTINGS)).start();
  }

  private List<String> tokens() {
    return farol("token", "list").lines().skip(1).toList();
  }

  private static boolean tokenIsTaken(Farol farol, String token) {
    return farol.desk().people().tokens().agencyOf(token).isPresent();
  }

  private static long found(Farol farol, String query) {
    return farol.eventsOf(query);
  }

  private static SSLSocket connect(Farol farol, Path files) throws Exception {
    char[] password = Files.readString(files.resolve("p12-password.txt")).strip().toCharArray();
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(files.resolve("client.p12"), password), password);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(files.resolve("trust.p12"), password));
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    InetSocketAddress to = farol.listener("intake.syslog.tls");
    var socket = (SSLSocket) context.getSocketFactory().createSocket(to.getAddress(), to.getPort());
    socket.setSoTimeout(20_000);
    socket.startHandshake();
    return socket;
  }

  private static KeyStore store(Path file, char[] password) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  private static String value(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private String error(String... words) {
    return new Operator(home).error(words);
  }

  private String farol(String... words) {
    return new Operator(home).farol(words);
  }

  private int status(String... words) {
    return new Operator(home).status(words);
  }
}
