package mo.farol.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.account.Role;
import mo.farol.event.Agency;
import mo.farol.page.SmallCentre;
import mo.farol.page.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebServerTest {
  @TempDir static Path home;
  private static SmallCentre centre;

  @BeforeAll
  static void open() {
    centre = new SmallCentre(home, false);
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("carlos", Role.COMMITTEE, Optional.empty());
  }

  @AfterAll
  static void close() {
    centre.close();
  }

  @Test
  void every_answer_carries_a_policy_that_runs_nothing_but_our_own_files() {
    var visitor = new Visitor(centre);
    for (String path :
        List.of("/sign-in", "/static/farol.css", "/nothing", "/api/v1/alerts", "/")) {
      var headers = visitor.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("X-Content-Type-Options")).as(path).contains("nosniff");
      assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).as(path).contains("same-origin");
      assertThat(headers.firstValue("Referrer-Policy")).as(path).contains("no-referrer");
      assertThat(headers.firstValue("Server")).as(path).isEmpty();
    }
  }

  @Test
  void a_body_whose_length_nobody_said_and_a_form_of_files_are_refused_before_they_are_read()
      throws Exception {
    var at = centre.address("/sign-in");
    try (var client = HttpClient.newHttpClient()) {
      var chunked =
          HttpRequest.newBuilder(at)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofInputStream(InputStream::nullInputStream))
              .build();
      var files =
          HttpRequest.newBuilder(at)
              .header("Content-Type", "multipart/form-data; boundary=x")
              .POST(HttpRequest.BodyPublishers.ofString("--x--"))
              .build();
      assertThat(client.send(chunked, BodyHandlers.discarding()).statusCode()).isEqualTo(411);
      assertThat(client.send(files, BodyHandlers.discarding()).statusCode()).isEqualTo(415);
    }
  }

  @Test
  void a_page_asks_a_stranger_to_sign_in_and_brings_them_back() {
    var visitor = new Visitor(centre);
    var answer = visitor.get("/search?q=a%20b");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location"))
        .contains("/sign-in?next=%2Fsearch%3Fq%3Da%2520b");
  }

  @Test
  void after_signing_in_nobody_is_sent_to_another_site() {
    var visitor = new Visitor(centre);
    for (String next :
        List.of("https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example")) {
      var answer =
          visitor.post(
              "/sign-in", Map.of("name", "ana", "password", SmallCentre.PASSWORD, "next", next));
      assertThat(answer.headers().firstValue("Location")).as(next).contains("/");
    }
  }

  @Test
  void the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
    var answer = new Visitor(centre).signIn("ana");
    assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
        .startsWith("farol=")
        .contains("HttpOnly", "SameSite=Strict", "Path=/");
  }

  @Test
  void each_sign_in_has_an_id_of_its_own_and_ends_the_one_before() {
    var visitor = new Visitor(centre);
    visitor.signIn("ana");
    String before = visitor.cookies().get("farol");
    visitor.signIn("ana");
    assertThat(visitor.cookies().get("farol")).isNotEqualTo(before);
    visitor.cookies().put("farol", before);
    assertThat(visitor.get("/").statusCode()).isEqualTo(302);
  }

  @Test
  void signing_out_makes_the_cookie_worthless() {
    var visitor = new Visitor(centre);
    visitor.signIn("ana");
    String id = visitor.cookies().get("farol");
    assertThat(visitor.post("/sign-out", Map.of()).statusCode()).isEqualTo(303);
    assertThat(visitor.cookies()).doesNotContainKey("farol");
    visitor.cookies().put("farol", id);
    assertThat(visitor.get("/").statusCode()).isEqualTo(302);
  }

  @Test
  void a_form_without_its_word_or_from_another_site_changes_nothing() {
    var visitor = new Visitor(centre);
    visitor.signIn("ana");
    var act = Map.of("act", "acknowledge", "next", "/alerts");
    var forged = Map.of("act", "acknowledge", "next", "/alerts", "csrf", "forged");
    assertThat(visitor.post("/alerts", forged).statusCode()).isEqualTo(403);
    assertThat(visitor.post("/alerts", act, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(visitor.post("/alerts", act, "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(visitor.post("/alerts", act, "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(303);
  }

  @Test
  void another_sites_page_can_not_sign_anybody_in() {
    var answer =
        new Visitor(centre)
            .post(
                "/sign-in",
                Map.of("name", "ana", "password", SmallCentre.PASSWORD),
                "Sec-Fetch-Site",
                "cross-site");
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void a_token_needs_no_word_for_it_is_its_own_proof() {
    String body = "{\"ids\":[],\"action\":\"acknowledge\"}";
    var answer = new Visitor(centre).api(centre.token("ana"), "PATCH", "/alerts", body);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void whoever_only_reads_is_refused_a_change() {
    String body = "{\"ids\":[],\"action\":\"acknowledge\"}";
    var answer = new Visitor(centre).api(centre.token("carlos"), "PATCH", "/alerts", body);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("analysts and operators");
  }

  @Test
  void the_api_answers_a_stranger_with_a_problem_that_says_what_to_do() {
    var answer = new Visitor(centre).api("farol_wrong", "GET", "/alerts", "");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"status\":401", "\"detail\":", "\"title\":");
  }

  @Test
  void a_broken_query_is_a_problem_with_its_column() {
    var answer =
        new Visitor(centre).api(centre.token("ana"), "GET", "/events?q=user.name%3A%28", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Column ");
  }

  @Test
  void a_body_too_large_for_a_form_is_refused_unread() {
    var visitor = new Visitor(centre);
    visitor.signIn("ana");
    var answer = visitor.post("/alerts", Map.of("act", "x".repeat(1_100_000)));
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void a_link_from_another_site_is_followed_once_more_with_the_cookie() {
    var answer = new Visitor(centre).get("/alerts", "Sec-Fetch-Site", "cross-site");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("http-equiv=\"refresh\"").doesNotContain("farol.css");
  }

  @Test
  void a_part_of_a_page_asked_for_after_the_session_ended_sends_the_whole_page_to_sign_in() {
    var answer = new Visitor(centre).get("/events/1", "HX-Request", "true");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("HX-Redirect")).isPresent();
  }

  @Test
  void an_address_nobody_knows_is_a_page_that_says_so() {
    var visitor = new Visitor(centre);
    visitor.signIn("ana");
    var answer = visitor.get("/nothing/here");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("<!doctype html>", "404");
  }

  @Test
  void a_file_outside_the_static_ones_is_not_served() {
    var visitor = new Visitor(centre);
    for (String path : List.of("/static/..%2fwords%2fen.properties", "/static/logback.xml")) {
      assertThat(visitor.get(path).statusCode()).as(path).isBetween(400, 404);
    }
  }

  @Test
  void health_is_told_to_anybody() {
    assertThat(new Visitor(centre).get("/healthz").body()).isEqualTo("ok");
  }

  @Test
  void over_tls_the_homes_own_certificate_answers_and_asks_to_stay_with_tls(@TempDir Path other)
      throws Exception {
    try (var secure = new SmallCentre(other, true)) {
      secure.account("ana", Role.ANALYST, Optional.empty());
      var client = HttpClient.newBuilder().sslContext(Trust.of(other)).build();
      var request =
          HttpRequest.newBuilder(secure.address("/sign-in")).timeout(Duration.ofSeconds(20));
      var answer = client.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
      var cookie =
          client.send(signIn(secure), BodyHandlers.ofString()).headers().firstValue("Set-Cookie");
      assertThat(cookie.orElse("")).startsWith("__Host-farol=").contains("Secure");
      assertThat(Files.getPosixFilePermissions(other.resolve("keys/console.p12"))).hasSize(2);
    }
  }

  @Test
  void a_certificate_of_the_operators_own_is_told_by_its_own_end_and_never_written_over(
      @TempDir Path other) throws Exception {
    var config = new WebConfig("127.0.0.1", 0, true, other);
    Certificate.open(config);
    byte[] ours = Files.readAllBytes(other.resolve("console.pem"));
    centre.agencies.add(new Agency("console", "Console"));
    var soon = Duration.ofDays(5);
    var own =
        centre.certificates.issue("console", soon, "test").files(); // beside our old console.pem
    Files.write(other.resolve("console.p12"), own.get("client.p12"));
    Files.write(other.resolve("console.secret"), own.get("p12-password.txt"));

    var store = Certificate.open(config);
    assertThat(store.size()).isPositive();
    assertThat(Files.readAllBytes(other.resolve("console.p12"))).isEqualTo(own.get("client.p12"));
    assertThat(Files.readAllBytes(other.resolve("console.pem"))).isEqualTo(ours);
    assertThat(Certificate.ends(store).orElseThrow())
        .isBetween(centre.clock.instant(), centre.clock.instant().plus(soon));
  }

  @Test
  void a_taken_port_is_said_in_one_line() {
    int taken = centre.address("/").getPort();
    var config = new WebConfig("127.0.0.1", taken, false, home.resolve("keys"));
    var server =
        new WebServer(
            config, centre.sessions, centre.tokens, new Live(), (_, _, _, _) -> {}, List.of());
    assertThatThrownBy(server::start)
        .isInstanceOf(WebFault.class)
        .hasMessageContaining("console.port: cannot listen on 127.0.0.1:" + taken);
  }

  private static HttpRequest signIn(SmallCentre secure) {
    return HttpRequest.newBuilder(secure.address("/sign-in"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(
            HttpRequest.BodyPublishers.ofString("name=ana&next=/&password=" + SmallCentre.PASSWORD))
        .build();
  }

  @Test
  void a_request_that_never_ends_does_not_keep_the_server_from_ending(@TempDir Path other)
      throws Exception {
    var ending = new SmallCentre(other, false);
    var at = ending.address("/sign-in");
    try (var socket = new Socket(at.getHost(), at.getPort())) {
      socket
          .getOutputStream()
          .write(
              """
              POST /sign-in HTTP/1.1\r
              Host: localhost\r
              Content-Type: application/x-www-form-urlencoded\r
              Content-Length: 1000\r
              \r
              name=\
              """
                  .getBytes(StandardCharsets.US_ASCII));
      new Visitor(ending).get("/sign-in");
      assertThatCode(ending::close).doesNotThrowAnyException();
      assertThatThrownBy(() -> new Socket(at.getHost(), at.getPort()).close())
          .isInstanceOf(ConnectException.class);
    }
  }
}
