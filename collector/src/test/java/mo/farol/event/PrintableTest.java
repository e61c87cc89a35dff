package mo.farol.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void what_a_terminal_or_a_page_would_obey_is_escaped() {
    assertThat(Printable.line("a\u001b[2Jb\u202ec\u0085d"))
        .isEqualTo("a\\u001b[2Jb\\u202ec\\u0085d");
    assertThat(Printable.text("a\u001b[2Jb\u202ec\rd")).isEqualTo("a\\u001b[2Jb\\u202ec\\u000dd");
  }

  @Test
  void a_line_stays_one_and_a_text_keeps_its_lines_and_tabs() {
    assertThat(Printable.line("a\n\tb")).isEqualTo("a\\u000a\\u0009b");
    assertThat(Printable.text("a\n\tb")).isEqualTo("a\n\tb");
  }

  @Test
  void what_others_take_for_an_end_of_a_line_is_escaped() {
    assertThat(Printable.line("a\u2028b\u2029c")).isEqualTo("a\\u2028b\\u2029c");
    assertThat(Printable.text("a\u2028b\u2029c")).isEqualTo("a\\u2028b\\u2029c");
  }

  @Test
  void letters_of_any_writing_stay_as_they_are() {
    String text = "lâmpada 燈塔 \uD83E\uDE94";
    assertThat(Printable.line(text)).isEqualTo(text);
    assertThat(Printable.text(text)).isEqualTo(text);
  }
}
