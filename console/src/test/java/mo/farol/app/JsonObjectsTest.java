package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectsTest {
  @Test
  void a_line_end_within_a_text_ends_the_broken_object_alone() throws Exception {
    assertThat(objects("[{\"a\":\"x\n},\n{\"b\":\n1},{\"c\":\"y\\\nz\"}\n{\"d\":\"\\\"{\"}]"))
        .containsExactly(
            "{\"a\":\"x", "},", "{\"b\": 1}", "{\"c\":\"y\\", "z\"}", "{\"d\":\"\\\"{\"}");
    assertThat(objects("{\r\n\"a\":\"x\r\n}\r\n{\"b\":\r\n2}").getLast().strip())
        .isEqualTo("{\"b\":  2}");
  }

  private static List<String> objects(String text) throws IOException {
    var in =
        new JsonObjects(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1_000);
    var all = new ArrayList<String>();
    for (byte[] next = in.next(); next != null; next = in.next()) {
      all.add(new String(next, StandardCharsets.UTF_8));
    }
    return all;
  }
}
