package mo.farol.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import mo.farol.account.Role;
import mo.farol.page.SmallCentre;
import mo.farol.search.Asker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams of HTTP/2 that are opened and reset at once, thousands of them, each a search (as in
 * CVE-2023-44487): the limit of streams at once does not hold who resets each.
 */
@Timeout(120)
class RapidResetTest {
  private static final int STREAMS = 20_000;
  private static final int CALM = 0xb; // ENHANCE_YOUR_CALM, RFC 9113 section 7

  @TempDir private Path home;
  private SmallCentre centre;
  private SSLContext trusting;

  @BeforeEach
  void open() throws Exception {
    centre = new SmallCentre(home, true);
    centre.account("ana", Role.ANALYST, Optional.empty());
    centre.account("bo", Role.ANALYST, Optional.empty());
    String[] lines = new String[200];
    Arrays.fill(lines, "<13>1 2026-11-24T09:01:00Z pay-01 ledger - - - line");
    centre.send("finance", Instant.parse("2026-11-24T09:01:00Z"), lines).join();
    centre.settle();
    centre.readSlowly(Duration.ofMillis(20));
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
  }

  @AfterEach
  void close() {
    centre.readSlowly(Duration.ZERO);
    centre.close();
  }

  @Test
  void who_resets_streams_by_the_thousand_is_cut_off_and_leaves_no_search_behind()
      throws Exception {
    assertThat(attack(centre.token("ana"))).isEqualTo(CALM);
    Awaitility.await().until(() -> centre.search.underWay(Asker.named("ana")).isEmpty());
  }

  @Test
  void others_are_answered_while_several_do_so_again_and_again() throws Exception {
    var ends = new AtomicBoolean();
    String token = centre.token("ana");
    var attackers = new ArrayList<CompletableFuture<Integer>>();
    for (int i = 0; i < 4; i++) {
      attackers.add(
          CompletableFuture.supplyAsync(() -> again(token, ends), Thread::startVirtualThread));
    }
    try (var browser = HttpClient.newBuilder().sslContext(trusting).build()) {
      var request =
          HttpRequest.newBuilder(centre.address("/api/v1/events?q=nothing"))
              .header("Authorization", "Bearer " + centre.token("bo"))
              .timeout(Duration.ofSeconds(30))
              .build();
      for (int i = 0; i < 30; i++) {
        assertThat(browser.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
    } finally {
      ends.set(true);
    }
    for (var attacker : attackers) {
      assertThat(attacker.join()).as("connections that were cut off").isPositive();
    }
    Awaitility.await().until(() -> centre.search.underWay(Asker.named("ana")).isEmpty());
  }

  private int again(String token, AtomicBoolean ends) {
    int cut = 0;
    try {
      do {
        cut += attack(token) == CALM ? 1 : 0;
      } while (!ends.get());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return cut;
  }

  /**
   * Opens and resets streams until it is cut off; the code the server gave, 0 where it gave none.
   */
  private int attack(String token) throws Exception {
    var address = centre.address("/");
    try (var line =
        (SSLSocket)
            trusting.getSocketFactory().createSocket(address.getHost(), address.getPort())) {
      var parameters = line.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      line.setSSLParameters(parameters);
      line.setSoTimeout(30_000);
      line.startHandshake();
      var told = CompletableFuture.supplyAsync(() -> goodbye(line), Thread::startVirtualThread);
      flood(line, headers(token));
      return told.join();
    }
  }

  private static void flood(SSLSocket line, byte[] headers) {
    try {
      var out = new DataOutputStream(line.getOutputStream());
      out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      frame(out, 4, 0, 0, new byte[0]);
      for (int i = 0; i < STREAMS; i++) {
        int stream = 2 * i + 1;
        var both = new ByteArrayOutputStream();
        var two = new DataOutputStream(both);
        frame(two, 1, 0x5, stream, headers);
        frame(two, 3, 0, stream, new byte[] {0, 0, 0, 8}); // CANCEL
        out.write(both.toByteArray());
      }
    } catch (IOException e) {
      // cut off: what was said before, the other thread hears
    }
  }

  private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  // HPACK (RFC 7541): all of the static table or literals that are not kept.
  private static byte[] headers(String token) throws IOException {
    var out = new ByteArrayOutputStream();
    out.write(0x82); // :method GET
    out.write(0x87); // :scheme https
    literal(out, new int[] {0x01}, "farol"); // :authority
    literal(out, new int[] {0x04}, "/api/v1/events?limit=1000&q=line"); // :path
    literal(out, new int[] {0x0f, 23 - 15}, "Bearer " + token); // authorization
    return out.toByteArray();
  }

  private static void literal(ByteArrayOutputStream out, int[] name, String value) {
    for (int b : name) {
      out.write(b);
    }
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    int rest = bytes.length - 0x7f;
    out.write(Math.min(bytes.length, 0x7f));
    for (; rest >= 0x80; rest >>>= 7) {
      out.write(rest & 0x7f | 0x80);
    }
    if (bytes.length >= 0x7f) {
      out.write(rest);
    }
    out.writeBytes(bytes);
  }

  private static int goodbye(SSLSocket line) {
    int code = 0;
    try {
      var in = new DataInputStream(line.getInputStream());
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.skipNBytes(5);
        byte[] payload = in.readNBytes(length);
        if (type == 7) { // GOAWAY
          code = ByteBuffer.wrap(payload).getInt(4);
        }
      }
    } catch (IOException e) {
      return code; // it ended, or was reset while there was more to read
    }
  }

  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

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
