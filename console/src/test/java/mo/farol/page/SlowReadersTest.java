package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import mo.farol.account.Role;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks for what is large, and does not take it. */
class SlowReadersTest {
  private static final String FILE = "/search/table?format=csv&span=24h&q=*+%7C+fields+message";

  @TempDir private Path home;
  @AutoClose private SmallCentre centre;

  @BeforeEach
  void open() {
    centre = new SmallCentre(home, false);
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("bo", Role.ANALYST, Optional.empty());
    String[] lines = new String[10];
    Arrays.fill(
        lines, "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - " + "x".repeat(60_000) + " end");
    for (int n = 0; n < 30; n++) {
      centre.send("finance", centre.clock.instant(), lines).join();
    }
    centre.settle();
  }

  @Test
  void one_who_takes_nothing_is_given_no_second_file_and_keeps_nobody_elses() throws IOException {
    try (var reader = new Socket()) {
      reader.setReceiveBufferSize(4096);
      reader.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), centre.address("/").getPort()));
      String request =
          "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(FILE, centre.token("ana"));
      reader.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] begin = new byte[12];
      assertThat(reader.getInputStream().readNBytes(begin, 0, 12)).isEqualTo(12);
      assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");

      var second = get("ana");
      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.body()).contains("Other large answers");
      assertThat(second.headers().firstValue("Content-Disposition")).isEmpty();

      var others = get("bo");
      assertThat(others.statusCode()).isEqualTo(200);
      assertThat(others.body().length()).isGreaterThan(16 << 20);
    }
  }

  @Test
  void a_large_answer_comes_whole() {
    var answer = new Visitor(centre).api(centre.token("ana"), "GET", "/events?limit=20&q=end", "");

    assertThat(answer.body().length()).isGreaterThan(20 * 60_000);
    assertThat(answer.body()).startsWith("{\"items\":[").endsWith("}");
  }

  private HttpResponse<String> get(String name) {
    return new Visitor(centre).get(FILE, "Authorization", "Bearer " + centre.token(name));
  }
}
