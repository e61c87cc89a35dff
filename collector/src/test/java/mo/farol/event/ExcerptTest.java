package mo.farol.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static final String LAMP = "\uD83E\uDE94";

  @Test
  void a_short_text_is_whole_and_of_a_long_one_there_is_the_start() {
    assertThat(Excerpt.of("lamp", 4)).isEqualTo("lamp");
    assertThat(Excerpt.of("lamps", 4)).isEqualTo("lamp");
    assertThat(Excerpt.of("", 4)).isEmpty();
  }

  @Test
  void what_was_cut_is_marked() {
    assertThat(Excerpt.shown("lamp", 4)).isEqualTo("lamp");
    assertThat(Excerpt.shown("lamps", 4)).isEqualTo("lamp…");
  }

  @Test
  void a_character_of_two_units_is_there_whole_or_not_at_all() {
    assertThat(Excerpt.of("a" + LAMP, 2)).isEqualTo("a");
    assertThat(Excerpt.of("a" + LAMP + "b", 3)).isEqualTo("a" + LAMP);
    assertThat(Excerpt.shown("a" + LAMP, 2)).isEqualTo("a…");
    assertThat(Excerpt.of(LAMP, 1)).isEmpty();
  }
}
