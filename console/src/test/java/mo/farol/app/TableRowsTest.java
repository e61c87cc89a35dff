package mo.farol.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A table in a terminal and in files. */
class TableRowsTest {
  private static final String ANSWER =
      "{\"columns\":[\"user.name\",\"sum(x)\"],\"rows\":[[\"=a\\u001b[1m\",-2.5],[null,10]],"
          + "\"total\":2,\"matched\":9}";

  @Test
  void columns_are_aligned_and_control_characters_reach_no_terminal() throws Exception {
    assertThat(print(SearchCommand.Format.table, 0))
        .isEqualTo("user.name    sum(x)\n=a\\u001b[1m    -2.5\n                 10\n");
  }

  @Test
  void a_file_has_no_formula_and_keeps_numbers() throws Exception {
    assertThat(print(SearchCommand.Format.csv, 0))
        .isEqualTo("\"user.name\",\"sum(x)\"\n\"'=a\u001b[1m\",-2.5\n\"\",10\n");
    assertThat(print(SearchCommand.Format.jsonl, 1))
        .isEqualTo("{\"user.name\":\"=a\\u001B[1m\",\"sum(x)\":-2.5}\n");
  }

  private static String print(SearchCommand.Format format, long limit) throws Exception {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    new TableRows(new ObjectMapper().readTree(ANSWER)).print(format, limit, out);
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
