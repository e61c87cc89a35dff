package mo.farol.post;

import static org.assertj.core.api.Assertions.assertThat;

import mo.farol.wire.Leaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Leaks.class)
class GelfTest {
  @Test
  void a_message_is_a_frame_and_202_means_on_disk() {
    try (var posting = new Posting(Gelf::new)) {
      String message = "{\"version\":\"1.1\",\n\"host\":\"a\",\"short_message\":\"}\"}";
      assertThat(posting.post("/gelf", message)).startsWith("HTTP/1.1 202");
      posting.post("/gelf", "{\"a\":1}\n{\"b\":2}\nno json\n");
      assertThat(posting.log.texts()).containsExactly(message, "{\"a\":1}", "{\"b\":2}", "no json");
      posting.log.fail(true);
      assertThat(posting.post("/gelf", message)).startsWith("HTTP/1.1 503");
      assertThat(posting.send("GET /gelf", new byte[0])).startsWith("HTTP/1.1 405");
    }
  }
}
