package mo.farol.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.page.SmallCentre;
import mo.farol.page.Visitor;
import mo.farol.search.Asker;
import mo.farol.search.LaneConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Searches under way over HTTP: who sees them, who ends them, and what their askers are told. */
class SearchesApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Asker OVERSEER = new Asker(Asker.named("test").who(), true, () -> false);
  private static final String SLOW = "/events?q=slow&limit=1000";

  @TempDir private Path home;
  private SmallCentre centre;

  @BeforeEach
  void open(TestInfo test) {
    centre = new SmallCentre(home, test.getTags().contains("tls"));
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("bo", Role.ANALYST, Optional.empty());
    centre.account("rui", Role.AGENCY, Optional.of("health"));
    centre.account("oscar", Role.OPERATOR, Optional.of("finance"));
    centre.account("olga", Role.OPERATOR, Optional.empty());
    String[] lines = new String[600];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - slow " + i;
    }
    centre.send("finance", Instant.parse("2026-11-24T09:01:00Z"), lines).join();
    centre.settle();
    centre.readSlowly(Duration.ofMillis(50));
  }

  @AfterEach
  void close() {
    centre.readSlowly(Duration.ZERO);
    centre.close();
  }

  @Test
  void who_asked_sees_it_under_way_and_ends_it() {
    var answer = ask("ana");
    var told = awaitOne("ana");

    assertThat(told.path("query").asText()).isEqualTo("slow");
    assertThat(told.path("by").asText()).isEqualTo("ana");
    assertThat(told.path("events").isNumber()).isTrue();
    assertThat(told.path("state").asText()).isIn("waiting", "light", "heavy");
    var ended = delete("ana", told.path("id").asText());

    assertThat(ended.statusCode()).isEqualTo(200);
    assertThat(answer.join().statusCode()).isEqualTo(409);
    assertThat(answer.join().body()).contains("cancelled by ana");
    assertThat(list("ana")).isEmpty();
  }

  @Test
  void nobody_else_sees_or_ends_it_but_an_operator_of_the_whole_centre() {
    var answer = ask("ana");
    String id = awaitOne("ana").path("id").asText();

    for (String other : new String[] {"bo", "rui", "oscar"}) {
      assertThat(list(other)).as(other).isEmpty();
      var refused = delete(other, id);
      assertThat(refused.statusCode()).as(other).isEqualTo(404);
      assertThat(refused.body()).isEqualTo(delete(other, "0".repeat(24)).body());
    }
    assertThat(answer).isNotDone();

    assertThat(list("olga").get(0).path("by").asText()).isEqualTo("ana");
    assertThat(delete("olga", id).statusCode()).isEqualTo(200);
    assertThat(answer.join().body()).contains("cancelled by olga");
  }

  @Test
  void programs_of_one_name_and_two_agencies_know_nothing_of_each_other() throws IOException {
    String ofFinance = siem("finance");
    String ofHealth = siem("health");
    var answer =
        CompletableFuture.supplyAsync(
            () -> new Visitor(centre).api(ofFinance, "GET", SLOW, ""), Thread::startVirtualThread);
    var told =
        Awaitility.await().until(() -> searches(ofFinance).path(0), found -> found.isObject());
    assertThat(told.path("events").isNull()).as("how much others have is not told").isTrue();

    assertThat(searches(ofHealth)).isEmpty();
    String one = "/searches/" + told.path("id").asText();
    assertThat(new Visitor(centre).api(ofHealth, "DELETE", one, "").statusCode()).isEqualTo(404);
    assertThat(answer).isNotDone();
    assertThat(new Visitor(centre).api(ofFinance, "DELETE", one, "").statusCode()).isEqualTo(200);
  }

  @Test
  void a_client_that_goes_away_ends_its_search() throws Exception {
    try (var line = line(false)) {
      send(line, SLOW);
      awaitOne("ana");
    }
    Awaitility.await().until(() -> list("olga").isEmpty());
  }

  @Test
  @Tag("tls")
  void a_client_that_goes_away_over_tls_ends_its_search() throws Exception {
    try (var line = line(true)) {
      send(line, SLOW);
      Awaitility.await().until(() -> !centre.search.underWay(OVERSEER).isEmpty());
    }
    Awaitility.await().until(() -> centre.search.underWay(OVERSEER).isEmpty());
  }

  @Test
  void a_request_sent_ahead_of_an_answer_is_answered_after_it() throws Exception {
    try (var line = line(false)) {
      send(line, "/events?q=slow&limit=30");
      awaitOne("ana");
      send(line, "/status");

      assertThat(read(line, "\"durable\"")).containsOnlyOnce("\"items\"").contains("slow 599");
    }
  }

  @Test
  void one_person_with_too_many_is_told_to_wait_and_others_are_not() {
    var many = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 24; i++) {
      many.add(ask("ana"));
    }
    Awaitility.await().until(() -> list("ana").size() == 24);

    var refused = get("ana", "/events?q=nothing");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("5");
    assertThat(refused.body()).contains("You have 24 searches under way");
    assertThat(get("bo", "/events?q=nothing").statusCode()).isEqualTo(200);
    String[] proof = {"Authorization", "Bearer " + centre.token("ana")};
    assertThat(new Visitor(centre).get("/search/fields?q=nothing", proof).statusCode())
        .as("what a page asks beside is theirs too")
        .isEqualTo(503);
    list("ana").forEach(each -> delete("ana", each.path("id").asText()));
    many.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(409));
  }

  @Test
  void when_the_centre_is_full_everybody_is_told_to_ask_again_and_served_once_there_is_room() {
    var lanes = LaneConfig.defaults();
    int all = lanes.most() + lanes.most() / 4; // the first of each person up to a quarter more
    var release = new CountDownLatch(1);
    for (int i = 0; i < all; i++) {
      var asker = Asker.named("asker-" + i);
      Thread.startVirtualThread(() -> centre.search.run(asker, "crowd", _ -> wait(release)));
    }
    Awaitility.await().until(() -> centre.search.underWay(OVERSEER).size() == all);

    String[] proof = {"Authorization", "Bearer " + centre.token("bo")};
    for (String path : new String[] {"/api/v1/events?q=nothing", "/search?q=nothing"}) {
      var refused = new Visitor(centre).get(path, proof);
      assertThat(refused.statusCode()).as(path).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).as(path).contains("5");
      assertThat(refused.body()).as(path).contains("ask again");
    }
    assertThat(get("bo", "/status").statusCode()).as("what is no search").isEqualTo(200);

    release.countDown();
    Awaitility.await().until(() -> centre.search.underWay(OVERSEER).isEmpty());
    assertThat(get("bo", "/events?q=nothing").statusCode()).isEqualTo(200);
  }

  private static boolean wait(CountDownLatch release) {
    try {
      return release.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String siem(String agency) {
    var siem = new Person("siem", "siem", Role.AGENCY, Optional.of(agency));
    return centre.tokens.api(siem, "test", Optional.empty(), "test");
  }

  private JsonNode searches(String token) throws IOException {
    return JSON.readTree(new Visitor(centre).api(token, "GET", "/searches", "").body())
        .path("items");
  }

  private CompletableFuture<HttpResponse<String>> ask(String name) {
    var token = centre.token(name);
    return CompletableFuture.supplyAsync(
        () -> new Visitor(centre).api(token, "GET", SLOW, ""), Thread::startVirtualThread);
  }

  private JsonNode awaitOne(String name) {
    return Awaitility.await().until(() -> list(name).path(0), told -> told.isObject());
  }

  private JsonNode list(String name) {
    try {
      return JSON.readTree(get(name, "/searches").body()).path("items");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(String name, String path) {
    return new Visitor(centre).api(centre.token(name), "GET", path, "");
  }

  private HttpResponse<String> delete(String name, String id) {
    return new Visitor(centre).api(centre.token(name), "DELETE", "/searches/" + id, "");
  }

  private Socket line(boolean tls) throws Exception {
    var address = centre.address("/");
    if (!tls) {
      return new Socket(address.getHost(), address.getPort());
    }
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
    return context.getSocketFactory().createSocket(address.getHost(), address.getPort());
  }

  private void send(Socket line, String path) throws IOException {
    String request =
        "GET /api/v1%s HTTP/1.1\r\nHost: farol\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(path, centre.token("ana"));
    line.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    line.getOutputStream().flush();
  }

  /** What comes, up to some words. */
  private static String read(Socket line, String last) throws IOException {
    line.setSoTimeout(20_000);
    var in = new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8);
    var all = new StringBuilder();
    for (int next = in.read(); next >= 0 && all.indexOf(last) < 0; next = in.read()) {
      all.append((char) next);
    }
    return all.toString();
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
