package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import mo.farol.wire.Leaks;
import mo.farol.wire.Quota;
import mo.farol.wire.Quotas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agency-a may send 1000 events a second, agency-b 10. */
@ExtendWith(Leaks.class)
@Timeout(60)
class QuotaTest {
  private static final IntakeConfig LIMITED =
      IntakeConfig.local("agency-a")
          .withQuotas(
              new Quotas(
                  Quota.NONE,
                  Map.of("agency-a", new Quota(1000, 0), "agency-b", new Quota(10, 0)),
                  Quota.NONE));

  @Test
  void over_http_the_answer_is_429_and_says_when_to_come_again() throws Exception {
    try (var open = new OpenIntake(LIMITED);
        var client = HttpClient.newHttpClient()) {
      assertThat(post(client, open, "x\n".repeat(100)).statusCode()).isEqualTo(200);
      var refused = post(client, open, "y");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After").map(Long::parseLong).orElseThrow())
          .isBetween(1L, 10L);
      assertThat(open.log.texts()).hasSize(100).doesNotContain("y");
      assertThat(open.counter("farol_intake_refused_total", "reason", "quota")).isEqualTo(1);
      open.sendTcp("<14>another agency's\n");
      assertThat(open.frames(101)).contains("<14>another agency's");
    }
  }

  @Test
  void a_connection_waits_and_loses_nothing() throws Exception {
    try (var open = new OpenIntake(LIMITED);
        var socket = open.tcp()) {
      var out = socket.getOutputStream();
      long start = System.nanoTime();
      out.write("<14>x\n".repeat(2500).getBytes(ISO_8859_1));
      open.frames(2500); // a second's worth, and 1.5 s of debt
      out.write("<14>after\n".getBytes(ISO_8859_1));
      assertThat(open.frames(2501)).contains("<14>after");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("until the debt is paid")
          .isGreaterThan(Duration.ofMillis(1400));
    }
  }

  @Test
  void a_datagram_too_much_is_counted_as_dropped() throws Exception {
    try (var open =
        new OpenIntake(LIMITED.withQuotas(new Quotas(new Quota(1, 0), Map.of(), Quota.NONE)))) {
      open.sendUdp("intake.syslog.udp", "<14>a", "<14>b", "<14>c");
      open.frames(1);
      await()
          .until(
              () -> {
                open.sendUdp("intake.syslog.udp", "<14>more");
                return open.dropped("syslog.udp") > 0;
              });
    }
  }

  private static HttpResponse<String> post(HttpClient client, OpenIntake open, String body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + open.port("intake.http") + "/v1/events"))
            .header("Authorization", "Bearer secret-b")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
