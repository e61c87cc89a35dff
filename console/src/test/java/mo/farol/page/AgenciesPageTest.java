package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import mo.farol.account.Role;
import mo.farol.event.Agency;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages and addresses through which an agency is brought in. */
class AgenciesPageTest {
  private static final Pattern TOKEN = Pattern.compile("farol_in_[A-Za-z0-9_-]{43}");
  @TempDir private Path home;
  @AutoClose private SmallCentre centre;
  private Visitor olga;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    centre.agencies.add(new Agency("finance", "Finance Bureau"));
    centre.agencies.add(new Agency("health", "Health Bureau"));
    centre.account("olga", Role.OPERATOR, Optional.empty());
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("rui", Role.AGENCY, Optional.of("health"));
    olga = signedIn("olga");
  }

  @Test
  void an_operator_adds_an_agency_gives_it_a_token_and_takes_it_back() {
    assertThat(olga.post("/agencies", Map.of("id", "water", "name", "Água")).statusCode())
        .isEqualTo(303);
    assertThat(olga.get("/agencies").body()).contains("Água").contains("nothing yet");
    String page = olga.post("/agencies/water/tokens", Map.of("label", "scada")).body();
    var token = TOKEN.matcher(page);
    assertThat(token.find()).as("shown").isTrue();
    assertThat(centre.tokens.agencyOf(token.group())).contains("water");
    assertThat(olga.get("/agencies/water").body()).as("once").doesNotContain("farol_in_");
    String id = centre.tokens.ofAgency("water").getFirst().id();
    olga.post("/agencies/water/revoke", Map.of("id", id));
    assertThat(centre.tokens.agencyOf(token.group())).isEmpty();
    assertThat(centre.deeds.latest(3))
        .extracting(d -> d.by() + " " + d.what())
        .containsExactly("olga token.revoked", "olga token.made", "olga agency.added");
  }

  @Test
  void an_agency_is_found_by_a_part_of_its_name_with_all_it_sends_with() {
    centre.certificates.issue("health", Duration.ofDays(9), "test");
    centre.tokens.ingest("health", "one", "test");
    centre.tokens.ingest("health", "two", "test");
    String found = olga.get("/agencies?text=HEALTH").body();
    assertThat(found)
        .contains("Health Bureau", "<td class=\"num \">1</td>", "<td class=\"num \">2</td>")
        .doesNotContain("Finance Bureau");
  }

  @Test
  void a_certificate_is_downloaded_whole_and_only_once() throws Exception {
    var names = new ArrayList<String>();
    byte[] zip = olga.bytes("/agencies/finance/certificates", Map.of("days", "30"));
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName().replaceAll("^finance-[0-9a-f]{8}/", ""));
      }
    }
    assertThat(names)
        .containsExactly(
            "cert.pem", "key.pem", "ca.pem", "client.p12", "trust.p12", "p12-password.txt");
    String serial = centre.certificates.of("finance").getFirst().serial();
    assertThat(olga.get("/agencies/finance").body()).contains(serial);
    olga.post("/agencies/finance/revoke", Map.of("id", serial));
    assertThat(centre.certificates.standing()).isEmpty();
    assertThat(olga.get("/agencies/finance").body()).contains("revoked");
  }

  @Test
  void what_is_wrong_is_told_and_nothing_is_made() {
    assertThat(olga.post("/agencies", Map.of("id", "Not An Id")).body())
        .contains("lower-case letters");
    assertThat(olga.post("/agencies/finance/tokens", Map.of("from", "10.0.0.0/99")).body())
        .contains("a network is written");
    assertThat(olga.post("/agencies/finance/certificates", Map.of("csr", "<b>no</b>")).body())
        .contains("no certificate request")
        .doesNotContain("<b>no</b>");
    assertThat(olga.post("/agencies/finance/test", Map.of()).body()).contains("HTTP input is off");
    assertThat(olga.get("/agencies/finance?for=rsyslog").body())
        .contains("its listener is off")
        .doesNotContain("name=\"way\"");
    assertThat(centre.tokens.ofAgency("finance")).isEmpty();
    assertThat(centre.certificates.of("finance")).isEmpty();
  }

  @Test
  void a_test_line_goes_as_the_chosen_forwarder_sends_where_that_can_be_done_from_here()
      throws Exception {
    var relp = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2514);
    try (var device = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      centre.onboarding.doors =
          Map.of(
              "intake.relp",
              relp,
              "intake.http",
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 5580),
              "intake.syslog.udp.finance",
              (InetSocketAddress) device.getLocalSocketAddress());
      assertThat(olga.get("/agencies/finance?for=rsyslog").body())
          .contains("as rsyslog sends it: no private key", "over HTTP, port 5580, with a token")
          .doesNotContain("value=\"own\"");
      var made = centre.certificates.issue("finance", Duration.ofDays(30), "test");
      made.write(home.resolve("agencies/finance-" + made.issued().serial().substring(0, 8)));
      assertThat(olga.get("/agencies/finance?for=rsyslog").body())
          .contains("over RELP + TLS, port 2514, with the certificate")
          .contains(
              made.issued().serial().substring(0, 8) + "…", "value=\"own\"", "value=\"http\"");
      assertThat(olga.get("/agencies/health?for=rsyslog").body())
          .contains("no private key", "try the way below");
      assertThat(olga.get("/agencies/health?for=device").body()).contains("no port of its own");

      var sent = olga.post("/agencies/finance/test", Map.of("for", "device", "way", "own"));
      assertThat(sent.headers().firstValue("Location").orElse(""))
          .startsWith("/agencies/finance?for=device&from=")
          .endsWith("#test");
      var datagram = new DatagramPacket(new byte[2_000], 2_000);
      device.setSoTimeout(10_000);
      device.receive(datagram);
      assertThat(new String(datagram.getData(), 0, datagram.getLength(), StandardCharsets.UTF_8))
          .contains("Test line of finance, sent by olga");
      assertThat(centre.deeds.latest(1))
          .extracting(d -> d.by() + " " + d.what() + " " + d.on() + " " + d.detail())
          .containsExactly("olga test.sent finance syslog over UDP, listener");
    }
  }

  @Test
  void without_the_http_input_no_way_below_is_spoken_of() {
    centre.onboarding.doors =
        Map.of("intake.relp", new InetSocketAddress(InetAddress.getLoopbackAddress(), 2514));
    assertThat(olga.get("/agencies/finance?for=rsyslog").body())
        .contains("no private key")
        .doesNotContain("way below");
  }

  @Test
  void an_operator_of_one_agency_sends_no_line_as_any() {
    centre.account("otto", Role.OPERATOR, Optional.of("health"));
    var otto = signedIn("otto");
    for (String agency : List.of("health", "finance")) {
      var form = Map.of("for", "rsyslog", "way", "own");
      assertThat(otto.post("/agencies/" + agency + "/test", form).statusCode()).isEqualTo(403);
      assertThat(
              api(centre.token("otto"), "POST", "/agencies/" + agency + "/test", "{}").statusCode())
          .isEqualTo(403);
    }
    assertThat(centre.deeds.latest(9)).noneMatch(d -> d.what().equals("test.sent"));
  }

  @Test
  void one_agencys_page_can_not_revoke_what_is_another_agencys() {
    centre.tokens.ingest("health", "x", "olga");
    String id = centre.tokens.ofAgency("health").getFirst().id();
    assertThat(olga.post("/agencies/finance/revoke", Map.of("id", id)).statusCode()).isEqualTo(404);
    assertThat(centre.tokens.ofAgency("health")).hasSize(1);
  }

  @Test
  void an_analyst_looks_and_changes_nothing() {
    var ana = signedIn("ana");
    assertThat(ana.get("/agencies/finance").body())
        .contains("What to paste")
        .doesNotContain("name=\"csr\"");
    for (String what : List.of("tokens", "certificates", "revoke", "test")) {
      assertThat(ana.post("/agencies/finance/" + what, Map.of("id", "x")).statusCode())
          .as(what)
          .isEqualTo(403);
    }
    assertThat(ana.post("/agencies", Map.of("id", "new")).statusCode()).isEqualTo(403);
  }

  @Test
  void an_agency_sees_itself_and_no_other() {
    var rui = signedIn("rui");
    assertThat(rui.get("/agencies").body()).contains("Health Bureau").doesNotContain("Finance");
    assertThat(rui.get("/agencies/health").statusCode()).isEqualTo(200);
    for (String path : List.of("/agencies/finance", "/agencies/finance/next?from=0")) {
      assertThat(rui.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void the_next_line_of_the_agency_is_shown_as_it_was_read() {
    long from = centre.send("health", Instant.now(), "<13>not ours").join() + 1;
    centre.send("health", Instant.now(), "<13>not ours either").join();
    var sent = Instant.now().minusSeconds(7_200).truncatedTo(ChronoUnit.MILLIS);
    String line = "<86>1 " + sent + " web-01 sshd 1 - - Accepted <script>x</script> for root";
    centre.send("finance", Instant.now(), "too early").join();
    long later = centre.send("finance", Instant.now(), line).join();
    String fragment = olga.get("/agencies/finance/next?from=" + later, "HX-Request", "true").body();
    assertThat(fragment)
        .contains("A line came", "syslog.tcp", "192.0.2.10", "log.syslog.appname", "2 h")
        .contains("&lt;script&gt;")
        .doesNotContain("<script>", "<html");
    assertThat(olga.get("/agencies/finance/next?from=" + from).body())
        .as("without htmx a page")
        .contains("too early", "</html>");
  }

  @Test
  void a_fragment_that_found_nothing_asks_again_and_not_for_ever() {
    long end = centre.status().received();
    assertThat(
            olga.get("/agencies/finance/next?from=" + end + "&round=3", "HX-Request", "true")
                .body())
        .contains("hx-trigger=\"load", "round=4");
    assertThat(
            olga.get("/agencies/finance/next?from=" + end + "&round=99", "HX-Request", "true")
                .body())
        .contains("No line came")
        .doesNotContain("hx-trigger");
  }

  @Test
  void a_snippet_has_the_ports_of_the_listeners_and_says_what_is_promised() {
    String page = olga.get("/agencies/finance?for=filebeat&host=10.1.2.3").body();
    assertThat(page).contains("10.1.2.3:5044", "acknowledged", "does not name 10.1.2.3");
    assertThat(olga.get("/agencies/finance?for=filebeat").body()).doesNotContain("does not name");
    assertThat(olga.get("/agencies/finance?for=logger").body())
        .contains("--port 5614", "best effort");
    assertThat(olga.get("/agencies/health?for=logger").body()).contains("intake.pinned");
    assertThat(olga.get("/agencies/finance?host=%22%3E%3Cscript%3E").body())
        .contains("neither a host")
        .doesNotContain("<script>");
  }

  @Test
  void an_agency_sees_how_many_of_its_own_frames_were_dropped_and_nobody_elses() {
    centre.sources.countDrops(agency -> agency.equals("health") ? 4321 : 98765);
    centre.send("health", centre.clock.instant(), "<13>1 - ward-01 app - - - hello").join();
    centre.send("finance", centre.clock.instant(), "<13>1 - pay-01 app - - - hello").join();
    centre.settle();
    var rui = signedIn("rui");
    for (String path : List.of("/sources", "/agencies/health")) {
      assertThat(rui.get(path).body())
          .as(path)
          .contains("Dropped (agency)")
          .containsPattern("4.?321")
          .doesNotContainPattern("98.?765");
    }
    String own = centre.token("rui");
    assertThat(api(own, "GET", "/sources", "").body())
        .contains("\"agencyDropped\":4321")
        .doesNotContain("98765");
    assertThat(api(own, "GET", "/agencies/health", "").body())
        .contains("\"missing\":0", "\"dropped\":4321");
    assertThat(api(centre.token("olga"), "GET", "/agencies/finance", "").body())
        .contains("\"dropped\":98765");
  }

  @Test
  void the_api_does_the_same_within_the_callers_scope() {
    String all = centre.token("olga");
    String own = centre.token("rui");
    assertThat(api(all, "POST", "/agencies", "{\"id\":\"water\"}").statusCode()).isEqualTo(201);
    assertThat(api(own, "GET", "/agencies", "").body())
        .contains("health")
        .doesNotContain("finance");
    assertThat(api(own, "GET", "/agencies/finance/tokens", "").statusCode()).isEqualTo(404);
    assertThat(api(own, "POST", "/agencies/health/tokens", "{}").statusCode()).isEqualTo(403);
    String made =
        api(all, "POST", "/agencies/water/tokens", "{\"from\":[\"192.0.2.0/24\"],\"days\":3}")
            .body();
    var token = TOKEN.matcher(made);
    assertThat(token.find()).isTrue();
    assertThat(centre.tokens.agencyOf(token.group(), "192.0.2.9")).contains("water");
    String certificate = api(all, "POST", "/agencies/water/certificates", "{\"days\":9}").body();
    assertThat(certificate).contains("\"key.pem\":", "\"serial\":");
    assertThat(api(all, "GET", "/agencies/water/certificates", "").body())
        .contains(centre.certificates.of("water").getFirst().serial());
    assertThat(api(all, "GET", "/agencies/water/snippets/vector", "").body())
        .contains("https://intake.example:5580/v1/events");
    assertThat(api(all, "GET", "/agencies/water/snippets/nothing", "").statusCode()).isEqualTo(404);
    assertThat(api(all, "POST", "/agencies/water/revoke", "{}").body()).contains("\"revoked\":2");
    assertThat(api(all, "POST", "/agencies/water/revoke", "{\"id\":\"00\"}").statusCode())
        .isEqualTo(404);
    long from = centre.send("water", Instant.now(), "<13>hello").join();
    assertThat(api(all, "GET", "/agencies/water/next?wait=1&from=" + from, "").body())
        .contains("\"message\":\"hello\"", "\"framingGuessed\":false");
    assertThat(api(all, "GET", "/agencies/water/next?wait=0&from=" + (from + 1), "").body())
        .contains("\"event\":null");
    assertThat(api(all, "POST", "/agencies/water/certificates", "{\"days\":-1}").statusCode())
        .isEqualTo(400);
  }

  private HttpResponse<String> api(String token, String method, String path, String json) {
    return new Visitor(centre).api(token, method, path, json);
  }

  private Visitor signedIn(String name) {
    var visitor = new Visitor(centre);
    visitor.enter(name);
    return visitor;
  }
}
