package mo.farol.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class HuntWordsTest {
  @Test
  void what_a_window_counted_and_what_was_not_there_are_told_in_the_readers_language() {
    assertThat(why("pt", "ip=1.2.3.4: 12 events, figure 4", 12, 4))
        .isEqualTo("ip=1.2.3.4: 12 eventos, valor 4");
    assertThat(why("zh-Hant", "12 events", 12, 12)).isEqualTo("12 個事件");
    assertThat(why("en", "12 events, figure 4", 12, 4)).isEqualTo("12 events, figure 4");
    var hit =
        new ObjectMapper().createObjectNode().put("why", "a: x=1 is absent; b: tty is absent");
    assertThat(HuntWords.why(Words.of("pt"), hit))
        .isEqualTo("a: x=1 is absent; b: tty está ausente");
  }

  private static String why(String tag, String why, long count, double value) {
    var hit = new ObjectMapper().createObjectNode().put("why", why);
    hit.putObject("group").put("count", count).put("value", value);
    return HuntWords.why(Words.of(tag), hit);
  }
}
