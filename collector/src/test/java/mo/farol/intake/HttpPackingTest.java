package mo.farol.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import mo.farol.wire.Packed;
import org.junit.jupiter.api.Test;

/** Packed bodies, and what must not become of them. */
class HttpPackingTest extends PostingEvents {
  @Test
  void more_than_ten_mebibytes_is_refused_whether_announced_or_not() throws Exception {
    byte[] large = "x".repeat((10 << 20) + 1).getBytes(UTF_8);
    assertProblem(send(BodyPublishers.ofByteArray(large)), 413, "10 MiB");
    var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));
    assertProblem(send(chunked), 413, "10 MiB");
    assertThat(open.log.received()).isZero();
  }

  @Test
  void gzip_is_unpacked() throws Exception {
    byte[] packed = Packed.gzip("{\"n\":1}\n{\"n\":2}\n".getBytes(UTF_8));
    var answer = client.send(gzip(packed).build(), BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo("{\"accepted\":2}");
    assertThat(open.log.texts()).containsExactly("{\"n\":1}", "{\"n\":2}");
  }

  @Test
  void zstd_and_deflate_are_unpacked() throws Exception {
    byte[] plain = "{\"n\":1}\n{\"n\":2}\n".getBytes(UTF_8);
    assertThat(packed("zstd", Zstd.compress(plain)).body()).isEqualTo("{\"accepted\":2}");
    assertThat(packed("deflate", Packed.deflate(plain, false)).statusCode()).isEqualTo(200);
    assertThat(packed("Deflate", Packed.deflate(plain, true)).statusCode()).isEqualTo(200);
    assertThat(open.log.texts()).hasSize(6).endsWith("{\"n\":1}", "{\"n\":2}");
  }

  @Test
  void a_zstd_bomb_is_refused_by_its_size_or_its_window() throws Exception {
    byte[] zeros = new byte[200 << 20];
    assertProblem(packed("zstd", Zstd.compress(zeros)), 413, "");
    var wide = new ByteArrayOutputStream();
    try (var out = new ZstdOutputStreamNoFinalizer(wide).setLong(27)) {
      out.write(new byte[100]);
    }
    assertProblem(packed("zstd", wide.toByteArray()), 413, "8 MiB");
    assertThat(post("after").statusCode()).isEqualTo(200);
  }

  @Test
  void a_gzip_bomb_is_refused_and_the_listener_goes_on() throws Exception {
    byte[] bomb = Packed.gzip(new byte[256 << 20]);
    assertThat(bomb.length).isLessThan(2 << 20);
    var answer = client.send(gzip(bomb).build(), BodyHandlers.ofString());
    assertProblem(answer, 413, "200 times");
    assertThat(post("after").statusCode()).isEqualTo(200);
    assertThat(open.log.texts()).containsExactly("after");
  }

  @Test
  void broken_gzip_and_unknown_encodings_are_refused() throws Exception {
    assertProblem(
        client.send(gzip("plain".getBytes(UTF_8)).build(), BodyHandlers.ofString()), 400, "gzip");
    byte[] half = Arrays.copyOf(Packed.gzip("{\"n\":1}".getBytes(UTF_8)), 20);
    assertProblem(client.send(gzip(half).build(), BodyHandlers.ofString()), 400, "middle");
    var br = request("x").setHeader("Content-Encoding", "br").build();
    assertProblem(client.send(br, BodyHandlers.ofString()), 415, "gzip");
    assertThat(open.log.received()).isZero();
  }
}
